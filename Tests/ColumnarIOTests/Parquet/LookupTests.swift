import CColumnarSystem
import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// Codes looked up, and differences added, where they are unpacked; beside doing so one by one.
@Suite struct LookupTests {
  /// Values of `width` bits below `limit`.
  private static func values(
    _ generator: inout ColumnGenerator, _ count: Int, _ width: Int, below limit: Int
  ) -> [UInt64] {
    (0..<count).map { _ in UInt64(generator.random.int(in: 0..<min(limit, 1 << min(width, 40)))) }
  }

  @Test func everyWidthAndPlace() throws {
    PropertyTest.seeds(4) { generator in
      for width in 0...16 {
        let limit = max(1, (1 << width) - generator.random.int(in: 0..<3))
        let (first, count) = (generator.random.int(in: 0..<20), generator.random.int(in: 0..<150))
        let codes = Self.values(&generator, first + count, width, below: limit)
        let bytes = ParquetDecoderTests.packed(codes, width)
        let wide = (0..<limit).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
        let narrow = wide.map { UInt32(truncatingIfNeeded: $0) }
        var out = [UInt64](repeating: 7, count: count + 1)
        #expect(
          columnar_lookup64(
            bytes.pointer(), first, count, Int32(width), wide, UInt32(limit), &out))
        #expect(out == codes[first...].map { wide[Int($0)] } + [7], "width \(width)")
        var short = [UInt32](repeating: 7, count: count + 1)
        #expect(
          columnar_lookup32(
            bytes.pointer(), first, count, Int32(width), narrow, UInt32(limit), &short))
        #expect(short == codes[first...].map { narrow[Int($0)] } + [7], "width \(width)")
      }
    }
  }

  @Test func oneCodeTooLarge() {
    PropertyTest.seeds(40) { generator in
      let count = generator.random.int(in: 1..<100)
      let limit = generator.random.int(in: 1..<200)
      var codes = Self.values(&generator, count, 8, below: limit)
      codes[generator.random.int(in: 0..<count)] = UInt64(generator.random.int(in: limit..<256))
      let bytes = ParquetDecoderTests.packed(codes, 8)
      let wide = [UInt64](repeating: 1, count: limit)
      let narrow = [UInt32](repeating: 1, count: limit)
      var out = [UInt64](repeating: 0, count: count)
      var short = [UInt32](repeating: 0, count: count)
      #expect(!columnar_lookup64(bytes.pointer(), 0, count, 8, wide, UInt32(limit), &out))
      #expect(!columnar_lookup32(bytes.pointer(), 0, count, 8, narrow, UInt32(limit), &short))
    }
  }

  @Test func differencesOfEveryWidth() {
    PropertyTest.seeds(4) { generator in
      for width in 0...40 {
        let count = generator.random.int(in: 0..<100)
        let differences = Self.values(&generator, count, width, below: .max)
        let bytes = ParquetDecoderTests.packed(differences, width)
        let minimum = UInt64(bitPattern: Int64(generator.random.int(in: -1000..<1000)))
        let start = UInt64(bitPattern: Int64(generator.random.int(in: -1000..<1000)))
        var sum = start
        let expected = differences.map { difference in
          sum = sum &+ difference &+ minimum
          return sum
        }
        var (last, out) = (start, [UInt64](repeating: 0, count: count))
        columnar_delta64(bytes.pointer(), count, Int32(width), minimum, &last, &out)
        #expect(out == expected && last == sum, "width \(width)")
        var short = [UInt32](repeating: 0, count: count)
        last = start
        columnar_delta32(bytes.pointer(), count, Int32(width), minimum, &last, &short)
        #expect(short == expected.map { UInt32(truncatingIfNeeded: $0) }, "width \(width)")
        #expect(UInt32(truncatingIfNeeded: last) == UInt32(truncatingIfNeeded: sum))
      }
    }
  }
}
