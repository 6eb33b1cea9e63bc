import ColumnarCore
import ColumnarIO

/// One segment of a cache as a file.
///
/// | bytes | what |
/// |---|---|
/// | 0 | "COLCACHE" |
/// | 8 | version, UInt32, then zeros |
/// | 16 | rows, UInt64 |
/// | 24 | length of the file, UInt64 |
/// | 32 | checksum: 16 bytes over the whole file with these as zeros |
/// | 48 | zeros |
/// | 64 | a key of 16 bytes per row, filled up to 64 |
/// | then | an Arrow schema message and a record batch of one column |
///
/// All numbers are little-endian. A file is written under another name and renamed, and never
/// changed afterwards.
enum CacheFile {
  static let headSize = 64
  private static let magic: UInt64 = 0x4548_4341_434C_4F43
  private static let version: UInt64 = 1
  private static let checksumAt = 32

  /// What a file holds.
  struct Content {
    let keys: Buffer
    let column: Column
    let byteCount: Int
  }

  /// That a file is no segment, or a damaged one.
  static func broken(_ path: String, _ what: String) -> ColumnarError {
    ColumnarError(
      .corruptFile, "\"\(path)\" is no whole segment of a cache: it \(what).",
      context: [.file(path)])
  }

  // MARK: Writing

  /// The bytes of a file.
  static func bytes(_ column: Column, _ keys: [Buffer], _ codec: CacheCodec) throws -> Buffer {
    let plan = try codec.plan(column)
    let keyBytes = (column.count * 16 + 63) & ~63
    let total = headSize + keyBytes + codec.schema.count + plan.messageSize
    let memory = MutableBuffer(count: total)
    let start = memory.start
    start.initializeMemory(as: UInt8.self, repeating: 0, count: headSize + keyBytes)
    for (k, word) in [magic, version, UInt64(column.count), UInt64(total)].enumerated() {
      start.storeBytes(of: word.littleEndian, toByteOffset: k * 8, as: UInt64.self)
    }
    var position = headSize
    for part in keys {
      part.withBytes { bytes in
        UnsafeMutableRawBufferPointer(start: start + position, count: bytes.count)
          .copyMemory(from: bytes)
      }
      position += part.count
    }
    position = headSize + keyBytes
    UnsafeMutableRawBufferPointer(start: start + position, count: codec.schema.count)
      .copyBytes(from: codec.schema)
    position += codec.schema.count
    plan.writeMessage(
      into: UnsafeMutableRawBufferPointer(start: start + position, count: total - position))
    let sum = checksum(UnsafeRawBufferPointer(start: start, count: total))
    start.storeBytes(of: sum.low.littleEndian, toByteOffset: checksumAt, as: UInt64.self)
    start.storeBytes(of: sum.high.littleEndian, toByteOffset: checksumAt + 8, as: UInt64.self)
    return memory.freeze()
  }

  /// The checksum of a file of at least a head.
  private static func checksum(_ bytes: UnsafeRawBufferPointer) -> StableKey {
    var hash = StableHash(seed: StableKey(low: version, high: UInt64(bytes.count)))
    hash.absorb(UnsafeRawBufferPointer(rebasing: bytes[..<checksumAt]))
    hash.absorb(UnsafeRawBufferPointer(rebasing: bytes[(checksumAt + 16)...]))
    return hash.finish()
  }

  // MARK: Reading

  /// The content of a file; an error of code `corruptFile` where a byte of it is not as it was
  /// written.
  static func content(of memory: Buffer, path: String) throws -> Content {
    guard memory.count >= headSize else { throw broken(path, "is cut short") }
    let words = memory.withBytes { bytes in
      (0..<6).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
      }
    }
    guard words[0] == magic, words[1] == version else { throw broken(path, "begins otherwise") }
    guard words[3] == UInt64(memory.count) else { throw broken(path, "is of another length") }
    let sum = memory.withBytes { checksum($0) }
    guard sum == StableKey(low: words[4], high: words[5]) else {
      throw broken(path, "is damaged, as its checksum tells")
    }
    guard words[2] <= UInt64(memory.count / 16) else { throw broken(path, "has too many rows") }
    let rows = Int(words[2])
    let end = headSize + (rows * 16 + 63) & ~63
    guard end <= memory.count else { throw broken(path, "is cut short") }
    let column = try CacheCodec.column(in: memory, from: end, path: path)
    guard column.count == rows else { throw broken(path, "has another number of results") }
    return Content(
      keys: memory.slice(headSize..<headSize + rows * 16), column: column,
      byteCount: memory.count)
  }
}
