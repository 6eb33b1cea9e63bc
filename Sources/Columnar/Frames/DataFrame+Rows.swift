import ColumnarCore

extension DataFrame {
  /// The rows as values of a `Decodable` type: the columns are its keys, nested structs its nested
  /// types.
  ///
  /// Text is read as `URL`, `UUID`, `Decimal`, `Date` and (Base64) `Data` where a key asks for one,
  /// as JSON decoders do.
  ///
  /// A missing column, a null under a key that is not optional, and a number that does not fit are
  /// errors that name the column and the row. Cost: about 0.2 µs a row of one column; for numbers in
  /// bulk take the columns instead.
  public func rows<Row: Decodable>(as type: Row.Type = Row.self) throws -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(count)
    for batch in batches {
      let cells = RowCells(fields: schema.fields, columns: batch.columns.map { $0.decoded() })
      for row in 0..<batch.count {
        do {
          rows.append(try Row(from: RowDecoder(cells: cells, row: row, codingPath: [])))
        } catch let error as DecodingError {
          throw ColumnarError(
            error.isMissingKey ? .columnNotFound : .typeMismatch, error.explained(schema),
            context: [.row(rows.count)], underlying: error)
        } catch let error as ColumnarError where error.row == nil {
          throw error.at(.row(rows.count))
        }
      }
    }
    return rows
  }
}

extension DecodingError {
  fileprivate var isMissingKey: Bool {
    if case .keyNotFound = self { true } else { false }
  }

  /// What is wrong, with the path of keys.
  fileprivate func explained(_ schema: Schema) -> String {
    func path(_ context: Context) -> String {
      context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    switch self {
    case .keyNotFound(let key, let context):
      let hint = Suggestion.hint(for: key.stringValue, among: schema.names, what: "columns")
      return
        "There is no column for the key \"\((context.codingPath + [key]).map(\.stringValue).joined(separator: "."))\". \(hint)"
    case .valueNotFound(let type, let context):
      return
        "The value of \"\(path(context))\" is null, but \(type) is not optional. Make it optional or fill the nulls."
    case .typeMismatch(_, let context), .dataCorrupted(let context):
      return "\"\(path(context))\": \(context.debugDescription)"
    @unknown default: return "\(self)"
    }
  }
}
