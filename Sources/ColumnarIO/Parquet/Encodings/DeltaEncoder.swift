import CColumnarSystem
import ColumnarCore

/// Writes integers as bit-packed differences: blocks of 128 values in four miniblocks.
enum DeltaEncoder {
  private static let blockSize = 128
  private static let miniblocks = 4
  private static var miniblockSize: Int { blockSize / miniblocks }

  /// Appends the values; differences wrap around in the type's own width, as readers expect.
  @inline(__always)
  static func append<T: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ values: UnsafePointer<T>, _ count: Int, to bytes: inout MutableBuffer
  ) {
    HybridEncoder.appendVarint(UInt64(blockSize), to: &bytes)
    HybridEncoder.appendVarint(UInt64(miniblocks), to: &bytes)
    HybridEncoder.appendVarint(UInt64(count), to: &bytes)
    appendZigzag(count > 0 ? Int64(values[0]) : 0, to: &bytes)
    guard count > 1 else { return }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: blockSize) { room in
      guard let differences = room.baseAddress else { return }
      var at = 1
      while at < count {
        let length = min(blockSize, count &- at)
        appendBlock(values + at, length, differences, &bytes)
        at &+= length
      }
    }
  }

  @inline(__always)
  private static func appendBlock<T: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ values: UnsafePointer<T>, _ count: Int, _ differences: UnsafeMutablePointer<UInt64>,
    _ bytes: inout MutableBuffer
  ) {
    var least = T.max
    for k in 0..<count {
      let difference = values[k] &- values[k &- 1]
      least = min(least, difference)
      differences[k] = UInt64(truncatingIfNeeded: difference)
    }
    let base = UInt64(truncatingIfNeeded: least)
    let mask: UInt64 = T.bitWidth == 64 ? ~0 : (1 &<< UInt64(T.bitWidth)) &- 1
    for k in 0..<count { differences[k] = (differences[k] &- base) & mask }
    for k in count..<blockSize { differences[k] = 0 }
    appendZigzag(Int64(least), to: &bytes)
    bytes.reserve(miniblocks &+ blockSize &* 8)
    let widths = bytes.count
    bytes.count &+= miniblocks
    for miniblock in 0..<miniblocks {
      let first = differences + miniblock &* miniblockSize
      // Miniblocks behind the last value have a width, of zero, and no bytes.
      var all: UInt64 = 0
      for k in 0..<miniblockSize { all |= first[k] }
      let width = UInt64.bitWidth &- all.leadingZeroBitCount
      (bytes.start + widths + miniblock).storeBytes(
        of: UInt8(truncatingIfNeeded: width), as: UInt8.self)
      columnar_pack64(
        first, miniblockSize, Int32(truncatingIfNeeded: width),
        (bytes.start + bytes.count).assumingMemoryBound(to: UInt8.self))
      bytes.count &+= miniblockSize / 8 &* width
    }
  }

  private static func appendZigzag(_ value: Int64, to bytes: inout MutableBuffer) {
    HybridEncoder.appendVarint(UInt64(bitPattern: value &<< 1 ^ value &>> 63), to: &bytes)
  }
}
