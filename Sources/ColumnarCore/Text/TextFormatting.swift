/// Writes values as text that `TextParsing` reads back to the same value.
package enum TextFormatting {
  /// Decimal digits with a minus sign where needed.
  package static func append(_ value: Int64, to text: inout MutableBuffer) {
    text.reserve(20)
    if value < 0 { text.put(0x2D) }
    text.putDigits(value.magnitude)
  }

  /// Decimal digits.
  package static func append(_ value: UInt64, to text: inout MutableBuffer) {
    text.reserve(20)
    text.putDigits(value)
  }

  /// `true` or `false`.
  package static func append(_ value: Bool, to text: inout MutableBuffer) {
    text.reserve(8)
    if value {
      text.put(word: 0x6575_7274, count: 4)
    } else {
      text.put(word: 0x65_736C_6166, count: 5)
    }
  }

  /// A date as `2024-02-29`; years beyond four digits carry a sign.
  package static func appendDate(_ days: Int32, to text: inout MutableBuffer) {
    text.reserve(16)
    text.putDate(Int(days))
  }

  /// A timestamp as `2024-02-29T12:34:56`, with three, six or nine digits of a fraction that is not
  /// zero, the separator of one's choice, and a `Z` if `isUTC`.
  package static func appendTimestamp(
    _ value: Int64, unit: TimeUnit, separator: UInt8 = 0x54, isUTC: Bool = false,
    to text: inout MutableBuffer
  ) {
    text.reserve(48)
    var (seconds, part) = value.quotientAndRemainder(dividingBy: unit.perSecond)
    if part < 0 {
      part += unit.perSecond
      seconds -= 1
    }
    var (days, second) = Int(seconds).quotientAndRemainder(dividingBy: 86_400)
    if second < 0 {
      second += 86_400
      days -= 1
    }
    text.putDate(days)
    text.put(separator)
    text.putTwo(second / 3600)
    text.put(0x3A)
    text.putTwo(second / 60 % 60)
    text.put(0x3A)
    text.putTwo(second % 60)
    text.putFraction(UInt64(part), unit)
    if isUTC { text.put(0x5A) }
  }

  /// A duration in ISO 8601, `-P1DT2H3M4.5S`; no length is `PT0S`.
  package static func appendDuration(
    _ value: Int64, unit: TimeUnit, to text: inout MutableBuffer
  ) {
    text.reserve(64)
    if value < 0 { text.put(0x2D) }
    text.put(0x50)
    let (seconds, part) = value.magnitude.quotientAndRemainder(
      dividingBy: UInt64(unit.perSecond))
    let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    if days > 0 {
      text.putDigits(days)
      text.put(0x44)
    }
    if second == 0, part == 0, days > 0 { return }
    text.put(0x54)
    for (amount, letter) in [(second / 3600, 0x48 as UInt8), (second / 60 % 60, 0x4D)]
    where amount > 0 {
      text.putDigits(amount)
      text.put(letter)
    }
    if second % 60 > 0 || part > 0 || value == 0 {
      text.putDigits(second % 60)
      text.putFraction(part, unit)
      text.put(0x53)
    }
  }
}

/// All of these write into room that was reserved before.
extension MutableBuffer {
  @inline(__always)
  mutating func put(_ byte: UInt8) {
    start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  /// Up to eight bytes, the lowest of `word` first; eight bytes of room are needed.
  @inline(__always)
  mutating func put(word: UInt64, count bytes: Int) {
    start.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
    count &+= bytes
  }

  @inline(__always)
  mutating func putTwo(_ value: Int) {
    put(UInt8(truncatingIfNeeded: value / 10 &+ 0x30))
    put(UInt8(truncatingIfNeeded: value % 10 &+ 0x30))
  }

  /// The digits of a number, written from the last to the first.
  @inline(__always)
  mutating func putDigits(_ value: UInt64) {
    let length = TextFormatting.digitCount(value)
    putDigits(value, count: length)
  }

  /// The last `length` digits, zeros in front where there are fewer.
  @inline(__always)
  mutating func putDigits(_ value: UInt64, count length: Int) {
    var rest = value
    var at = count &+ length
    count = at
    while at &- 2 >= count &- length {
      at &-= 2
      let (quotient, pair) = (rest / 100, rest % 100)
      let tens = pair / 10
      let text = (tens &+ 0x30) | (pair &- tens &* 10 &+ 0x30) &<< 8
      start.storeBytes(
        of: UInt16(truncatingIfNeeded: text).littleEndian, toByteOffset: at, as: UInt16.self)
      rest = quotient
    }
    if at > count &- length {
      start.storeBytes(
        of: UInt8(truncatingIfNeeded: rest % 10 &+ 0x30), toByteOffset: at &- 1, as: UInt8.self)
    }
  }

  mutating func putDate(_ days: Int) {
    let date = CivilDate(daysSinceEpoch: days)
    if date.year >= 0, date.year <= 9999 {
      putTwo(date.year / 100)
      putTwo(date.year % 100)
    } else {
      put(date.year < 0 ? 0x2D : 0x2B)
      let year = UInt64(date.year.magnitude)
      putDigits(year, count: Swift.max(4, TextFormatting.digitCount(year)))
    }
    put(0x2D)
    putTwo(date.month)
    put(0x2D)
    putTwo(date.day)
  }

  /// A point and the fraction of a second in groups of three digits; nothing for zero.
  mutating func putFraction(_ part: UInt64, _ unit: TimeUnit) {
    guard part > 0 else { return }
    var digits = unit == .millisecond ? 3 : unit == .microsecond ? 6 : 9
    var rest = part
    while rest % 1000 == 0 {
      rest /= 1000
      digits -= 3
    }
    put(0x2E)
    putDigits(rest, count: digits)
  }
}

extension TextFormatting {
  /// The decimal digits of a number; one for zero.
  @inline(__always)
  static func digitCount(_ value: UInt64) -> Int {
    // 1233 / 4096 approximates log10(2) from above; the table corrects the guess.
    let bits = 64 &- (value | 1).leadingZeroBitCount
    let guess = (bits &* 1233) &>> 12
    return guess &+ (value >= powerOfTen(guess) ? 1 : 0) &+ (value == 0 ? 1 : 0)
  }

  @inline(__always)
  private static func powerOfTen(_ exponent: Int) -> UInt64 {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1_000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    case 8: 100_000_000
    case 9: 1_000_000_000
    case 10: 10_000_000_000
    case 11: 100_000_000_000
    case 12: 1_000_000_000_000
    case 13: 10_000_000_000_000
    case 14: 100_000_000_000_000
    case 15: 1_000_000_000_000_000
    case 16: 10_000_000_000_000_000
    case 17: 100_000_000_000_000_000
    case 18: 1_000_000_000_000_000_000
    default: 10_000_000_000_000_000_000
    }
  }
}
