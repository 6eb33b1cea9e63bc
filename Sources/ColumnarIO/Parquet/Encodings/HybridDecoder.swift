import CColumnarSystem
import ColumnarCore

/// Reads the mix of runs and bit-packed groups that levels and dictionary codes are written in.
///
/// The bytes are followed by 64 that may be read.
struct HybridDecoder {
  private let bytes: Buffer
  private let origin: ParquetOrigin
  private let width: Int
  /// The next byte that is no part of the run at hand.
  private var next = 0
  /// How many values of the run at hand are left.
  private var left = 0
  /// The value of a run of equal ones; of packed ones nil.
  private var repeated: UInt32?
  /// Where the packed values begin, and how many of them were read.
  private var packedStart = 0
  private var packedRead = 0

  /// A decoder of values of `width` bits.
  init(_ bytes: Buffer, width: Int, _ origin: ParquetOrigin) throws {
    guard width <= 32 else { throw origin.corrupt("codes of \(width) bits") }
    self.bytes = bytes
    self.width = width
    self.origin = origin
  }

  private var pointer: UnsafePointer<UInt8> { bytes.pointer(as: UInt8.self) }

  /// Calls `body` with pieces of runs until `count` values are through: the number of values, the
  /// value that all of them have or nil, and of packed ones where they begin and which is the first.
  @inline(__always)
  private mutating func pieces(
    _ count: Int,
    _ body: (Int, UInt32?, UnsafePointer<UInt8>, Int) throws -> Void
  ) throws {
    var wanted = count
    while wanted > 0 {
      if left == 0 { try startRun() }
      let taken = min(wanted, left)
      try body(taken, repeated, pointer + packedStart, packedRead)
      packedRead &+= taken
      left &-= taken
      wanted &-= taken
    }
  }

  private mutating func startRun() throws {
    let head = try varint()
    let count = Int(head >> 1)
    guard head & 1 == 1 else {
      let size = (width + 7) / 8
      guard size <= bytes.count - next else { throw cut() }
      var value: UInt32 = 0
      for k in 0..<size { value |= UInt32(pointer[next + k]) << UInt32(8 * k) }
      guard width == 32 || value >> UInt32(width) == 0 else {
        throw origin.corrupt("a run of \(width)-bit values has the value \(value)")
      }
      next += size
      left = count
      repeated = value
      return
    }
    guard count <= 1 << 28 else { throw cut() }
    packedRead = 0
    packedStart = next
    guard width > 0 else {
      left = count * 8
      repeated = 0
      return
    }
    // Some writers leave out what pads the last group.
    let available = min(count * width, bytes.count - next)
    next += available
    left = min(count * 8, available * 8 / width)
    repeated = nil
    if left == 0, count > 0 { throw cut() }
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard next < bytes.count else { throw cut() }
      let byte = pointer[next]
      next += 1
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw origin.corrupt("a run of absurd length", at: next)
  }

  private func cut() -> ColumnarError {
    origin.corrupt("a page has fewer levels or codes than values", at: next)
  }

  // MARK: Reading

  /// Writes the next `count` values to `target`.
  mutating func read(_ count: Int, into target: UnsafeMutablePointer<UInt32>) throws {
    var target = target
    let width = width
    try pieces(count) { count, value, packed, first in
      if let value {
        target.update(repeating: value, count: count)
      } else {
        columnar_unpack32(packed, first, count, Int32(truncatingIfNeeded: width), target)
      }
      target += count
    }
  }

  /// Writes the next `count` values, of at most 8 bits, to `target`.
  mutating func read(_ count: Int, into target: UnsafeMutablePointer<UInt8>) throws {
    var target = target
    let width = width
    try pieces(count) { count, value, packed, first in
      if let value {
        target.update(repeating: UInt8(truncatingIfNeeded: value), count: count)
      } else {
        columnar_unpack8(packed, first, count, Int32(truncatingIfNeeded: width), target)
      }
      target += count
    }
  }

  /// Appends the next `count` values, of one bit, to `target`.
  mutating func read(_ count: Int, into target: inout BitmapBuilder) throws {
    let bytes = bytes
    try pieces(count) { count, value, packed, first in
      if let value {
        target.append(repeating: value != 0, count: count)
      } else {
        let start = UnsafeRawPointer(packed) - bytes.start
        target.append(
          Bitmap(
            buffer: bytes.slice(start..<bytes.count), offset: first, count: count))
      }
    }
  }

  /// Writes what the next `count` codes stand for among `limit` values of 4 or 8 bytes; false, with
  /// some of them written, if one of them is no code.
  mutating func lookUp<T: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int, in values: UnsafePointer<T>, limit: Int, into target: UnsafeMutablePointer<T>
  ) throws -> Bool {
    let limit = UInt32(clamping: limit)
    let memory = UnsafeRawPointer(values)
    var target = target
    let width = Int32(truncatingIfNeeded: width)
    var areCodes = true
    try pieces(count) { count, value, packed, first in
      let room = UnsafeMutableRawPointer(target)
      target += count
      if let value {
        areCodes = areCodes && value < limit
        if areCodes { (target - count).update(repeating: values[Int(value)], count: count) }
      } else if T.bitWidth == 64 {
        areCodes =
          columnar_lookup64(
            packed, first, count, width, memory.assumingMemoryBound(to: UInt64.self), limit,
            room.assumingMemoryBound(to: UInt64.self)) && areCodes
      } else {
        // All others are 32 bits wide.
        precondition(T.bitWidth == 32)
        areCodes =
          columnar_lookup32(
            packed, first, count, width, memory.assumingMemoryBound(to: UInt32.self), limit,
            room.assumingMemoryBound(to: UInt32.self)) && areCodes
      }
    }
    return areCodes
  }

  /// Leaves out the next `count` values and gives the sum of them, of one bit.
  mutating func skipBits(_ count: Int) throws -> Int {
    var total = 0
    let bytes = bytes
    try pieces(count) { count, value, packed, first in
      if let value {
        total += value != 0 ? count : 0
      } else {
        let start = UnsafeRawPointer(packed) - bytes.start
        total +=
          Bitmap(
            buffer: bytes.slice(start..<bytes.count), offset: first, count: count
          ).setCount
      }
    }
    return total
  }

  /// Leaves out the next `count` values, of one bit, if all of them stand in runs of ones, as those
  /// of a column without nulls do; else nothing happens.
  mutating func skipOnes(_ count: Int) throws -> Bool {
    var rest = self
    var areOnes = true
    var wanted = count
    while wanted > 0, areOnes {
      if rest.left == 0 { try rest.startRun() }
      let taken = min(wanted, rest.left)
      rest.left &-= taken
      wanted &-= taken
      areOnes = rest.repeated == 1
    }
    if areOnes { self = rest }
    return areOnes
  }

  /// Leaves out the next `count` values.
  mutating func skip(_ count: Int) throws { try pieces(count) { _, _, _, _ in } }
}
