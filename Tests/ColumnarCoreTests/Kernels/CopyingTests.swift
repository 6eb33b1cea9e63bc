import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Take, filter, concatenate, slice, decode")
struct CopyingTests {
  @Test("take, with and without absent rows", arguments: ColumnGenerator.allTypes)
  func taking(type: DataType) {
    PropertyTest.seeds(100) { generator in
      let column = generator.column(type, count: generator.rowCount(upTo: 150))
      let rows = Value.rows(of: column)
      let note: Comment = "seed \(generator.seed): \(column.encoding)"
      let mayBeAbsent = column.count == 0 || generator.random.chance(0.5)
      let picks = (0..<generator.rowCount(upTo: 150)).map { _ in
        Int32(generator.random.int(in: (mayBeAbsent ? -1 : 0)..<column.count))
      }
      let taken = column.taking(RowIndices(picks, mayBeAbsent: mayBeAbsent))
      #expect(taken.type == type, note)
      #expect(
        Oracle.difference(taken, from: picks.map { $0 < 0 ? .null : rows[Int($0)] }) == nil, note)
      #expect(
        Oracle.difference(taken.decoded(), from: picks.map { $0 < 0 ? .null : rows[Int($0)] })
          == nil, note)
    }
  }

  @Test("filter and slice", arguments: ColumnGenerator.allTypes)
  func filtering(type: DataType) {
    PropertyTest.seeds(80) { generator in
      let column = generator.column(type, count: generator.rowCount())
      let rows = Value.rows(of: column)
      let note: Comment = "seed \(generator.seed): \(column.encoding)"
      let share = generator.random.pick([0, 0.1, 0.5, 1])
      let kept = rows.map { _ in generator.random.chance(share) }
      let expected = zip(rows, kept).filter { $1 }.map { $0.0 }
      #expect(Oracle.difference(column.filtered(by: Bitmap(kept)), from: expected) == nil, note)
      let low = generator.random.int(in: 0..<column.count + 1)
      let high = generator.random.int(in: low..<column.count + 1)
      let slice = column.slice(low..<high)
      #expect(Oracle.difference(slice, from: Array(rows[low..<high])) == nil, note)
      #expect(Oracle.difference(slice.decoded(), from: Array(rows[low..<high])) == nil, note)
      #expect(Oracle.difference(column.decoded(), from: rows) == nil, note)
      #expect(column.decoded().encoding == .plain, note)
    }
  }

  @Test("concatenate columns of mixed forms", arguments: ColumnGenerator.allTypes)
  func concatenating(type: DataType) {
    PropertyTest.seeds(100) { generator in
      var parts = (0..<generator.random.int(in: 0..<5)).map { _ in
        generator.column(type, count: generator.rowCount(upTo: 130))
      }
      if let first = parts.first, generator.random.chance(0.5) {
        parts += [first.slice(0..<first.count / 2), first.slice(first.count / 3..<first.count)]
        if generator.random.chance(0.3) { parts = Array(parts.suffix(2)) }
      }
      let whole = Column.concatenating(parts, type: type)
      #expect(whole.type == type)
      let note: Comment = "seed \(generator.seed): \(parts.map(\.encoding))"
      #expect(Oracle.difference(whole, from: parts.flatMap { Value.rows(of: $0) }) == nil, note)
    }
  }

  @Test("replace the validity", arguments: ColumnGenerator.allTypes)
  func validity(type: DataType) {
    if type == .null { return }
    PropertyTest.seeds(60) { generator in
      let column = generator.column(type, count: generator.rowCount(upTo: 150))
      let note: Comment = "seed \(generator.seed): \(column.encoding)"
      let rows = Value.rows(of: column)
      let shift = generator.random.int(in: 0..<70)
      let bits = (0..<(column.count + shift)).map { _ in generator.random.chance(0.6) }
      let extra = Bitmap(bits).slice(shift..<(shift + column.count))
      let both = Bitmap.both(extra, column.validity)
      let expected = rows.indices.map { extra[$0] ? rows[$0] : .null }
      #expect(Oracle.difference(column.withValidity(both), from: expected) == nil, note)
      if column.nullCount == 0 {
        #expect(Oracle.difference(column.withValidity(nil), from: rows) == nil, note)
      }
    }
  }

  @Test("nulls, empty columns and constants of every type", arguments: ColumnGenerator.allTypes)
  func making(type: DataType) {
    for count in [0, 1, 65] {
      let nulls = Column.nulls(of: type, count: count)
      #expect(nulls.type == type)
      #expect(Oracle.difference(nulls, from: Array(repeating: .null, count: count)) == nil)
      #expect(
        Oracle.difference(nulls.decoded(), from: Array(repeating: .null, count: count)) == nil)
    }
    #expect(Oracle.difference(.empty(type), from: []) == nil)
    #expect(
      Oracle.difference(
        Column.empty(type).taking(RowIndices([-1, -1], mayBeAbsent: true)), from: [.null, .null])
        == nil)
  }
}
