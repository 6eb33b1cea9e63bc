import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct ParquetWriteStatisticsTests {
  typealias Write = ParquetWriteTesting

  private func statistics(
    _ column: Column, _ options: ParquetWriteOptions = ParquetWriteOptions()
  ) throws -> ParquetStatistics {
    try Write.written([Write.batch([column])], options).metadata.rowGroups[0].chunks[0]
      .statistics
  }

  private func bytes(_ buffer: Buffer?) -> [UInt8]? { buffer.map { $0.withBytes { Array($0) } } }

  private func double(_ buffer: Buffer?) -> UInt64? {
    buffer.map { $0.start.loadUnaligned(as: UInt64.self) }
  }

  /// Against the least and greatest by a plain search; bounds may lie beyond where text is cut.
  @Test func boundsHoldTheValues() throws {
    try PropertyTest.seeds(25) { generator in
      let types: [DataType] = [.int8, .int32, .int64, .uint16, .uint32, .uint64, .date, .bool]
      let type = generator.random.pick(types)
      let column = generator.column(type, count: generator.rowCount())
      guard column.count > 0 else { return }
      let options = Write.options(&generator.random)
      var whole = options
      whole.rowGroupRows = 1 << 20
      whole.rowGroupBytes = 1 << 28
      whole.writesStatistics = true
      let found = try statistics(column, whole)
      let rows = Value.rows(of: column)
      #expect(found.nullCount == rows.filter(\.isNull).count, "seed \(generator.seed)")
      let numbers = rows.compactMap { value -> Int128? in
        switch value {
        case .int(let x): Int128(x)
        case .uint(let x): Int128(x)
        case .bool(let x): x ? 1 : 0
        default: nil
        }
      }
      func number(_ buffer: Buffer?) -> Int128? {
        guard let bytes = bytes(buffer) else { return nil }
        let word = bytes.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.1) << UInt64(8 * $1.0) }
        switch type {
        case .uint64, .bool: return Int128(word)
        case .uint16, .uint32: return Int128(word)
        case .int64: return Int128(Int64(bitPattern: word))
        default: return Int128(Int32(truncatingIfNeeded: word))
        }
      }
      #expect(number(found.minimum) == numbers.min(), "\(type), seed \(generator.seed)")
      #expect(number(found.maximum) == numbers.max(), "\(type), seed \(generator.seed)")
    }
  }

  /// Decimals that are written as bytes have the bounds of their values, not of their bytes; ours
  /// are read back, and pages have them too.
  @Test func boundsOfLongDecimals() throws {
    try PropertyTest.seeds(25) { generator in
      let type = generator.random.pick([
        DataType.decimal128(19, scale: 0), .decimal128(30, scale: 7), .decimal128(38, scale: 38),
      ])
      let column = generator.column(type, count: generator.rowCount())
      let values = Value.rows(of: column).compactMap { value -> Decimal128? in
        if case .decimal(let number) = value { number } else { nil }
      }
      guard column.count > 0 else { return }
      var options = ParquetWriteOptions()
      options.pageRows = 16
      options.usesDictionaries = generator.random.pick([true, false])
      let file = try Write.written([Write.batch([column])], options)
      let found = file.metadata.rowGroups[0].chunks[0].statistics
      func number(_ buffer: Buffer?) -> Int128? {
        bytes(buffer).map {
          $0.dropFirst().reduce(Int128(Int8(bitPattern: $0[0]))) { $0 << 8 | Int128($1) }
        }
      }
      let scale = type.decimalDigits?.scale ?? 0
      let note: Comment = "\(type), seed \(generator.seed)"
      #expect(number(found.minimum) == values.min()?.unscaled, note)
      #expect(number(found.maximum) == values.max()?.unscaled, note)
      guard let least = values.min() else { return }
      #expect(file.chunkSummaries[0].minimum?.text(at: 0) == least.description, note)
      // Nothing is less than the least, and that is there.
      func isExcluded(_ op: ComparisonOperator, _ value: Int128) -> Bool {
        let bound = Decimal128.column(exactly: [Decimal128(unscaled: value, scale: scale)])
        return file.exclusion(
          .column(ColumnCondition(column: 0, test: .compare(op, bound))), group: 0) != nil
      }
      #expect(isExcluded(.less, least.unscaled), note)
      #expect(!isExcluded(.lessOrEqual, least.unscaled), note)
    }
  }

  @Test func boundsOfTextHoldTheValues() throws {
    try PropertyTest.seeds(40) { generator in
      let type = generator.random.pick([DataType.string, .binary])
      let column = generator.column(type, count: generator.rowCount())
      guard column.count > 0 else { return }
      let found = try statistics(column)
      let values = Value.rows(of: column).compactMap { value -> [UInt8]? in
        if case .bytes(let bytes) = value { bytes } else { nil }
      }
      guard let least = values.min(by: { $0.lexicographicallyPrecedes($1) }),
        let greatest = values.max(by: { $0.lexicographicallyPrecedes($1) })
      else {
        #expect(found.minimum == nil && found.maximum == nil)
        return
      }
      let low = try #require(bytes(found.minimum))
      #expect(least.count > 64 ? least.starts(with: low) && low.count > 60 : least == low)
      if let high = bytes(found.maximum) {
        #expect(
          greatest.count > 64
            ? greatest.lexicographicallyPrecedes(high) && high.count <= 68 : greatest == high,
          "seed \(generator.seed)")
      }
    }
  }

  @Test func longTextIsCutBetweenCharacters() throws {
    func bounds(_ text: String) throws -> ([UInt8]?, [UInt8]?) {
      let found = try statistics(String.column(of: [text]))
      return (bytes(found.minimum), bytes(found.maximum))
    }
    let (low, high) = try bounds(String(repeating: "x", count: 63) + "éa")
    #expect(low == Array(String(repeating: "x", count: 63).utf8))
    #expect(high == Array((String(repeating: "x", count: 62) + "y").utf8))
    // Behind the greatest character there is none: the one before it is raised.
    let end = "\u{10FFFF}"
    let (_, next) = try bounds("a" + String(repeating: end, count: 40))
    #expect(next == Array("b".utf8))
    let (_, none) = try bounds(String(repeating: end, count: 40))
    #expect(none == nil)
    // The surrogates are left out.
    let (_, beyond) = try bounds(String(repeating: "\u{D7FF}", count: 40))
    #expect(
      beyond == Array((String(repeating: "\u{D7FF}", count: 20) + "\u{E000}").utf8))
  }

  @Test func whatDoesNotCompareIsLeftOut() throws {
    let some = try statistics(Double.column(of: [.nan, 2, 0, -.nan]))
    #expect(double(some.minimum) == (-0.0).bitPattern)
    #expect(double(some.maximum) == Double(2).bitPattern)
    #expect(some.nanCount == 2)
    let zeros = try statistics(Double.column(of: [-0.0, -3]))
    #expect(double(zeros.maximum) == Double(0).bitPattern)
    let none = try statistics(Double.column(of: [.nan, .nan]))
    #expect(none.minimum == nil && none.maximum == nil && none.nanCount == 2)
    let infinite = try statistics(Float.column(of: [.infinity, .infinity]))
    #expect(bytes(infinite.minimum) == [0, 0, 0x80, 0x7F])
    let nulls = try statistics(Int?.column(of: [nil, nil]))
    #expect(nulls.minimum == nil && nulls.nullCount == 2)
    var off = ParquetWriteOptions()
    off.writesStatistics = false
    #expect(try statistics(Int.column(of: [1]), off).minimum == nil)
  }
}
