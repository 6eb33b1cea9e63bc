import CColumnarSystem
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// Snappy's blocks, beside a decoder that does one byte after the other.
@Suite struct UnsnapTests {
  /// The bytes that a block stands for; nil where it breaks the format.
  static func naive(_ block: [UInt8]) -> [UInt8]? {
    var (at, length, shift) = (0, 0, 0)
    while true {
      guard at < block.count, shift < 35 else { return nil }
      length |= Int(block[at] & 0x7F) << shift
      shift += 7
      at += 1
      if block[at - 1] < 0x80 { break }
    }
    var out: [UInt8] = []
    while at < block.count {
      let tag = Int(block[at])
      at += 1
      func number(_ count: Int) -> Int? {
        guard at + count <= block.count else { return nil }
        defer { at += count }
        return (0..<count).reduce(0) { $0 | Int(block[at + $1]) << (8 * $1) }
      }
      if tag & 3 == 0 {
        var size = tag >> 2 + 1
        if size > 60 {
          guard let more = number(size - 60) else { return nil }
          size = more + 1
        }
        guard at + size <= block.count, out.count + size <= length else { return nil }
        out += block[at..<(at + size)]
        at += size
        continue
      }
      guard let low = number([0, 1, 2, 4][tag & 3]) else { return nil }
      let isShort = tag & 3 == 1
      let size = isShort ? (tag >> 2) & 7 + 4 : tag >> 2 + 1
      let offset = isShort ? (tag >> 5) << 8 | low : low
      guard offset > 0, offset <= out.count, out.count + size <= length else { return nil }
      for _ in 0..<size { out.append(out[out.count - offset]) }
    }
    return out.count == length ? out : nil
  }

  /// A block of elements of all kinds.
  static func block(_ generator: inout ColumnGenerator, elements: Int) -> [UInt8] {
    var (body, made) = ([UInt8](), 0)
    for _ in 0..<elements {
      func pick(_ most: Int) -> Int { generator.random.int(in: 0..<most) }
      if made == 0 || pick(3) == 0 {
        let size = pick(100) == 0 ? 1 + pick(70_000) : 1 + pick(pick(2) == 0 ? 16 : 100)
        let bytes = size <= 60 ? 0 : size <= 256 ? 1 : size <= 65_536 ? 2 : 3
        body.append(UInt8((bytes == 0 ? size - 1 : 59 + bytes) << 2))
        for k in 0..<bytes { body.append(UInt8((size - 1) >> (8 * k) & 255)) }
        body += (0..<size).map { _ in UInt8(pick(256)) }
        made += size
        continue
      }
      let offset = 1 + pick(min(made, [4, 40, 3000, 100_000][pick(4)]))
      let isShort = offset < 2048 && pick(2) == 0
      let size = isShort ? 4 + pick(8) : 1 + pick(64)
      if isShort {
        body += [UInt8(1 | (size - 4) << 2 | (offset >> 8) << 5), UInt8(offset & 255)]
      } else if offset < 65_536, pick(4) > 0 {
        body += [UInt8(2 | (size - 1) << 2), UInt8(offset & 255), UInt8(offset >> 8)]
      } else {
        body.append(UInt8(3 | (size - 1) << 2))
        body += (0..<4).map { UInt8(offset >> (8 * $0) & 255) }
      }
      made += size
    }
    var head: [UInt8] = []
    var rest = made
    while rest >= 0x80 {
      head.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return head + [UInt8(rest)] + body
  }

  /// What the kernel makes of two blocks; guards behind the results have to stay as they are.
  static func unpacked(
    _ first: [UInt8], _ firstSize: Int, _ second: [UInt8], _ secondSize: Int
  ) -> ([UInt8]?, [UInt8]?) {
    var (a, b) = (
      [UInt8](repeating: 0xA5, count: firstSize + 8),
      [UInt8](repeating: 0xA5, count: secondSize + 8)
    )
    let done = a.withUnsafeMutableBytes { a in
      b.withUnsafeMutableBytes { b in
        first.withUnsafeBytes { first in
          second.withUnsafeBytes { second in
            SnappyCodec.unpack(
              first, to: UnsafeMutableRawBufferPointer(rebasing: a[..<firstSize]),
              second, to: UnsafeMutableRawBufferPointer(rebasing: b[..<secondSize]))
          }
        }
      }
    }
    #expect(a.suffix(8).allSatisfy { $0 == 0xA5 } && b.suffix(8).allSatisfy { $0 == 0xA5 })
    return (done.0 ? Array(a.dropLast(8)) : nil, done.1 ? Array(b.dropLast(8)) : nil)
  }

  @Test func twoBlocksAtOnce() {
    PropertyTest.seeds(15) { generator in
      var blocks: [[UInt8]] = []
      for _ in 0..<2 {
        let elements = generator.random.int(in: 0..<60)
        blocks.append(Self.block(&generator, elements: elements))
      }
      let expected = blocks.map { Self.naive($0) ?? [] }
      let made = Self.unpacked(blocks[0], expected[0].count, blocks[1], expected[1].count)
      #expect(made.0 == expected[0] && made.1 == expected[1])
      // A length that is not the block's own.
      let wrong = Self.unpacked(blocks[0], expected[0].count + 1, blocks[1], expected[1].count)
      #expect(wrong.0 == nil && wrong.1 == expected[1])
    }
  }

  @Test func damagedBlocks() {
    PropertyTest.seeds(80) { generator in
      let good = Self.block(&generator, elements: 12)
      var bad = Self.block(&generator, elements: 12)
      let size = Self.naive(bad)?.count ?? 0
      for _ in 0..<generator.random.int(in: 0..<3) where !bad.isEmpty {
        let (at, bit) = (
          generator.random.int(in: 0..<bad.count), UInt8(generator.random.int(in: 0..<8))
        )
        bad[at] ^= UInt8(1) << bit
      }
      if generator.random.int(in: 0..<3) == 0 {
        let cut = generator.random.int(in: 0..<bad.count)
        bad.removeLast(cut)
      }
      let naive = Self.naive(bad).flatMap { $0.count == size ? $0 : nil }
      let expected = Self.naive(good)
      let made = Self.unpacked(bad, size, good, expected?.count ?? 0)
      #expect(made.0 == naive && made.1 == expected)
    }
  }
}
