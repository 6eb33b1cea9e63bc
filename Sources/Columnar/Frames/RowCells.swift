import ColumnarCore

/// The columns that rows are decoded from, one row after the other, with how to read them.
final class RowCells {
  let fields: [Field]
  let columns: [Column]
  private let positions: [String: Int]
  /// The column that comes next if keys are asked for in the order of the columns.
  private var next = 0
  /// Of columns of one name only the first is meant.
  private let namesAreUnique: Bool
  /// For each column, how the type that it was last decoded as is read.
  private var readers: [AnyObject?]

  init(fields: [Field], columns: [Column]) {
    self.fields = fields
    self.columns = columns
    positions = Dictionary(
      fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    namesAreUnique = positions.count == fields.count
    readers = Array(repeating: nil, count: columns.count)
  }

  /// The position of the column of that name.
  func position(of name: String) -> Int? {
    // Most types decode their keys in the same order in every row: that spares the hash of the name.
    let position: Int
    if namesAreUnique, next < fields.count, fields[next].name == name {
      position = next
    } else {
      guard let found = positions[name] else { return nil }
      position = found
    }
    next = position + 1 == fields.count ? 0 : position + 1
    return position
  }

  /// The value of a cell, if the column stores just that type and the cell is not null; else nil,
  /// and the cell is to be decoded by itself.
  @inline(__always)
  func value<Value>(_ position: Int, _ row: Int, as type: Value.Type) -> Value? {
    if let reader = readers[position] as? CellReader<Value> { return reader.read?(row) }
    let reader = CellReader<Value>(columns[position])
    readers[position] = reader
    return reader.read?(row)
  }
}

/// How the cells of a column are read as one type.
private final class CellReader<Value> {
  /// The value of a cell, nil if it is null; nil itself if the column stores other values.
  let read: ((Int) -> Value?)?

  init(_ column: Column) {
    // What fails for the column as a whole may still be right for each of its cells: so `try?`.
    guard let type = Value.self as? any ColumnValue.Type, !type._isNullable,
      type.isStored(in: column), let values = try? ValueReader<Value>(column)
    else {
      read = nil
      return
    }
    if let validity = column.validity {
      read = { validity.isSet($0) ? values.value($0) : nil }
    } else {
      read = { values.value($0) }
    }
  }
}

extension ColumnValue {
  /// Whether a column is of the type that these values are stored in.
  static func isStored(in column: Column) -> Bool {
    column.type == columnType || column.type.kind.matches(columnType.kind)
  }
}
