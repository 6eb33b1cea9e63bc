import ColumnarCore
import ColumnarIO

/// How the columns of a table are got from one of its files.
struct FileColumns: Sendable {
  /// Where the values of one column come from.
  enum Source: Sendable {
    /// A column of the file, made the table's type.
    case file(Int)
    /// The same value, a column of one row, for all rows.
    case constant(Column)
  }

  /// One per column of the table.
  let sources: [Source]
  /// The file's own columns.
  let own: Schema
  let table: Schema
  let path: String

  /// The request as the file sees it.
  struct Reading: Sendable {
    let request: ReadRequest
    /// What rows of the file must meet.
    let condition: RowCondition
    /// The positions in the file of all that is looked at.
    let present: [Int]
    /// Makes a batch of the columns that the file has one of those that were asked for.
    let table: @Sendable (Batch) throws -> Batch
  }

  /// A scan of the table as a reading of the file.
  func reading(_ scan: ScanRequest) -> Reading {
    let (positions, given) = (scan.columns.map { sources[$0] }, schema(scan.columns))
    let selection = scan.selection.map { selection in
      let (tested, fields) = (selection.columns.map { sources[$0] }, schema(selection.columns))
      return ReadRequest.Selection(columns: tested.compactMap(\.position)) { batch in
        try selection.keep(widened(batch, tested, fields))
      }
    }
    let request = ReadRequest(
      columns: positions.compactMap(\.position), limit: scan.limit, selection: selection)
    return Reading(
      request: request, condition: condition(scan),
      present: request.columns + (selection?.columns ?? [])
    ) { try widened($0, positions, given) }
  }

  private func schema(_ positions: [Int]) -> Schema {
    Schema(unchecked: positions.map { table[$0] })
  }

  /// What is asked of the file's own columns, now that the others are known.
  private func condition(_ scan: ScanRequest) -> RowCondition {
    (scan.selection?.condition ?? .all([])).replacingColumns { condition in
      switch sources[condition.column] {
      case .file(let position) where own[position].type.has(condition.fields):
        .column(condition.at(position))
      // A field that the file lacks.
      case .file:
        condition.isMet(by: .nulls(of: table[condition.column].type, count: 1)) ? .all([]) : .never
      case .constant(let value): condition.isMet(by: value) ? .all([]) : .never
      }
    }
  }

  /// Whether a file of whose columns only these are known, one row each, has no row of use.
  static func excludes(_ constants: [Int: Column], _ scan: ScanRequest, _ table: Schema) throws
    -> Bool
  {
    guard !constants.isEmpty, let selection = scan.selection else { return false }
    for part in selection.parts {
      let values = part.columns.compactMap { constants[$0] }
      guard !values.isEmpty, values.count == part.columns.count else { continue }
      let fields = Schema(unchecked: part.columns.map { table[$0] })
      let row = Batch(unchecked: fields, columns: values, count: 1)
      if try part.keep(row).setCount == 0 { return true }
    }
    return selection.condition.isExcluded { condition in
      constants[condition.column].map { !condition.isMet(by: $0) } ?? false
    }
  }

  /// A batch of a file's columns with the others beside them.
  private func widened(
    _ batch: Batch, _ sources: [Source], _ schema: Schema
  ) throws -> Batch {
    var next = batch.columns.makeIterator()
    let columns = try sources.enumerated().map { k, source -> Column in
      switch source {
      case .constant(let value): return .constant(value, count: batch.count)
      case .file:
        guard let column = next.next() else {
          throw ColumnarError(.internal, "a file gave fewer columns than were asked for.")
        }
        do { return try column.conformed(to: schema[k].type) } catch let error as ColumnarError {
          throw misfit(column, schema[k], error)
        }
      }
    }
    return Batch(unchecked: schema, columns: columns, count: batch.count)
  }

  /// The error of a value for which the type of all files has no room.
  private func misfit(_ column: Column, _ field: Field, _ error: ColumnarError) -> ColumnarError {
    guard error.code == .invalidValue, let row = error.row, row < column.count else { return error }
    return ColumnarError(
      .invalidValue,
      "Column \"\(MessageText.shown(field.name))\" is \(column.type) in \"\(path)\", and its "
        + "\(MessageText.shown(column.text(at: row))) does not fit in \(field.type), which it is read "
        + "as with the other files. Scan the files one by one, and cast.", context: [.row(row)])
  }
}

extension DataType {
  /// Whether there is a field, found by these names from a struct down; of none there is.
  fileprivate func has(_ fields: [String]) -> Bool {
    guard let name = fields.first else { return true }
    let field = self.fields?.first { $0.name == name }
    return field?.type.has(Array(fields.dropFirst())) ?? false
  }
}

extension FileColumns.Source {
  /// The position in the file.
  fileprivate var position: Int? {
    if case .file(let position) = self { return position }
    return nil
  }
}
