import CColumnarSystem
import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct ParquetEncoderTests {
  static let origin = ParquetOrigin(name: "test")

  /// Numbers in runs of any length between numbers that are not.
  static func numbers(_ random: inout SeededGenerator, _ count: Int, below limit: UInt32)
    -> [UInt32]
  {
    var values: [UInt32] = []
    while values.count < count {
      let one = UInt32(truncatingIfNeeded: random.int(in: 0..<Int(limit)))
      let times = random.chance(0.3) ? random.int(in: 1..<100) : 1
      values += [UInt32](repeating: one, count: times)
    }
    return Array(values.prefix(count))
  }

  @Test func runsAndGroupsComeBack() throws {
    try PropertyTest.seeds(40) { generator in
      let width = generator.random.int(in: 1..<33)
      let limit = width == 32 ? UInt32.max : 1 << UInt32(width)
      let count = generator.rowCount(upTo: 1000)
      let values = Self.numbers(&generator.random, count, below: limit)
      var bytes = MutableBuffer(capacity: 16)
      values.withUnsafeBufferPointer { values in
        if let base = values.baseAddress {
          HybridEncoder.append(base, count, width: width, to: &bytes)
        }
      }
      var decoder = try HybridDecoder(bytes.freeze(), width: width, Self.origin)
      var back = [UInt32](repeating: 7, count: count)
      try back.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { try decoder.read(count, into: base) }
      }
      #expect(back == values, "width \(width), seed \(generator.seed)")
    }
  }

  @Test func levelsAndBitsComeBack() throws {
    try PropertyTest.seeds(40) { generator in
      let count = generator.rowCount(upTo: 1000)
      let width = generator.random.int(in: 1..<7)
      let levels = Self.numbers(&generator.random, count, below: 1 << UInt32(width)).map {
        UInt8($0)
      }
      var bytes = MutableBuffer(capacity: 16)
      levels.withUnsafeBufferPointer {
        if let base = $0.baseAddress {
          HybridEncoder.append(base, count, width: width, to: &bytes)
        }
      }
      var decoder = try HybridDecoder(bytes.freeze(), width: width, Self.origin)
      var back = [UInt8](repeating: 0, count: count)
      try back.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { try decoder.read(count, into: base) }
      }
      #expect(back == levels, "seed \(generator.seed)")

      let shift = generator.random.int(in: 0..<9)
      let bools = levels.map { $0 & 1 == 1 }
      let bitmap = Bitmap([Bool](repeating: true, count: shift) + bools)
      var packed = MutableBuffer(capacity: 16)
      HybridEncoder.append(bitmap.slice(shift..<(shift + count)), to: &packed)
      var reader = try HybridDecoder(packed.freeze(), width: 1, Self.origin)
      var builder = BitmapBuilder(capacity: count)
      try reader.read(count, into: &builder)
      let found = builder.finish()
      #expect((0..<count).map { found[$0] } == bools, "seed \(generator.seed)")
    }
  }

  @Test func differencesComeBack() throws {
    try PropertyTest.seeds(40) { generator in
      let count = generator.rowCount(upTo: 600)
      generator.specials = generator.random.pick([0, 0.3])
      generator.onlySmallNumbers = generator.random.chance(0.5)
      let column = generator.column(.int64, count: count, nulls: 0, form: .plain)
      let view = PrimitiveView(column, as: Int64.self)
      var bytes = MutableBuffer(capacity: 16)
      DeltaEncoder.append(view.values, count, to: &bytes)
      var decoder = try DeltaDecoder(bytes.freeze(), limit: count, Self.origin)
      var back = [Int64](repeating: 0, count: count)
      try back.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { try decoder.read(count, into: base) }
      }
      #expect(back == (0..<count).map { view[$0] }, "seed \(generator.seed)")
      // Of 32 bits, differences wrap around in 32 bits: no width is larger.
      let narrow = (0..<count).map { Int32(truncatingIfNeeded: view[$0]) }
      var small = MutableBuffer(capacity: 16)
      narrow.withUnsafeBufferPointer {
        if let base = $0.baseAddress { DeltaEncoder.append(base, count, to: &small) }
      }
      guard count > 0 else { return }
      #expect(small.count <= 24 + (count / 128 + 1) * (16 + 128 * 4))
      var reader = try DeltaDecoder(small.freeze(), limit: count, Self.origin)
      var again = [Int32](repeating: 0, count: count)
      try again.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { try reader.read(count, into: base) }
      }
      #expect(again == narrow, "seed \(generator.seed)")
    }
  }

  @Test func bytesAreTakenApartAndPutTogether() {
    for width in [2, 4, 8, 12, 16] {
      for count in [0, 1, 7, 8, 9, 64, 100] {
        let values = (0..<(count * width)).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 3) }
        var apart = [UInt8](repeating: 0, count: count * width + 1)
        columnar_split(values, count, width, &apart)
        for k in 0..<width {
          for i in 0..<count { #expect(apart[k * count + i] == values[i * width + k]) }
        }
      }
    }
  }

  @Test func base64IsThatOfRFC4648() {
    let pairs = [
      "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "foobar": "Zm9vYmFy",
    ]
    for (plain, text) in pairs {
      #expect(Base64.encode(Array(plain.utf8)) == text)
      #expect(Base64.decode(text) == Array(plain.utf8))
    }
    #expect(Base64.decode("Zm9v!") == nil)
  }
}
