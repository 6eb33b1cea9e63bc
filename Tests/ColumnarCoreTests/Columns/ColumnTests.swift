import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Columns")
struct ColumnTests {
  @Test("slices share memory and know their nulls", arguments: ColumnGenerator.allTypes)
  func slices(type: DataType) {
    PropertyTest.seeds(40) { generator in
      let column = generator.column(type, count: generator.rowCount())
      let rows = Value.rows(of: column)
      let low = generator.random.int(in: 0..<column.count + 1)
      let slice = column.slice(low..<column.count).slice(0..<(column.count - low) / 2)
      let expected = rows[low..<(low + slice.count)]
      let note: Comment = "seed \(generator.seed): \(column.encoding)"
      #expect(slice.storage === column.storage, note)
      #expect(slice.nullCount == expected.count { $0.isNull }, note)
      for (row, value) in expected.enumerated() { #expect(slice.isNull(row) == value.isNull, note) }
      let valid = slice.validity.map { bits in (0..<slice.count).map { bits[$0] } }
      #expect(valid ?? expected.map { _ in true } == expected.map { !$0.isNull }, note)
      #expect((slice.trueValidity == nil) == (slice.nullCount == 0), note)
    }
  }

  @Test("one layout reads as another type of the same width")
  func reinterpreting() {
    PropertyTest.seeds(40) { generator in
      let column = generator.column(.int32, count: generator.rowCount(upTo: 90))
      let dates = column.reinterpreted(as: .date)
      #expect(dates.type == .date)
      #expect(
        Oracle.difference(dates, from: Value.rows(of: column)) == nil, "seed \(generator.seed)")
    }
  }

  @Test("typed views read what was written")
  func views() {
    PropertyTest.seeds(60) { generator in
      let count = generator.rowCount(upTo: 150)
      let numbers = generator.column(.int64, count: count)
      let view = PrimitiveView<Int64>(numbers)
      let read = (0..<count).map { numbers.isNull($0) ? Value.null : .int(view[$0]) }
      #expect(read == Value.rows(of: numbers), "seed \(generator.seed)")
      let texts = generator.column(.string, count: count)
      let strings = BytesView(texts)
      let bytes = (0..<count).map { row -> Value in
        texts.isNull(row) ? .null : .string(strings.string(row))
      }
      #expect(bytes == Value.rows(of: texts), "seed \(generator.seed)")
      let lists = generator.column(.list(.int32), count: count)
      let elements = ListView(lists)
      let parts = (0..<count).map { row -> Value in
        lists.isNull(row) ? .null : .list(Value.rows(of: elements[row]))
      }
      #expect(parts == Value.rows(of: lists), "seed \(generator.seed)")
    }
  }
}
