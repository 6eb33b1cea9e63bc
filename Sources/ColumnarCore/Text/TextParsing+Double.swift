import CColumnarSystem

extension TextParsing {
  /// A decimal number with optional sign, fraction and exponent, or `inf`, `infinity`, `nan` in any
  /// case, rounded correctly to the last bit; what is too large for the type is infinite, what is
  /// too small zero.
  @usableFromInline
  package static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
    guard let parts = DecimalParts(base, bytes.count) else { return special(bytes) }
    let magnitude: Double
    if parts.isExact {
      magnitude = scaled(parts.significand, by: parts.exponent)
    } else {
      // The digits beyond the nineteenth matter only where the next significand rounds to another
      // number.
      let low = scaled(parts.significand, by: parts.exponent)
      let high = scaled(parts.significand &+ 1, by: parts.exponent)
      magnitude = low == high ? low : slowly(bytes)
    }
    return parts.isNegative ? -magnitude : magnitude
  }

  /// The same for single precision: rounded once, from the text, not by way of a double.
  @usableFromInline
  package static func float(_ bytes: UnsafeRawBufferPointer) -> Float? {
    guard let wide = double(bytes) else { return nil }
    let narrow = Float(wide)
    // A double halfway between two floats may itself have been rounded there; only then the text is
    // asked again.
    guard wide.isFinite, wide.bitPattern & 0x1FFF_FFFF == 0x1000_0000 || narrow.isSubnormal else {
      return narrow
    }
    return Float(String(decoding: bytes, as: UTF8.self)) ?? narrow
  }

  /// `significand` times ten to the `exponent`, correctly rounded.
  @usableFromInline
  package static func scaled(_ significand: UInt64, by exponent: Int) -> Double {
    // Clinger: both factors are exact doubles, so one rounding happens.
    if significand <= 1 << 53, exponent >= -22, exponent <= 22 {
      let value = Double(significand)
      return exponent < 0
        ? value / exactPower(0 &- exponent) : value * exactPower(exponent)
    }
    return eiselLemire(significand, exponent)
  }

  @inline(__always)
  private static func exactPower(_ exponent: Int) -> Double {
    // 10^k = 5^k * 2^k, and 5^k for k <= 22 fits the upper word of the table exactly.
    let scaledPower = columnar_power_of_five(Int32(truncatingIfNeeded: exponent))[0]
    let mantissa = (scaledPower &>> 11) & ((1 &<< 52) &- 1)
    let biased = UInt64(truncatingIfNeeded: floorLog2OfPowerOfTen(exponent) &+ 1023)
    return Double(bitPattern: biased &<< 52 | mantissa)
  }

  @inline(__always)
  static func floorLog2OfPowerOfTen(_ exponent: Int) -> Int {
    (exponent &* 1_741_647) &>> 19
  }

  /// Lemire's method (Number Parsing at a Gigabyte per Second, 2021; complete for 64-bit
  /// significands).
  static func eiselLemire(_ significand: UInt64, _ exponent: Int) -> Double {
    if significand == 0 || exponent < -342 { return 0 }
    if exponent > 308 { return .infinity }
    let zeros = significand.leadingZeroBitCount
    let normalized = significand &<< UInt64(zeros)
    let power = columnar_power_of_five(Int32(truncatingIfNeeded: exponent))
    var (high, low) = normalized.multipliedFullWidth(by: power[0])
    if high & 0x1FF == 0x1FF {
      let extra = normalized.multipliedFullWidth(by: power[1]).high
      low = low &+ extra
      if extra > low { high = high &+ 1 }
    }
    let upper = Int(truncatingIfNeeded: high &>> 63)
    let shift = UInt64(truncatingIfNeeded: upper &+ 9)
    var mantissa = high &>> shift
    var binary = ((217_706 &* exponent) &>> 16) &+ 63 &+ upper &- zeros &+ 1023
    if binary <= 0 {
      if 1 &- binary >= 64 { return 0 }
      mantissa = mantissa &>> UInt64(truncatingIfNeeded: 1 &- binary)
      mantissa = (mantissa &+ (mantissa & 1)) &>> 1
      return Double(bitPattern: mantissa)
    }
    // A tie is possible only here; round it to even.
    if low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1, mantissa &<< shift == high {
      mantissa &= ~1
    }
    mantissa = (mantissa &+ (mantissa & 1)) &>> 1
    if mantissa >= 1 &<< 53 {
      mantissa = 1 &<< 52
      binary = binary &+ 1
    }
    if binary >= 0x7FF { return .infinity }
    return Double(
      bitPattern: UInt64(truncatingIfNeeded: binary) &<< 52 | mantissa & ((1 &<< 52) &- 1))
  }

  /// A number of more than nineteen digits near the middle between two doubles: asks the standard
  /// library.
  ///
  /// 768 significant digits decide between any two doubles; a one behind them stands for all the
  /// rest.
  @inline(never)
  private static func slowly(_ bytes: UnsafeRawBufferPointer) -> Double {
    var digits: [UInt8] = []
    var exponent = 0
    var seenPoint = false
    var hasMore = false
    var at = 0
    while at < bytes.count, bytes[at] | 0x20 != 0x65 {
      let byte = bytes[at]
      at += 1
      if byte == 0x2E { seenPoint = true }
      guard byte >= 0x30, byte <= 0x39 else { continue }
      if digits.count < 800 {
        if byte != 0x30 || !digits.isEmpty { digits.append(byte) }
        if seenPoint { exponent -= 1 }
      } else {
        hasMore = hasMore || byte != 0x30
        if !seenPoint { exponent += 1 }
      }
    }
    exponent = exponent &+ DecimalParts.exponent(bytes, at)
    if hasMore {
      digits.append(0x31)
      exponent -= 1
    }
    return Double(String(decoding: digits, as: UTF8.self) + "e\(exponent)") ?? .nan
  }

  private static func special(_ bytes: UnsafeRawBufferPointer) -> Double? {
    let signs = bytes[0] == 0x2D || bytes[0] == 0x2B ? 1 : 0
    guard bytes.count - signs <= 8 else { return nil }
    var text: UInt64 = 0
    for byte in bytes.dropFirst(signs) { text = text &<< 8 | UInt64(byte | 0x20) }
    let negative = bytes[0] == 0x2D
    switch text {
    case 0x69_6E66, 0x696E_6669_6E69_7479: return negative ? -Double.infinity : .infinity
    case 0x6E_616E: return .nan
    default: return nil
    }
  }
}

