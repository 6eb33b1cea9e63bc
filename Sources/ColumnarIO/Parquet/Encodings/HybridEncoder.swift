import CColumnarSystem
import ColumnarCore

/// Writes the mix of runs and bit-packed groups that levels and dictionary codes are written in.
///
/// A run is made where it is shorter than the same values packed, heads counted.
enum HybridEncoder {
  /// Appends values of `width` bits.
  static func append(
    _ values: UnsafePointer<UInt32>, _ count: Int, width: Int, to bytes: inout MutableBuffer
  ) {
    append(values, count, width, &bytes) {
      columnar_pack32($0, $1, Int32(truncatingIfNeeded: width), $2)
    }
  }

  /// As above, of at most 8 bits.
  static func append(
    _ values: UnsafePointer<UInt8>, _ count: Int, width: Int, to bytes: inout MutableBuffer
  ) {
    append(values, count, width, &bytes) {
      columnar_pack8($0, $1, Int32(truncatingIfNeeded: width), $2)
    }
  }

  /// Appends the same value, `count` times.
  static func append(
    repeating value: UInt32, _ count: Int, width: Int, to bytes: inout MutableBuffer
  ) {
    guard count > 0 else { return }
    appendVarint(UInt64(count) << 1, to: &bytes)
    for k in 0..<(width + 7) / 8 {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * k)))
    }
  }

  @inline(__always)
  private static func append<T: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<T>, _ count: Int, _ width: Int, _ bytes: inout MutableBuffer,
    _ pack: (UnsafePointer<T>, Int, UnsafeMutablePointer<UInt8>) -> Void
  ) {
    // A run costs about three bytes for its head, its value, and the head of the values behind.
    let shortest = max(16, (4 + (width + 7) / 8) * 8 / max(1, width) + 8)
    var (packed, at) = (0, 0)
    while at &+ 8 <= count {
      let value = values[at]
      guard values[at &+ 7] == value, values[at &+ 3] == value else {
        at &+= 8
        continue
      }
      var end = at &+ 1
      while end < count, values[end] == value { end &+= 1 }
      guard end &- at >= shortest || (end &- at >= 8 && end == count) else {
        at &+= 8
        continue
      }
      flush(values + packed, at &- packed, width, &bytes, pack)
      append(
        repeating: UInt32(truncatingIfNeeded: value), end &- at, width: width, to: &bytes)
      at = end
      packed = end
    }
    flush(values + packed, count &- packed, width, &bytes, pack)
  }

  @inline(__always)
  private static func flush<T: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<T>, _ count: Int, _ width: Int, _ bytes: inout MutableBuffer,
    _ pack: (UnsafePointer<T>, Int, UnsafeMutablePointer<UInt8>) -> Void
  ) {
    guard count > 0 else { return }
    let groups = (count &+ 7) / 8
    appendVarint(UInt64(groups) << 1 | 1, to: &bytes)
    bytes.reserve(groups &* width)
    pack(values, count, (bytes.start + bytes.count).assumingMemoryBound(to: UInt8.self))
    bytes.count &+= groups &* width
  }

  /// Appends bits as values of width one.
  static func append(_ bits: Bitmap, to bytes: inout MutableBuffer) {
    let count = bits.count
    let groups = (count + 7) / 8
    let memory = MutableBuffer(count: (bits.wordCount + 1) * 8)
    let words = memory.pointer(as: UInt64.self)
    for k in 0..<bits.wordCount { words[k] = bits.word(k) }
    let octets = memory.pointer(as: UInt8.self)
    var (packed, at) = (0, 0)
    // Whole bytes of equal bits; a last one that is not whole is packed.
    let whole = count / 8
    while at < whole {
      let octet = octets[at]
      guard octet == 0 || octet == 0xFF else {
        at &+= 1
        continue
      }
      var end = at &+ 1
      while end < whole, octets[end] == octet { end &+= 1 }
      guard end &- at >= 5 || (packed == 0 && at == 0 && end == groups) else {
        at = end
        continue
      }
      flush(octets + packed, at &- packed, &bytes)
      append(repeating: octet == 0 ? 0 : 1, (end &- at) &* 8, width: 1, to: &bytes)
      at = end
      packed = end
    }
    flush(octets + packed, groups &- packed, &bytes)
    withExtendedLifetime(memory) {}
  }

  private static func flush(
    _ octets: UnsafePointer<UInt8>, _ count: Int, _ bytes: inout MutableBuffer
  ) {
    guard count > 0 else { return }
    appendVarint(UInt64(count) << 1 | 1, to: &bytes)
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: octets, count: count))
  }

  /// Appends seven bits a byte, the lowest first.
  @inline(__always)
  static func appendVarint(_ value: UInt64, to bytes: inout MutableBuffer) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: value))
  }
}
