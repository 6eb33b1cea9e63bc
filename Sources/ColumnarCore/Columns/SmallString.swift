/// The one place that knows how the standard library lays out a string of up to fifteen bytes.
///
/// Such a string is held in its own two words: the bytes, then a byte of `0xE0` (ASCII) or `0xA0`
/// plus the length, which is nearly the layout of a `ByteView`. Building it by hand saves the half
/// of the time of a row function on short texts that `String`'s initialisers take. `isKnown`
/// compares with strings that the standard library made; where it is false, callers use the
/// initialisers.
@usableFromInline
package enum SmallString {
  /// The most bytes.
  @inlinable package static var limit: Int { 15 }

  /// Whether strings are laid out as this file believes; found out once.
  package static let isKnown: Bool = {
    guard MemoryLayout<String>.size == 16, MemoryLayout<Int>.size == 8 else { return false }
    let samples = [
      "", "a", "1234567", "12345678", "abcdefghijkl", "abcdefghijklmno", "ä", "été 12",
    ]
    for sample in samples {
      var copy = sample
      let made = copy.withUTF8 { string(UnsafeRawBufferPointer($0)) }
      let bits = unsafeBitCast(copy, to: (UInt64, UInt64).self)
      guard unsafeBitCast(made, to: (UInt64, UInt64).self) == bits, made == sample else {
        return false
      }
    }
    let long = "a string of more than fifteen bytes" + String(samples.count)
    return !isSmall(unsafeBitCast(long, to: (UInt64, UInt64).self))
  }()

  /// The string of up to fifteen bytes of valid UTF-8.
  @inlinable @inline(__always)
  package static func string(_ bytes: UnsafeRawBufferPointer) -> String {
    let count = bytes.count
    guard let start = bytes.baseAddress, count > 0 else { return "" }
    let view = UInt64(truncatingIfNeeded: count)
    if count >= 8 {
      let low = start.loadUnaligned(as: UInt64.self)
      // The last eight bytes, of which those that `low` has are shifted out.
      let last = start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      return string(low, (last &>> 1) &>> (127 &- view &<< 3), count)
    }
    if count >= 4 {
      let first = UInt64(start.loadUnaligned(as: UInt32.self))
      let last = UInt64(start.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      return string(first | last &<< ((view &- 4) &<< 3), 0, count)
    }
    return string(ByteView.partial(start, count), 0, count)
  }

  /// The string of the bytes in two words; those beyond `count` are zero.
  @inlinable @inline(__always)
  package static func string(_ low: UInt64, _ high: UInt64, _ count: Int) -> String {
    let isASCII = (low | high) & 0x8080_8080_8080_8080 == 0
    let mark: UInt64 = isASCII ? 0xE0 : 0xA0
    return unsafeBitCast(
      (low, high | (mark | UInt64(truncatingIfNeeded: count)) &<< 56), to: String.self)
  }

  /// Whether these are the words of a string that holds its bytes itself.
  @inlinable @inline(__always)
  package static func isSmall(_ words: (UInt64, UInt64)) -> Bool {
    words.1 &>> 61 == 0b111 || words.1 &>> 60 == 0b1010
  }
}

extension String {
  /// The string of bytes that are known to be valid UTF-8.
  package static func copying(_ bytes: UnsafeRawBufferPointer) -> String {
    if bytes.count <= SmallString.limit, SmallString.isKnown { return SmallString.string(bytes) }
    return String(unsafeUninitializedCapacity: bytes.count) { target in
      UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
      return bytes.count
    }
  }
}