/// A decimal number cut into sign, up to nineteen significant digits, and exponent.
@usableFromInline
package struct DecimalParts {
  package var significand: UInt64 = 0
  package var exponent = 0
  package var isNegative: Bool
  /// Whether all digits but zeros are in the significand.
  package var isExact = true

  /// Nil when the text is no decimal number.
  @inline(__always)
  package init?(_ start: UnsafeRawPointer, _ count: Int) {
    let sign = start.load(as: UInt8.self)
    isNegative = sign == 0x2D
    var at = isNegative || sign == 0x2B ? 1 : 0
    let first = at
    readDigits(start, count, &at)
    var digits = at &- first
    if at < count, start.load(fromByteOffset: at, as: UInt8.self) == 0x2E {
      at &+= 1
      let fraction = at
      readDigits(start, count, &at)
      exponent = fraction &- at
      digits &+= at &- fraction
    }
    guard digits > 0 else { return nil }
    if digits > 19 { reread(start, first, count) }
    if at < count {
      guard start.load(fromByteOffset: at, as: UInt8.self) | 0x20 == 0x65 else { return nil }
      guard Self.isExponent(start, at &+ 1, count) else { return nil }
      exponent &+= Self.exponent(UnsafeRawBufferPointer(start: start, count: count), at)
    }
  }

  @inline(__always)
  private mutating func readDigits(_ start: UnsafeRawPointer, _ count: Int, _ at: inout Int) {
    while at &+ 8 <= count {
      let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      guard TextParsing.areEightDigits(word) else { break }
      significand = significand &* 100_000_000 &+ TextParsing.eightDigits(word)
      at &+= 8
    }
    while at < count {
      let digit = start.load(fromByteOffset: at, as: UInt8.self) &- 0x30
      if digit > 9 { break }
      significand = significand &* 10 &+ UInt64(digit)
      at &+= 1
    }
  }

  /// Many digits: skips leading zeros, keeps nineteen, counts the rest into the exponent.
  @inline(never)
  private mutating func reread(_ start: UnsafeRawPointer, _ first: Int, _ count: Int) {
    significand = 0
    exponent = 0
    var kept = 0
    var seenPoint = false
    var at = first
    while at < count {
      let byte = start.load(fromByteOffset: at, as: UInt8.self)
      at &+= 1
      if byte == 0x2E {
        seenPoint = true
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { break }
      if kept < 19 {
        significand = significand &* 10 &+ UInt64(byte &- 0x30)
        if significand > 0 { kept &+= 1 }
        if seenPoint { exponent &-= 1 }
      } else {
        if byte != 0x30 { isExact = false }
        if !seenPoint { exponent &+= 1 }
      }
    }
  }

  /// Whether an optional sign and at least one digit fill the rest.
  private static func isExponent(_ start: UnsafeRawPointer, _ from: Int, _ count: Int) -> Bool {
    var at = from
    if at < count {
      let sign = start.load(fromByteOffset: at, as: UInt8.self)
      if sign == 0x2D || sign == 0x2B { at &+= 1 }
    }
    guard at < count else { return false }
    while at < count {
      if start.load(fromByteOffset: at, as: UInt8.self) &- 0x30 > 9 { return false }
      at &+= 1
    }
    return true
  }

  /// The exponent behind the `e` at `position` (0 if there is none), held within a hundred million.
  static func exponent(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int {
    var value = 0
    for byte in bytes.dropFirst(position + 1) where byte >= 0x30 && byte <= 0x39 {
      if value < 100_000_000_000 { value = value * 10 + Int(byte - 0x30) }
    }
    return position + 1 < bytes.count && bytes[position + 1] == 0x2D ? -value : value
  }
}
