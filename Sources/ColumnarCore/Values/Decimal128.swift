/// An exact decimal number: the Swift value of a decimal column.
///
/// It is `unscaled` divided by ten to the `scale`. Numbers of different scales are equal where
/// their values are: 1.5 and 1.50.
public struct Decimal128: Sendable {
  /// The number without its point.
  public let unscaled: Int128
  /// How many digits stand behind the point, 0 to 38.
  public let scale: Int

  /// `unscaled` with a point before its last `scale` digits; a scale beyond 0 to 38 is a
  /// programming error.
  public init(unscaled: Int128, scale: Int = 0) {
    precondition((0...DecimalMath.maxPrecision).contains(scale), "a decimal's scale is 0 to 38")
    self.unscaled = unscaled
    self.scale = scale
  }

  /// A whole number.
  public init(_ number: some BinaryInteger & SignedInteger & FixedWidthInteger) {
    self.init(unscaled: Int128(number), scale: 0)
  }

  /// The number rounded to `scale` digits behind the point, halves (of the exact binary value) away
  /// from zero; nil for what is not finite or has more than 38 digits then.
  public init?(_ number: Double, scale: Int) {
    guard (0...DecimalMath.maxPrecision).contains(scale),
      let unscaled = DecimalMath.unscaled(number, scale: scale),
      DecimalMath.fits(unscaled, below: DecimalMath.power(DecimalMath.maxPrecision))
    else { return nil }
    self.init(unscaled: unscaled, scale: scale)
  }

  /// The number with so many digits behind the point, halves away from zero where there are fewer;
  /// nil where it has more than 38 digits then.
  public func rescaled(to scale: Int) -> Decimal128? {
    guard (0...DecimalMath.maxPrecision).contains(scale),
      let value = DecimalMath.rescaled(unscaled, from: self.scale, to: scale),
      DecimalMath.fits(value, below: DecimalMath.power(DecimalMath.maxPrecision))
    else { return nil }
    return Decimal128(unscaled: value, scale: scale)
  }

  /// The fewest digits behind the point that hold the number.
  package var normalized: Decimal128 {
    var (value, digits) = (unscaled, scale)
    while digits > 0 {
      let (quotient, rest) = value.quotientAndRemainder(dividingBy: 10)
      guard rest == 0 else { break }
      (value, digits) = (quotient, digits - 1)
    }
    return Decimal128(unscaled: value, scale: digits)
  }

  /// The narrowest type that holds the number as it is written.
  package var narrowestType: DataType {
    let digits = min(max(DecimalMath.digitCount(unscaled), scale), DecimalMath.maxPrecision)
    return .decimal128(digits, scale: scale)
  }
}

extension Decimal128: Hashable, Comparable {
  public static func == (a: Decimal128, b: Decimal128) -> Bool { order(a, b) == 0 }

  public static func < (a: Decimal128, b: Decimal128) -> Bool { order(a, b) < 0 }

  /// Below, at or above zero as `a` is below, at or above `b`.
  private static func order(_ a: Decimal128, _ b: Decimal128) -> Int {
    let scale = max(a.scale, b.scale)
    let (x, y) = (a.saturated(at: scale), b.saturated(at: scale))
    return x < y ? -1 : x == y ? 0 : 1
  }

  /// Only the number of the lesser scale is moved, so the ends of the range stand for what is beyond
  /// every other number.
  private func saturated(at scale: Int) -> Int128 {
    DecimalMath.rescaled(unscaled, from: self.scale, to: scale) ?? (unscaled < 0 ? .min : .max)
  }

  public func hash(into hasher: inout Hasher) {
    let shortest = normalized
    hasher.combine(shortest.unscaled)
    hasher.combine(shortest.scale)
  }
}

extension Decimal128: LosslessStringConvertible, Codable {
  /// The number written as `-12.50`, with as many digits behind the point as the text has; nil for
  /// other text and beyond 38 digits.
  ///
  /// An exponent is taken too: `1.5e3` is 1500.
  public init?(_ description: String) {
    var text = description
    let parsed = text.withUTF8 { bytes -> Decimal128? in
      let bytes = UnsafeRawBufferPointer(bytes)
      guard let parts = DecimalText(bytes) else { return nil }
      let scale = max(0, parts.fraction - parts.exponent)
      guard scale <= DecimalMath.maxPrecision else { return nil }
      return TextParsing.decimal(bytes, scale: scale).map {
        Decimal128(unscaled: $0, scale: scale)
      }
    }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The number with all digits of its scale: `-12.50`.
  public var description: String {
    var text = MutableBuffer(capacity: 96)
    TextFormatting.appendDecimal(unscaled, scale: scale, to: &text)
    return String(
      decoding: UnsafeRawBufferPointer(start: text.start, count: text.count), as: UTF8.self)
  }

  /// Reads a number that is written as text, or an integer.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let whole = try? container.decode(Int.self) {
      self.init(whole)
      return
    }
    let text = try container.decode(String.self)
    guard let value = Decimal128(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "\(MessageText.quoted(text)) is no decimal of up to 38 digits")
    }
    self = value
  }

  /// Writes the number as text, so that no digit is lost.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Decimal128: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }
}

extension Double {
  /// The number that is nearest to a decimal.
  public init(_ decimal: Decimal128) {
    self = DecimalMath.double(decimal.unscaled, scale: decimal.scale)
  }
}
