/// Integer arithmetic on unscaled decimals.
package enum DecimalMath {
  /// The digits that 128 bits hold whatever they are.
  package static let maxPrecision = 38

  private static let powers: [Int128] = {
    var result: [Int128] = [1]
    for _ in 0..<maxPrecision { result.append(result[result.count - 1] * 10) }
    return result
  }()

  /// Ten to the `exponent`, which is 0 to 38.
  package static func power(_ exponent: Int) -> Int128 {
    powers[max(0, min(exponent, maxPrecision))]
  }

  /// Whether a value has at most as many digits as `limit`, a power of ten, has zeros.
  @inline(__always)
  package static func fits(_ value: Int128, below limit: Int128) -> Bool {
    value < limit && value > 0 &- limit
  }

  /// The decimal digits of a number; one for zero.
  package static func digitCount(_ value: Int128) -> Int {
    let magnitude = value.magnitude
    var digits = 1
    while digits < 39, magnitude >= UInt128(power(digits)), digits <= maxPrecision {
      if digits == maxPrecision { return 39 }
      digits += 1
    }
    return digits
  }

  /// The value divided by `divisor`, a power of ten, halves away from zero.
  @inline(__always)
  package static func roundedQuotient(_ value: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    let isUp = rest.magnitude >= divisor.magnitude &- rest.magnitude
    return isUp && rest != 0 ? quotient &+ rest.signum() : quotient
  }

  /// The value with another number of fraction digits, halves away from zero; nil where it leaves
  /// 128 bits.
  package static func rescaled(_ value: Int128, from: Int, to: Int) -> Int128? {
    if to >= from {
      if value == 0 { return 0 }
      guard to - from <= maxPrecision else { return nil }
      let (result, overflow) = value.multipliedReportingOverflow(by: power(to - from))
      return overflow ? nil : result
    }
    guard from - to <= maxPrecision else { return 0 }
    return roundedQuotient(value, power(from - to))
  }

  /// A number with so many fraction digits, rounded once, halves away from zero; nil for what is
  /// not finite or leaves 127 bits.
  package static func unscaled(_ number: Double, scale: Int) -> Int128? {
    guard number.isFinite else { return nil }
    // Below 2^-1022 nothing is left at any scale.
    guard number.isNormal else { return 0 }
    let significand = UInt128(number.significandBitPattern | 1 << 52)
    let (high, low) = significand.multipliedFullWidth(by: UInt128(power(scale)))
    let exponent = Int(number.exponent) - 52
    guard let magnitude = shifted(high, low, by: exponent), magnitude <= UInt128(Int128.max) else {
      return nil
    }
    return number < 0 ? 0 - Int128(magnitude) : Int128(magnitude)
  }

  /// 256 bits times two to the `exponent`, halves up; nil where 128 bits do not hold it.
  private static func shifted(_ high: UInt128, _ low: UInt128, by exponent: Int) -> UInt128? {
    if exponent >= 0 {
      guard high == 0, low.leadingZeroBitCount >= exponent else { return nil }
      return low << UInt128(exponent)
    }
    let shift = -exponent
    if shift > 256 { return 0 }
    if shift >= 128 {
      let whole = shift == 256 ? 0 : high >> UInt128(shift - 128)
      let half = shift == 128 ? low >> 127 : (high >> UInt128(shift - 129)) & 1
      return whole + half
    }
    guard high >> UInt128(shift) == 0 else { return nil }
    let whole = high << UInt128(128 - shift) | low >> UInt128(shift)
    let (result, overflow) = whole.addingReportingOverflow((low >> UInt128(shift - 1)) & 1)
    return overflow ? nil : result
  }

  /// The nearest double.
  package static func double(_ value: Int128, scale: Int) -> Double {
    if let magnitude = UInt64(exactly: value.magnitude) {
      let result = TextParsing.scaled(magnitude, by: -scale)
      return value < 0 ? -result : result
    }
    return withText(value, scale) { TextParsing.double($0) } ?? .nan
  }

  /// The nearest float, rounded once.
  package static func float(_ value: Int128, scale: Int) -> Float {
    let wide = double(value, scale: scale)
    // Halfway between two floats the double may itself have been rounded there.
    guard wide.bitPattern & 0x1FFF_FFFF == 0x1000_0000 || abs(wide) < 1.5e-38 else {
      return Float(wide)
    }
    return withText(value, scale) { TextParsing.float($0) } ?? .nan
  }

  private static func withText<R>(
    _ value: Int128, _ scale: Int, _ body: (UnsafeRawBufferPointer) -> R?
  ) -> R? {
    var text = MutableBuffer(capacity: 64)
    TextFormatting.appendDecimal(value, scale: scale, to: &text)
    return body(UnsafeRawBufferPointer(start: text.start, count: text.count))
  }
}
