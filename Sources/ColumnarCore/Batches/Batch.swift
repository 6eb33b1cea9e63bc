/// Equally long columns and their schema: what operators hand to each other.
public struct Batch: Sendable {
  /// The names and types of the columns.
  public let schema: Schema
  /// The columns in the order of the schema.
  public let columns: [Column]
  /// The number of rows; a batch without columns still has one.
  public let count: Int

  /// A batch of those columns; unequal lengths or types that are not the schema's are an error.
  public init(schema: Schema, columns: [Column]) throws {
    guard schema.count == columns.count else {
      throw ColumnarError(
        .lengthMismatch,
        "\(columns.count) columns were given for a schema of \(schema.count).")
    }
    let count = columns.first?.count ?? 0
    for (field, column) in zip(schema.fields, columns) {
      guard column.count == count else {
        throw ColumnarError(
          .lengthMismatch,
          "Column \"\(field.name)\" has \(column.count) rows, but \"\(schema[0].name)\" has \(count)."
        )
      }
      guard column.type == field.type else {
        throw ColumnarError(
          .typeMismatch,
          "Column \"\(field.name)\" is \(column.type), but the schema says \(field.type).")
      }
    }
    self.init(unchecked: schema, columns: columns, count: count)
  }

  /// A batch whose parts are known to fit.
  package init(unchecked schema: Schema, columns: [Column], count: Int) {
    self.schema = schema
    self.columns = columns
    self.count = count
  }

  /// The rows of `range`, sharing the memory.
  ///
  /// Cost: constant per column.
  public func slice(_ range: Range<Int>) -> Batch {
    if range.count == count { return self }
    return Batch(unchecked: schema, columns: columns.map { $0.slice(range) }, count: range.count)
  }

  /// The column of that name; an unknown one is an error with a suggestion.
  public func column(_ name: String) throws -> Column { columns[try schema.index(of: name)] }
}
