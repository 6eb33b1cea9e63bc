/// Checks bytes from outside before they become text.
package enum UTF8Validation {
  /// The offset of the first byte that cannot start or continue a scalar, nil when all of it is
  /// valid UTF-8.
  ///
  /// The offset is that of the lead byte of the broken sequence. Overlong forms, surrogates,
  /// scalars beyond U+10FFFF and a sequence cut off at the end are invalid. Cost: ASCII at memory
  /// speed, other text about a nanosecond a byte.
  package static func firstInvalidByte(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    let count = bytes.count
    var at = 0
    while at < count {
      at = skipASCII(start, at, count)
      // Stay with single scalars as long as they are not ASCII.
      while at < count {
        let lead = start.load(fromByteOffset: at, as: UInt8.self)
        if lead < 0x80 { break }
        let length = sequence(start + at, lead, count &- at)
        if length == 0 { return at }
        at &+= length
      }
    }
    return nil
  }

  /// The first position from `at` on in whose neighbourhood a byte is not ASCII.
  @inline(__always)
  private static func skipASCII(_ start: UnsafeRawPointer, _ from: Int, _ count: Int) -> Int {
    var at = from
    while at &+ 64 <= count {
      let block = start.loadUnaligned(fromByteOffset: at, as: SIMD8<UInt64>.self)
      if block.wrappedOr & 0x8080_8080_8080_8080 != 0 { break }
      at &+= 64
    }
    while at &+ 8 <= count {
      let word = start.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080
      if word != 0 { return at &+ word.littleEndian.trailingZeroBitCount &>> 3 }
      at &+= 8
    }
    while at < count, start.load(fromByteOffset: at, as: UInt8.self) < 0x80 { at &+= 1 }
    return at
  }

  /// The length of the well-formed sequence that starts here, 0 if there is none (Unicode, table
  /// 3-7).
  @inline(__always)
  private static func sequence(_ start: UnsafeRawPointer, _ lead: UInt8, _ left: Int) -> Int {
    if lead < 0xC2 || lead > 0xF4 || left < 2 { return 0 }
    let second = start.load(fromByteOffset: 1, as: UInt8.self)
    if lead < 0xE0 { return second & 0xC0 == 0x80 ? 2 : 0 }
    if left < 3 { return 0 }
    let third = start.load(fromByteOffset: 2, as: UInt8.self)
    guard second & 0xC0 == 0x80, third & 0xC0 == 0x80 else { return 0 }
    if lead < 0xF0 {
      if lead == 0xE0, second < 0xA0 { return 0 }
      if lead == 0xED, second > 0x9F { return 0 }
      return 3
    }
    if left < 4 || start.load(fromByteOffset: 3, as: UInt8.self) & 0xC0 != 0x80 { return 0 }
    if lead == 0xF0, second < 0x90 { return 0 }
    if lead == 0xF4, second > 0x8F { return 0 }
    return 4
  }
}

extension SIMD8<UInt64> {
  /// All lanes or-ed into one.
  @inline(__always)
  fileprivate var wrappedOr: UInt64 {
    let four = lowHalf | highHalf
    let two = four.lowHalf | four.highHalf
    return two[0] | two[1]
  }
}
