import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Boolean logic and missing values")
struct BooleanTests {
  @Test("is three-valued, in all forms")
  func logic() {
    PropertyTest.seeds(300) { generator in
      let count = generator.rowCount()
      let (a, b) = (generator.column(.bool, count: count), generator.column(.bool, count: count))
      let (x, y) = (Value.rows(of: a), Value.rows(of: b))
      let note: Comment = "seed \(generator.seed): \(a.encoding) \(b.encoding)"
      #expect(Oracle.difference(a.and(b), from: zip(x, y).map(Oracle.and)) == nil, note)
      #expect(Oracle.difference(a.or(b), from: zip(x, y).map(Oracle.or)) == nil, note)
      #expect(Oracle.difference(a.xor(b), from: zip(x, y).map(Oracle.xor)) == nil, note)
      #expect(Oracle.difference(a.not(), from: x.map(Oracle.not)) == nil, note)
      let all = a.and(.nulls(count))
      #expect(Oracle.difference(all, from: x.map { Oracle.and($0, .null) }) == nil, note)
    }
  }

  @Test("finds nulls and NaN", arguments: ColumnGenerator.allTypes)
  func masks(type: DataType) {
    PropertyTest.seeds(60) { generator in
      let column = generator.column(type, count: generator.rowCount())
      let rows = Value.rows(of: column)
      let note: Comment = "seed \(generator.seed)"
      #expect(
        Oracle.difference(column.isNullMask(), from: rows.map { .bool($0.isNull) }) == nil, note)
      #expect(
        Oracle.difference(column.isNotNullMask(), from: rows.map { .bool(!$0.isNull) }) == nil, note
      )
      let isNaN = rows.map { $0.isNull ? Value.null : .bool($0 == .double(.nan)) }
      #expect(Oracle.difference(column.isNaNMask(), from: isNaN) == nil, note)
      #expect(column.nullCount == rows.count { $0.isNull }, note)
    }
  }

  @Test("chooses and fills in", arguments: ColumnGenerator.allTypes)
  func choosing(type: DataType) {
    PropertyTest.seeds(100) { generator in
      let count = generator.rowCount(upTo: 150)
      let condition = generator.column(.bool, count: count)
      let (a, b) = (generator.column(type, count: count), generator.column(type, count: count))
      let (x, y) = (Value.rows(of: a), Value.rows(of: b))
      let note: Comment = "seed \(generator.seed): \(a.encoding) \(b.encoding)"
      let chosen = zip(Value.rows(of: condition), zip(x, y)).map { $0 == .bool(true) ? $1.0 : $1.1 }
      #expect(Oracle.difference(.choose(condition, then: a, else: b), from: chosen) == nil, note)
      let filled = zip(x, y).map { $0.isNull ? $1 : $0 }
      #expect(Oracle.difference(a.fillingNulls(with: b), from: filled) == nil, note)
    }
  }
}
