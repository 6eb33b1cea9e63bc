import Columnar
import Harness

extension DataFrame {
  /// The sum of a column of floats, in any order.
  func sum(_ name: String) throws -> Double {
    try batches.reduce(0) { total, batch in
      let values = try ColumnView<Double>(batch.column(name))
      return values.withContiguousStorageIfAvailable { $0.reduce(total, +) }
        ?? values.reduce(total, +)
    }
  }

  /// The sum of a column of integers.
  func integerSum(_ name: String) throws -> Int {
    try batches.reduce(0) { total, batch in
      let values = try ColumnView<Int>(batch.column(name))
      return values.withContiguousStorageIfAvailable { $0.reduce(total, &+) }
        ?? values.reduce(total, &+)
    }
  }

  /// Throws unless a column holds these values.
  func expect<Value: ColumnValue & Equatable>(_ name: String, _ expected: [Value]) throws {
    var row = 0
    for batch in batches {
      for value in try ColumnView<Value>(batch.column(name)) {
        guard row < expected.count, value == expected[row] else {
          throw CheckFailure("row \(row) of \(name) is \(value)")
        }
        row += 1
      }
    }
    try Harness.expect(row, expected.count, "the number of rows")
  }
}
