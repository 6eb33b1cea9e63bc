/// Reads values from text, byte by byte as written: no white space is skipped, no locale is asked.
///
/// Every function takes the whole field and gives nil for text that is no value of the type, an
/// empty one included. None reads outside the bytes it is given.
@usableFromInline
package enum TextParsing {}

extension TextParsing {
  /// The value of `true` or `false` in any mixture of cases.
  @usableFromInline
  package static func bool(_ bytes: UnsafeRawBufferPointer) -> Bool? {
    // Setting bit 5 makes ASCII letters small; nothing else turns into one of these letters but its
    // capital.
    if bytes.count == 4 {
      let word = bytes.loadUnaligned(as: UInt32.self) | 0x2020_2020
      return word == 0x6575_7274 ? true : nil
    }
    guard bytes.count == 5 else { return nil }
    let word = bytes.loadUnaligned(as: UInt32.self) | 0x2020_2020
    return word == 0x736C_6166 && bytes[4] | 0x20 == 0x65 ? false : nil
  }

  /// A decimal integer with an optional sign; nil when it leaves the type.
  @inlinable
  package static func int64(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
    let sign = base.load(as: UInt8.self)
    let signs = sign == 0x2D || sign == 0x2B ? 1 : 0
    guard let magnitude = magnitude(base + signs, bytes.count &- signs) else { return nil }
    return signed(magnitude, negative: sign == 0x2D)
  }

  /// A decimal integer with an optional plus sign; nil when it is negative (but for -0) or leaves
  /// the type.
  @inlinable
  package static func uint64(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
    let sign = base.load(as: UInt8.self)
    let signs = sign == 0x2D || sign == 0x2B ? 1 : 0
    guard let magnitude = magnitude(base + signs, bytes.count &- signs) else { return nil }
    return sign == 0x2D && magnitude != 0 ? nil : magnitude
  }

  /// `magnitude` with its sign, or nil where it does not fit.
  @inlinable @inline(__always)
  package static func signed(_ magnitude: UInt64, negative: Bool) -> Int64? {
    if magnitude <= UInt64(Int64.max) {
      let value = Int64(truncatingIfNeeded: magnitude)
      return negative ? 0 &- value : value
    }
    return negative && magnitude == 1 &<< 63 ? Int64.min : nil
  }

  /// The value of `count` decimal digits; nil for none, for anything but digits, and beyond 2^64 -
  /// 1.
  @inlinable
  package static func magnitude(_ start: UnsafeRawPointer, _ count: Int) -> UInt64? {
    if count > 19 { return longMagnitude(start, count) }
    if count <= 0 { return nil }
    var value: UInt64 = 0
    var at = 0
    while at &+ 8 <= count {
      let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      guard areEightDigits(word) else { return nil }
      value = value &* 100_000_000 &+ eightDigits(word)
      at &+= 8
    }
    while at < count {
      let digit = start.load(fromByteOffset: at, as: UInt8.self) &- 0x30
      if digit > 9 { return nil }
      value = value &* 10 &+ UInt64(digit)
      at &+= 1
    }
    return value
  }

  /// Twenty digits and more, where leading zeros and overflow matter.
  @usableFromInline
  static func longMagnitude(_ start: UnsafeRawPointer, _ count: Int) -> UInt64? {
    var value: UInt64 = 0
    for k in 0..<count {
      let digit = start.load(fromByteOffset: k, as: UInt8.self) &- 0x30
      if digit > 9 { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// Whether all eight bytes are ASCII digits.
  @inlinable @inline(__always)
  package static func areEightDigits(_ word: UInt64) -> Bool {
    let high = word & 0xF0F0_F0F0_F0F0_F0F0
    let carried = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    return high | (carried &>> 4) == 0x3333_3333_3333_3333
  }

  /// The value of eight ASCII digits, the first of them in the lowest byte.
  @inlinable @inline(__always)
  package static func eightDigits(_ word: UInt64) -> UInt64 {
    let digits = word &- 0x3030_3030_3030_3030
    let pairs = (digits &* 10) &+ (digits &>> 8)
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = ((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (low &+ high) &>> 32
  }
}
