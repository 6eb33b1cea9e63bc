import CColumnarSystem
import ColumnarCore

/// Reads integers written as bit-packed differences, in blocks of several miniblocks.
///
/// The bytes are followed by 64 that may be read.
struct DeltaDecoder {
  /// Blocks have 128 values as a rule.
  private static let blockLimit = 1 << 16

  private let bytes: Buffer
  private let origin: ParquetOrigin
  private let miniblocks: Int
  private let miniblockSize: Int
  /// The number of values that there are in all.
  let total: Int
  /// How many are still to be read.
  private(set) var left: Int
  private var next = 0
  private var last: UInt64 = 0
  private var isFirst = true
  private var minimum: UInt64 = 0
  /// Where the widths of the block's miniblocks stand, and which of them is next.
  private var widths = 0
  private var miniblock: Int
  /// Differences that were unpacked and not read.
  private var differences: [UInt64] = []
  private var differencesRead = 0

  /// Reads the head; there must be no more than `limit` values.
  init(_ bytes: Buffer, limit: Int, _ origin: ParquetOrigin) throws {
    self.bytes = bytes
    self.origin = origin
    var at = 0
    let blockSize = try Self.varint(bytes, &at, origin)
    let miniblocks = try Self.varint(bytes, &at, origin)
    let total = try Self.varint(bytes, &at, origin)
    let first = try Self.varint(bytes, &at, origin)
    guard blockSize > 0, blockSize <= Self.blockLimit, miniblocks > 0, miniblocks <= blockSize,
      blockSize % miniblocks == 0, (blockSize / miniblocks) % 8 == 0
    else {
      throw origin.corrupt("differences in blocks of \(blockSize) values in \(miniblocks) parts")
    }
    guard total <= limit else {
      throw origin.corrupt("\(total) values in a page of \(limit)")
    }
    self.miniblocks = Int(miniblocks)
    miniblockSize = Int(blockSize / miniblocks)
    self.total = Int(total)
    left = Int(total)
    miniblock = Int(miniblocks)
    last = Self.unzigzag(first)
    next = at
  }

  private static func unzigzag(_ value: UInt64) -> UInt64 { (value >> 1) ^ (0 &- (value & 1)) }

  private static func varint(
    _ bytes: Buffer, _ at: inout Int, _ origin: ParquetOrigin
  ) throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      guard at < bytes.count else { throw origin.corrupt("differences are cut short", at: at) }
      let byte = bytes.start.load(fromByteOffset: at, as: UInt8.self)
      at += 1
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw origin.corrupt("a number of more than 64 bits", at: at)
  }

  /// The head of the next block: the least difference, and the widths of the miniblocks.
  private mutating func startBlock() throws {
    minimum = Self.unzigzag(try Self.varint(bytes, &next, origin))
    guard miniblocks <= bytes.count - next else {
      throw origin.corrupt("differences are cut short", at: next)
    }
    widths = next
    next += miniblocks
    miniblock = 0
  }

  /// The width of the next miniblock, which is checked to be there; the last one may be cut to what
  /// its `needed` values take.
  private mutating func startMiniblock(_ needed: Int) throws -> (start: Int, width: Int) {
    if miniblock == miniblocks { try startBlock() }
    let width = Int(bytes.start.load(fromByteOffset: widths + miniblock, as: UInt8.self))
    miniblock += 1
    guard width <= 64 else { throw origin.corrupt("differences of \(width) bits", at: widths) }
    let start = next
    let size = miniblockSize / 8 * width
    guard size <= bytes.count - next || (needed * width + 7) / 8 <= bytes.count - next else {
      throw origin.corrupt("differences are cut short", at: next)
    }
    next = min(bytes.count, next + size)
    return (start, width)
  }

  /// Writes the next `count` values to `target`, cut to its width.
  mutating func read<T: FixedWidthInteger>(
    _ count: Int, into target: UnsafeMutablePointer<T>
  ) throws {
    guard count <= left else {
      throw origin.corrupt("\(count - left) values too few", at: next)
    }
    var (target, wanted) = (target, count)
    if wanted > 0, isFirst {
      isFirst = false
      target.pointee = T(truncatingIfNeeded: last)
      target += 1
      wanted -= 1
      left -= 1
    }
    while wanted > 0 {
      if differencesRead == differences.count {
        let read = try readMiniblocks(wanted, into: target)
        if read > 0 {
          target += read
          wanted -= read
          continue
        }
        try unpackMiniblock()
      }
      let taken = min(wanted, differences.count - differencesRead)
      let (from, minimum) = (differencesRead, minimum)
      var value = last
      differences.withUnsafeBufferPointer { differences in
        for k in 0..<taken {
          value = value &+ differences[from &+ k] &+ minimum
          target[k] = T(truncatingIfNeeded: value)
        }
      }
      last = value
      differencesRead += taken
      left -= taken
      target += taken
      wanted -= taken
    }
  }

  /// Writes the values of the next miniblocks of a block to `target`, of as many as are full, whole
  /// and among the next `most` values, which may be none; gives the number of values.
  private mutating func readMiniblocks<T: FixedWidthInteger>(
    _ most: Int, into target: UnsafeMutablePointer<T>
  ) throws -> Int {
    guard most >= miniblockSize else { return 0 }
    if miniblock == miniblocks { try startBlock() }
    let source = bytes.pointer(as: UInt8.self)
    let parts = min(miniblocks - miniblock, most / miniblockSize)
    let memory = UnsafeMutableRawPointer(target)
    let done: columnar_delta_parts
    if T.bitWidth == 64 {
      done = columnar_delta_runs64(
        source + next, bytes.count - next, source + widths + miniblock, parts, miniblockSize,
        minimum, &last, memory.assumingMemoryBound(to: UInt64.self))
    } else {
      // All others are 32 bits wide.
      precondition(T.bitWidth == 32)
      done = columnar_delta_runs32(
        source + next, bytes.count - next, source + widths + miniblock, parts, miniblockSize,
        minimum, &last, memory.assumingMemoryBound(to: UInt32.self))
    }
    next += done.bytes
    miniblock += done.parts
    left -= done.parts * miniblockSize
    return done.parts * miniblockSize
  }

  private mutating func unpackMiniblock() throws {
    let needed = min(left, miniblockSize)
    let (start, width) = try startMiniblock(needed)
    if differences.count != miniblockSize {
      differences = [UInt64](repeating: 0, count: miniblockSize)
    }
    let source = bytes.pointer(as: UInt8.self) + start
    differences.withUnsafeMutableBufferPointer { differences in
      guard let target = differences.baseAddress else { return }
      columnar_unpack64(source, 0, needed, Int32(width), target)
    }
    differencesRead = 0
  }

  /// Leaves out the next `count` values.
  mutating func skip(_ count: Int) throws {
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 512) { room in
      guard let scratch = room.baseAddress else { return }
      var wanted = count
      while wanted > 0 {
        let taken = min(wanted, 512)
        try read(taken, into: scratch)
        wanted -= taken
      }
    }
  }

  /// The byte behind all of the values, told from the widths alone.
  func end() throws -> Int {
    var copy = self
    var rest = max(0, total - 1)
    while rest > 0 {
      let needed = min(rest, miniblockSize)
      _ = try copy.startMiniblock(needed)
      rest -= needed
    }
    // Miniblocks of the last block that have no values are left out, but their widths are there.
    return copy.next
  }
}
