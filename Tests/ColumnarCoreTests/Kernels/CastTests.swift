import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Casts")
struct CastTests {
  private static let plainTypes: [DataType] =
    [.bool] + ColumnGenerator.numericTypes + [.string]

  @Test("numbers, booleans and text agree with the oracle", arguments: Self.plainTypes)
  func flat(source: DataType) {
    PropertyTest.seeds(25) { generator in
      for target in Self.plainTypes {
        let column = generator.column(source, count: generator.rowCount(upTo: 80))
        check(column, target, generator.seed)
      }
    }
  }

  @Test("times, lists and structs agree with the oracle")
  func widened() {
    let pairs: [(DataType, DataType)] = [
      (.timestamp(.second), .timestamp(.nanosecond)),
      (.timestamp(.nanosecond), .timestamp(.second)),
      (.timestamp(.microsecond), .date), (.date, .timestamp(.nanosecond)),
      (.date, .timestamp(.second)), (.timestamp(.second), .date),
      (.duration(.nanosecond), .duration(.millisecond)),
      (.duration(.second), .duration(.microsecond)),
      (.date, .int16), (.int64, .date), (.int64, .timestamp(.second)), (.duration(.second), .uint8),
      (.list(.int64), .list(.int8)), (.list(.string), .list(.float64)),
      (.list(.int32), .fixedSizeList(.int64, count: 2)),
      (.fixedSizeList(.float32, count: 3), .list(.int16)),
      (.fixedSizeList(.int64, count: 2), .fixedSizeList(.int8, count: 2)),
      (.list(.list(.int16)), .list(.list(.uint8))), (.string, .binary), (.binary, .string),
      (
        .structure([Field("a", .int64), Field("b", .string)]),
        .structure([Field("b", .string), Field("a", .int8)])
      ),
      (
        .structure([Field("a", .int64), Field("b", .string)]),
        .structure([Field("x", .int16), Field("y", .float64)])
      ),
      (.null, .list(.int8)), (.null, .string),
      (.structure([Field("x", .null)]), .structure([Field("x", .int8)])),
    ]
    PropertyTest.seeds(120) { generator in
      for (source, target) in pairs {
        generator.onlySmallNumbers = generator.random.chance(0.5)
        check(generator.column(source, count: generator.rowCount(upTo: 70)), target, generator.seed)
      }
    }
  }

  private func check(_ column: Column, _ target: DataType, _ seed: UInt64) {
    let note: Comment = "seed \(seed): \(column.type) to \(target), \(column.encoding)"
    let rows = Value.rows(of: column)
    do {
      let lenient = try column.cast(to: target, strict: false)
      let expected = rows.map { Oracle.tryCast($0, from: column.type, to: target) }
      #expect(lenient.type == target, note)
      #expect(Oracle.difference(lenient, from: expected) == nil, note)
    } catch { Issue.record("\(note): \(error)") }
    let misfit = rows.firstIndex { (try? Oracle.cast($0, from: column.type, to: target)) == nil }
    do {
      let strict = try column.cast(to: target, strict: true)
      #expect(misfit == nil, note)
      if misfit == nil {
        let expected = rows.map { Oracle.tryCast($0, from: column.type, to: target) }
        #expect(Oracle.difference(strict, from: expected) == nil, note)
      }
    } catch {
      let known = error as? ColumnarError
      #expect(known?.code == .invalidValue && known?.row == misfit, "\(note): \(error)")
    }
  }

  @Test(
    "times go to text and back",
    arguments: [
      DataType.date, .timestamp(.millisecond), .timestamp(.nanosecond, zone: "UTC"),
      .duration(.microsecond),
    ])
  func timesAsText(type: DataType) throws {
    try PropertyTest.seeds(60) { generator in
      // Years that have four digits.
      let numbers = (0..<50).map { _ in Int64(generator.random.int(in: -700_000..<2_900_000)) }
      let scale: Int64 =
        type == .date ? 1 : type == .timestamp(.millisecond) ? 86_399_999 : 1_000_003
      let column = try Column(
        type: .int64, values: Buffer(copying: numbers.map { $0 * scale }), count: 50
      ).cast(to: type == .date ? .int32 : .int64, strict: true).reinterpreted(as: type)
      let text = try column.cast(to: .string, strict: true)
      let back = try text.cast(to: type, strict: true)
      #expect(
        Oracle.difference(back, from: Value.rows(of: column)) == nil, "seed \(generator.seed)")
    }
  }

  @Test("refuses casts that are not defined, naming both types")
  func refusals() {
    let pairs: [(DataType, DataType)] = [
      (.list(.int8), .int8), (.date, .float64), (.float64, .date), (.int8, .null),
      (.structure([Field("a", .int8)]), .structure([])), (.binary, .int8), (.duration(), .date),
    ]
    for (source, target) in pairs {
      #expect(!source.isCastable(to: target))
      #expect(throws: ColumnarError.self) {
        try Column.nulls(of: source, count: 1).cast(to: target, strict: false)
      }
    }
  }
}
