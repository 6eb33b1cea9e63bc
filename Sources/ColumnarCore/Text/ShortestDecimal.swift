import CColumnarSystem
import Glibc

/// The shortest decimal number that reads back as one given float: significand times ten to the
/// exponent.
///
/// Raffaello Giulietti's Schubfach; of several shortest ones it is the nearest.
struct ShortestDecimal {
  var significand: UInt64
  var exponent: Int

  /// Of the finite, positive number `significand` * 2^`exponent`; `isLowerCloser` where it is a
  /// power of two whose lower neighbour is half as far away as its upper one.
  init(binary significand: UInt64, _ exponent: Int, isLowerCloser: Bool) {
    let odd = significand & 1
    let closer: UInt64 = isLowerCloser ? 1 : 0
    let k = (exponent &* 1_262_611 &- (isLowerCloser ? 524_031 : 0)) &>> 22
    let shift = UInt64(
      truncatingIfNeeded: exponent &+ TextParsing.floorLog2OfPowerOfTen(0 &- k) &+ 1)
    let power = Self.roundedUpPower(0 &- k)
    let middle = significand &<< 2
    let below = Self.roundToOdd(power, (middle &- 2 &+ closer) &<< shift)
    let value = Self.roundToOdd(power, middle &<< shift)
    let above = Self.roundToOdd(power, (middle &+ 2) &<< shift)
    let (lower, upper) = (below &+ odd, above &- odd)
    let whole = value &>> 2
    if whole >= 10 {
      let tenth = whole / 10
      let isLowInside = lower <= tenth &* 40
      let isHighInside = tenth &* 40 &+ 40 <= upper
      if isLowInside != isHighInside {
        self.significand = tenth &+ (isHighInside ? 1 : 0)
        self.exponent = k &+ 1
        dropZeros()
        return
      }
    }
    let isLowInside = lower <= whole &<< 2
    let isHighInside = whole &<< 2 &+ 4 <= upper
    self.exponent = k
    if isLowInside != isHighInside {
      self.significand = whole &+ (isHighInside ? 1 : 0)
    } else {
      let half = whole &<< 2 &+ 2
      let isUp = value > half || (value == half && whole & 1 != 0)
      self.significand = whole &+ (isUp ? 1 : 0)
    }
    dropZeros()
  }

  private mutating func dropZeros() {
    while significand % 10 == 0, significand > 0 {
      significand /= 10
      exponent &+= 1
    }
  }

  /// The 128-bit power of ten rounded up; the table is rounded down in places.
  @inline(__always)
  private static func roundedUpPower(_ exponent: Int) -> (high: UInt64, low: UInt64) {
    let words = columnar_power_of_five(Int32(truncatingIfNeeded: exponent))
    let isExactOrUp = exponent >= -27 && exponent <= 55
    let low = words[1] &+ (isExactOrUp ? 0 : 1)
    return (words[0] &+ (low == 0 && !isExactOrUp ? 1 : 0), low)
  }

  /// The upper bits of a product, the lowest of them set where anything stood below.
  @inline(__always)
  private static func roundToOdd(_ power: (high: UInt64, low: UInt64), _ factor: UInt64) -> UInt64 {
    let low = power.low.multipliedFullWidth(by: factor)
    let high = power.high.multipliedFullWidth(by: factor)
    let (middle, carry) = high.low.addingReportingOverflow(low.high)
    let upper = high.high &+ (carry ? 1 : 0)
    return upper | (middle > 1 ? 1 : 0)
  }
}

extension TextFormatting {
  /// The shortest text that reads back as the same double: `1.5`, `1e-07`, `3.0`, `inf`, `nan`, as
  /// Swift prints it.
  package static func append(_ value: Double, to text: inout MutableBuffer) {
    text.reserve(40)
    guard value.isFinite else { return text.putSpecial(value) }
    if value.sign == .minus { text.put(0x2D) }
    let bits = value.bitPattern & 0x7FFF_FFFF_FFFF_FFFF
    let fraction = bits & ((1 &<< 52) &- 1)
    let exponent = Int(truncatingIfNeeded: bits &>> 52)
    let magnitude = Double(bitPattern: bits)
    if magnitude <= 0x1p53, magnitude == magnitude.rounded(.towardZero) {
      text.putDigits(UInt64(magnitude))
      return text.put(word: 0x302E, count: 2)
    }
    let decimal = ShortestDecimal(
      binary: exponent == 0 ? fraction : fraction | 1 &<< 52,
      exponent == 0 ? -1074 : exponent &- 1075,
      isLowerCloser: fraction == 0 && exponent > 1)
    text.putDecimal(decimal, isLarge: magnitude > 0x1p53)
  }

  /// The shortest text that reads back as the same float.
  package static func append(_ value: Float, to text: inout MutableBuffer) {
    text.reserve(40)
    guard value.isFinite else { return text.putSpecial(Double(value)) }
    if value.sign == .minus { text.put(0x2D) }
    let bits = value.bitPattern & 0x7FFF_FFFF
    let fraction = bits & ((1 &<< 23) &- 1)
    let exponent = Int(truncatingIfNeeded: bits &>> 23)
    let magnitude = Float(bitPattern: bits)
    if magnitude <= 0x1p24, magnitude == magnitude.rounded(.towardZero) {
      text.putDigits(UInt64(magnitude))
      return text.put(word: 0x302E, count: 2)
    }
    let decimal = ShortestDecimal(
      binary: UInt64(exponent == 0 ? fraction : fraction | 1 &<< 23),
      exponent == 0 ? -149 : exponent &- 150,
      isLowerCloser: fraction == 0 && exponent > 1)
    text.putDecimal(decimal, isLarge: magnitude > 0x1p24)
  }
}

extension MutableBuffer {
  fileprivate mutating func putSpecial(_ value: Double) {
    if value.isNaN { return put(word: 0x6E_616E, count: 3) }
    if value.sign == .minus { put(0x2D) }
    put(word: 0x66_6E69, count: 3)
  }

  /// Positional from 1e-4 up to the precision of the type, else with an exponent.
  fileprivate mutating func putDecimal(_ decimal: ShortestDecimal, isLarge: Bool) {
    let digits = TextFormatting.digitCount(decimal.significand)
    let point = digits &+ decimal.exponent
    if point > -4, !isLarge {
      if point <= 0 {
        put(word: 0x302E_30, count: 2)
        for _ in 0..<(0 &- point) { put(0x30) }
        return putDigits(decimal.significand)
      }
      putDigits(decimal.significand)
      if decimal.exponent >= 0 {
        for _ in 0..<decimal.exponent { put(0x30) }
        return put(word: 0x302E, count: 2)
      }
      return insertPoint(beforeLast: 0 &- decimal.exponent)
    }
    putDigits(decimal.significand)
    if digits > 1 { insertPoint(beforeLast: digits &- 1) }
    let exponent = point &- 1
    put(0x65)
    put(exponent < 0 ? 0x2D : 0x2B)
    let size = UInt64(exponent.magnitude)
    putDigits(size, count: Swift.max(2, TextFormatting.digitCount(size)))
  }

  /// Moves the last bytes up by one and puts a point before them.
  private mutating func insertPoint(beforeLast length: Int) {
    let position = start + (count &- length)
    memmove(position + 1, position, length)
    position.storeBytes(of: 0x2E, as: UInt8.self)
    count &+= 1
  }
}
