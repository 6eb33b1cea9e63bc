import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// Integers as differences, beside the numbers that they were made of.
@Suite struct DeltaDecoderTests {
  /// Packs values as blocks of differences, in the plainest way.
  static func encoded(_ values: [UInt64], block: Int, miniblocks: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    func varint(_ value: UInt64) {
      var rest = value
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    func zigzag(_ value: UInt64) -> UInt64 { value << 1 ^ (value >> 63 == 1 ? ~0 : 0) }
    varint(UInt64(block))
    varint(UInt64(miniblocks))
    varint(UInt64(values.count))
    varint(zigzag(values.first ?? 0))
    let size = block / miniblocks
    let all = zip(values.dropFirst(), values).map { $0 &- $1 }
    for start in stride(from: 0, to: all.count, by: block) {
      let piece = all[start..<min(all.count, start + block)]
      let least = piece.map { Int64(bitPattern: $0) }.min() ?? 0
      varint(zigzag(UInt64(bitPattern: least)))
      let parts = (0..<miniblocks).map { k in
        piece.dropFirst(k * size).prefix(size).map { $0 &- UInt64(bitPattern: least) }
      }
      let widths = parts.map { part in 64 - (part.max() ?? 0).leadingZeroBitCount }
      bytes += widths.map { UInt8($0) }
      for (part, width) in zip(parts, widths) where !part.isEmpty {
        let padded = part + [UInt64](repeating: 0, count: size - part.count)
        bytes += ParquetDecoderTests.packed(padded, width).withBytes { Array($0) }
      }
    }
    return bytes
  }

  static func read<T: FixedWidthInteger>(
    _ decoder: inout DeltaDecoder, _ count: Int, as _: T.Type
  ) throws -> [T] {
    var made = [T](repeating: 0, count: count)
    try made.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      try decoder.read(count, into: start)
    }
    return made
  }

  @Test func inPiecesOfAnySize() throws {
    try PropertyTest.seeds(40) { generator in
      let count = generator.random.int(in: 0..<700)
      let kind = generator.random.int(in: 0..<5)
      let spread = [1, 2, 1000, Int(Int32.max), Int.max][kind]
      let values = (0..<count).map { _ in
        UInt64(generator.random.int(in: 0..<spread)) &* (spread == Int.max ? 3 : 1)
      }
      let layout = generator.random.int(in: 0..<3)
      let (block, miniblocks) = [(128, 4), (256, 1), (1024, 2)][layout]
      let bytes = Buffer(copying: Self.encoded(values, block: block, miniblocks: miniblocks))
      let isWide = generator.random.int(in: 0..<2) == 0
      var decoder = try DeltaDecoder(bytes, limit: count, ParquetOrigin(name: "test"))
      let end = try decoder.end()
      #expect(end == bytes.count)
      var at = 0
      while at < count {
        let taken = min(count - at, generator.random.int(in: 1..<300))
        let expected = values[at..<(at + taken)]
        if generator.random.int(in: 0..<5) == 0 {
          try decoder.skip(taken)
        } else if isWide {
          let made = try Self.read(&decoder, taken, as: UInt64.self)
          #expect(made == Array(expected))
        } else {
          let made = try Self.read(&decoder, taken, as: UInt32.self)
          #expect(made == expected.map { UInt32(truncatingIfNeeded: $0) })
        }
        at += taken
      }
      let atEnd = decoder
      #expect(throws: ColumnarError.self) {
        var decoder = atEnd
        _ = try Self.read(&decoder, 1, as: UInt64.self)
      }
    }
  }
}
