extension TextParsing {
  /// A decimal number with optional sign, fraction and exponent as an unscaled value with `scale`
  /// fraction digits; digits beyond them are rounded, halves away from zero.
  ///
  /// Nil when it has more than `precision` digits then, and for other text.
  package static func decimal(
    _ bytes: UnsafeRawBufferPointer, precision: Int = DecimalMath.maxPrecision, scale: Int
  ) -> Int128? {
    guard let parts = DecimalText(bytes) else { return nil }
    guard let magnitude = parts.magnitude(bytes, scale: scale),
      magnitude < DecimalMath.power(precision)
    else { return nil }
    return parts.isNegative ? 0 - magnitude : magnitude
  }
}

/// Where the digits of a decimal number stand in a text.
struct DecimalText {
  private(set) var isNegative = false
  /// The first byte behind the sign.
  private var start = 0
  /// The first byte behind digits and point.
  private var end = 0
  private(set) var digits = 0
  /// The digits behind the point.
  private(set) var fraction = 0
  private(set) var exponent = 0

  /// Nil for text that is no decimal number.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var at = 0
    if let sign = bytes.first, sign == 0x2D || sign == 0x2B {
      isNegative = sign == 0x2D
      at = 1
    }
    start = at
    var isBehindPoint = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte &- 0x30 <= 9 {
        digits &+= 1
        if isBehindPoint { fraction &+= 1 }
      } else if byte == 0x2E, !isBehindPoint {
        isBehindPoint = true
      } else {
        break
      }
      at &+= 1
    }
    end = at
    guard digits > 0 else { return nil }
    guard at < bytes.count else { return }
    guard bytes[at] | 0x20 == 0x65, readExponent(bytes, at + 1) else { return nil }
  }

  private mutating func readExponent(_ bytes: UnsafeRawBufferPointer, _ first: Int) -> Bool {
    var at = first
    var isBelowZero = false
    if at < bytes.count, bytes[at] == 0x2D || bytes[at] == 0x2B {
      isBelowZero = bytes[at] == 0x2D
      at += 1
    }
    guard at < bytes.count else { return false }
    var value = 0
    while at < bytes.count {
      guard bytes[at] &- 0x30 <= 9 else { return false }
      // No number of digits that fits into memory makes up for more.
      value = min(value * 10 + Int(bytes[at] - 0x30), 1 << 40)
      at += 1
    }
    exponent = isBelowZero ? -value : value
    return true
  }

  /// The digits as an integer with `scale` fraction digits; nil beyond 127 bits.
  func magnitude(_ bytes: UnsafeRawBufferPointer, scale: Int) -> Int128? {
    // The power of ten of the digit at hand, counted from the last one that is kept.
    var place = digits - fraction - 1 + exponent + scale
    var value: Int128 = 0
    var at = start
    while at < end {
      let digit = bytes[at] &- 0x30
      at &+= 1
      if digit > 9 { continue }
      if place < 0 {
        if place == -1, digit >= 5 { value += 1 }
        return value
      }
      // With 38 digits and one more that is not dropped, it does not fit.
      guard value < DecimalMath.power(37) else { return nil }
      value = value * 10 + Int128(digit)
      place -= 1
    }
    // Zeros that the text leaves out.
    if place < 0 || value == 0 { return value }
    guard place < DecimalMath.maxPrecision else { return nil }
    let (result, overflow) = value.multipliedReportingOverflow(by: DecimalMath.power(place + 1))
    return overflow ? nil : result
  }
}
