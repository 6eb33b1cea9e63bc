import ColumnarCore

extension DataFrame {
  /// A frame of Codable values: a column for each key, in their order; nested structs become struct
  /// columns, arrays of them lists, and optionals nulls.
  ///
  /// A `URL`, `UUID` and `Decimal` become text, `Data` binary.
  ///
  /// `rows(as:)` gives the values back. A type without keys, or with values that no column stores,
  /// is an error that names the path of keys; so is a value that encodes another key than its type
  /// decodes, with the number of the row. Cost: some 0.2 µs a row and key; numbers in bulk are
  /// quicker as columns of arrays.
  ///
  /// ```swift
  /// let frame = try DataFrame(rows: [Order(id: 1, item: "tea"), Order(id: 2, item: nil)])
  /// ```
  public init<Rows: Sequence>(rows: Rows) throws where Rows.Element: Codable {
    let shape = try RowShape(of: Rows.Element.self)
    let writer = StructWriter(shape.keys, count: rows.underestimatedCount)
    var count = 0
    for row in rows {
      do { try writer.hold(row, []) } catch {
        throw Self.explained(error, Rows.Element.self).at(.row(count))
      }
      writer.commit()
      count += 1
    }
    let schema = try Schema(shape.fields)
    let batch = Batch(unchecked: schema, columns: writer.columns(), count: count)
    self.init(schema: schema, partitions: count == 0 ? [] : [[batch]])
  }

  private static func explained(_ error: any Error, _ type: Any.Type) -> ColumnarError {
    if let known = error as? ColumnarError { return known }
    guard case .invalidValue(_, let context)? = error as? EncodingError else {
      return .wrapping(error, as: .invalidValue)
    }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return ColumnarError(
      .invalidValue, "\"\(path)\" of \(type): \(context.debugDescription)", underlying: error)
  }
}
