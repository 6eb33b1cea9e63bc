extension Column {
  /// The values rounded to so many decimal digits, halves away from zero; null stays null.
  ///
  /// Decimals keep their type. Negative digits round to tens, hundreds and so on. Integers change
  /// only then, and throw `.overflow` with the row where the result does not fit. Halves are those
  /// of the binary number: 1.005 lies below one.
  package func rounded(digits: Int = 0) throws -> Column {
    try requireNumber("rounded")
    switch type.physical {
    case .float64: return roundedFloats(digits, Double.self) { tenToThe($0) }
    case .float32: return roundedFloats(digits, Float.self) { Float(tenToThe($0)) }
    case .null: return self
    case .int128: return try roundedDecimals(digits, .halfAway)
    default: return digits >= 0 ? self : try roundedIntegers(-digits)
    }
  }

  /// The greatest whole number that is not above the value.
  ///
  /// Integers stay; null stays null.
  package func floor() throws -> Column {
    if type.isDecimal { return try roundedDecimals(0, .down) }
    return try floats("floor", { $0.rounded(.down) }, { $0.rounded(.down) }, integers: { $0 })
  }

  /// The least whole number that is not below the value.
  ///
  /// Integers stay; null stays null.
  package func ceil() throws -> Column {
    if type.isDecimal { return try roundedDecimals(0, .up) }
    return try floats("ceil", { $0.rounded(.up) }, { $0.rounded(.up) }, integers: { $0 })
  }

  private func roundedFloats<T: BinaryFloatingPoint & BitwiseCopyable>(
    _ digits: Int, _: T.Type, _ power: (Int) -> T
  ) -> Column {
    // A digit beyond the precision changes nothing, and its power would be infinite.
    if digits > 300 { return self }
    let factor = power(Swift.min(digits.magnitude.asInt, 400))
    return mappingValues { column in
      let a = Operand<T>(column)
      let values =
        digits >= 0
        ? Arity.unary(a, column.count) { value in
          let scaled = value * factor
          let result = scaled.rounded(.toNearestOrAwayFromZero) / factor
          return scaled.isFinite && factor.isFinite ? result : value
        }
        : Arity.unary(a, column.count) { value in
          guard factor.isFinite else { return value.isFinite ? 0 : value }
          return (value / factor).rounded(.toNearestOrAwayFromZero) * factor
        }
      return Column(
        type: column.type, values: values, validity: column.validity, count: column.count)
    }
  }

  private enum Direction { case halfAway, down, up }

  /// Decimals of the same type with zeros behind the last digit; one that has too many digits then
  /// throws `.overflow` with its row.
  private func roundedDecimals(_ digits: Int, _ direction: Direction) throws -> Column {
    guard let (precision, scale) = type.decimalDigits, digits < scale else { return self }
    if isConstantNull || count == 0 { return self }
    if encoding == .constant {
      return .constant(try encodedValues.roundedDecimals(digits, direction), count: count)
    }
    let type = type
    let zeros = scale - digits
    let limit = DecimalMath.power(precision)
    let unit = DecimalMath.power(zeros)
    let a = Operand<Int128>(self)
    let failure = { (value: Int128, _: Int128) in
      let shown = Decimal128(unscaled: value, scale: scale)
      return ColumnarError(
        .overflow,
        "\(shown) rounded to \(digits) digits does not fit in \(type). Cast to a greater precision "
          + "first.")
    }
    let values = try Arity.checked(
      a, a, count, validity: validity,
      { value, _ -> (Int128, Int128) in
        // Nothing is left of any value beyond the 38th digit.
        if zeros > DecimalMath.maxPrecision { return (0, 0) }
        let whole: Int128
        switch direction {
        case .halfAway: whole = DecimalMath.roundedQuotient(value, unit)
        case .down: whole = value / unit &- (value % unit < 0 ? 1 : 0)
        case .up: whole = value / unit &+ (value % unit > 0 ? 1 : 0)
        }
        let (result, overflow) = whole.multipliedReportingOverflow(by: unit)
        return (result, overflow || !DecimalMath.fits(result, below: limit) ? -1 : 0)
      }, failure: failure)
    return Column(type: type, values: values, validity: validity, count: count)
  }

  private func roundedIntegers(_ zeros: Int) throws -> Column {
    let type = type
    // Units beyond 10^18 are no Int64: nothing but zero is left, or the next ten to the 19th.
    var unit: Int64 = 1
    for _ in 0..<Swift.min(zeros, 18) { unit *= 10 }
    let wide = try cast(to: .int64, strict: true)
    let a = Operand<Int64>(wide)
    let failure = { (value: Int64, _: Int64) in
      ColumnarError(.overflow, "\(value) rounded to \(zeros) zeros does not fit in \(type).")
    }
    let rounded = try Arity.checked(
      a, a, count, validity: wide.validity,
      { value, _ -> (Int64, Int64) in
        if zeros > 18 { return (0, zeros == 19 && value.magnitude >= 5 * unit.magnitude ? -1 : 0) }
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: unit)
        let isUp = rest.magnitude >= unit.magnitude - rest.magnitude
        let whole = quotient &+ (isUp ? rest.signum() : 0)
        let (result, overflow) = whole.multipliedReportingOverflow(by: unit)
        return (result, overflow ? -1 : 0)
      }, failure: failure)
    return try Column(type: .int64, values: rounded, validity: wide.validity, count: count)
      .cast(to: type, strict: true)
  }
}

/// A power of ten as the nearest double.
private func tenToThe(_ exponent: Int) -> Double {
  TextParsing.scaled(1, by: exponent)
}

extension UInt {
  fileprivate var asInt: Int { Int(clamping: self) }
}
