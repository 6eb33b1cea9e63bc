import ColumnarCore
import Glibc

/// Makes a split-block bloom filter: eight bits in one block of 32 bytes for every value.
struct BloomFilterBuilder {
  private static let salts: [UInt32] = [
    0x47B6_137B, 0x4497_4D91, 0x8824_AD5B, 0xA2B7_289D, 0x7054_95C7, 0x2DF1_424B, 0x9EFC_4947,
    0x5C6B_FB31,
  ]
  private static let blockBytes = 32
  /// Readers take no larger ones.
  private static let largest = 128 << 20

  private var words: [UInt32]
  private let blockCount: UInt64

  /// An empty filter for so many different values, of which that share of absent ones is taken for
  /// present.
  init(distinctValues: Int, falsePositives: Double) {
    let bits = -8 * Double(max(1, distinctValues)) / log(1 - pow(falsePositives, 1.0 / 8))
    // Some readers want a power of two.
    var size = Self.blockBytes
    while Double(size * 8) < bits, size < Self.largest { size *= 2 }
    words = [UInt32](repeating: 0, count: size / 4)
    blockCount = UInt64(size / Self.blockBytes)
  }

  /// Adds a value by its hash.
  mutating func insert(_ hash: UInt64) {
    let block = Int(truncatingIfNeeded: ((hash >> 32) &* blockCount) >> 32) * 8
    let low = UInt32(truncatingIfNeeded: hash)
    for k in 0..<8 { words[block + k] |= 1 << ((low &* Self.salts[k]) >> 27) }
  }

  /// The filter behind its header.
  func bytes() -> [UInt8] {
    let header = ThriftWriter.structure {
      $0.int32(1, words.count * 4)
      $0.structure(2) { $0.structure(1) }
      $0.structure(3) { $0.structure(1) }
      $0.structure(4) { $0.structure(1) }
    }
    return header + words.withUnsafeBytes { Array($0) }
  }
}

extension LeafEncoding {
  /// The filter of the chunk's values.
  func bloomFilter(_ options: ParquetWriteOptions.BloomFilter) -> [UInt8] {
    guard let values = coded?.values ?? plain else { return [] }
    var filter = BloomFilterBuilder(
      distinctValues: options.distinctValues ?? values.count,
      falsePositives: options.falsePositives)
    switch values.form {
    case .none, .bits: break
    case .bytes(let view):
      for row in 0..<values.count { filter.insert(XXHash64.hash(view.bytes(row))) }
    case .words(let words, let width):
      words.withBytes { bytes in
        for k in 0..<values.count {
          filter.insert(
            XXHash64.hash(UnsafeRawBufferPointer(rebasing: bytes[(k * width)..<((k + 1) * width)])))
        }
      }
    }
    return filter.bytes()
  }
}
