import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Comparison")
struct ComparisonTests {
  private static let operators: [ComparisonOperator] = [
    .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .equalMissing,
    .notEqualMissing,
  ]

  @Test(
    "agrees with the oracle over all types, operators and forms",
    arguments: ColumnGenerator.allTypes)
  func agreesWithOracle(type: DataType) throws {
    try PropertyTest.seeds(120) { generator in
      let count = generator.rowCount(upTo: 200)
      let a = generator.column(type, count: count)
      var b = generator.column(type, count: count)
      // Rows of the same column make equal values likely.
      if count > 0, generator.random.chance(0.4) {
        let rows = (0..<count).map {
          Int32($0 ^ 1 < count ? $0 ^ generator.random.int(in: 0..<2) : $0)
        }
        b = a.taking(RowIndices(rows))
      }
      for op in Self.operators where op.isEquality || type.hasOrder {
        let expected = zip(Value.rows(of: a), Value.rows(of: b)).map { Oracle.compared(op, $0, $1) }
        let result = try a.compared(op, b)
        #expect(
          Oracle.difference(result, from: expected) == nil,
          "seed \(generator.seed): \(type) \(op) \(a.encoding) \(b.encoding)")
        let kept = expected.map { $0 == .bool(true) }
        #expect((0..<count).map { result.selection[$0] } == kept, "seed \(generator.seed)")
      }
    }
  }

  @Test("compares numbers of different types in their common one")
  func mixedTypes() throws {
    try PropertyTest.seeds(300) { generator in
      let count = generator.rowCount(upTo: 100)
      let a = generator.column(generator.random.pick(ColumnGenerator.numericTypes), count: count)
      let b = generator.column(generator.random.pick(ColumnGenerator.numericTypes), count: count)
      let common = try #require(DataType.common(a.type, b.type))
      for op in Self.operators {
        let expected = try zip(Value.rows(of: a), Value.rows(of: b)).map {
          Oracle.compared(
            op, try Oracle.cast($0, from: a.type, to: common),
            try Oracle.cast($1, from: b.type, to: common))
        }
        #expect(
          Oracle.difference(try a.compared(op, b), from: expected) == nil,
          "seed \(generator.seed): \(a.type) \(op) \(b.type)")
      }
    }
  }

  @Test("refuses an order of lists and comparisons of unlike types")
  func refusals() {
    let lists = Column.empty(.list(.int8))
    #expect(throws: ColumnarError.self) { try lists.compared(.less, lists) }
    #expect(throws: ColumnarError.self) {
      try Column.empty(.string).compared(.equal, .empty(.int8))
    }
    #expect(throws: ColumnarError.self) { try Column.nulls(1).compared(.equal, .nulls(2)) }
  }

  @Test("orders strings by bytes, not by canonical equivalence")
  func bytes() throws {
    var builder = BytesBuilder()
    for text in ["é", "e\u{301}", "a", "a\0", "ab", "abcdefghijklm", "abcdefghijklmn"] {
      builder.append(text)
    }
    let column = builder.finish()
    let next = column.taking(RowIndices([1, 0, 3, 2, 5, 6, 5]))
    let less = try column.compared(.less, next)
    let expected: [Bool] = [false, true, true, false, true, true, false]
    #expect(Oracle.difference(less, from: expected.map { Value.bool($0) }) == nil)
    #expect(try column.compared(.equal, next).selection.setCount == 0)
  }
}
