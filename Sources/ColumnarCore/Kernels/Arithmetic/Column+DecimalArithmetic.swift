extension Column {
  /// Exact arithmetic of decimals, or of a decimal and integers; see
  /// `ArithmeticOperator.decimalType` for the result's digits.
  ///
  /// A result of more digits throws `.overflow` with its row, and so does division by zero.
  func decimals(
    _ op: ArithmeticOperator, _ other: Column, _ result: DataType
  ) throws -> Column {
    guard let (precision, scale) = result.decimalDigits else { return self }
    let (left, right) = (try unscaledDecimals(), try other.unscaledDecimals())
    let (fromA, fromB) = (left.type.decimalDigits?.scale ?? 0, right.type.decimalDigits?.scale ?? 0)
    // Sums, quotients and rests are of values of one scale; a product's scale is the sum of both.
    let common = op == .multiply ? nil : max(fromA, fromB)
    let sides = DecimalOperands(
      a: Operand(left), b: Operand(right),
      up: DecimalMath.power(common.map { $0 - fromA } ?? 0),
      upOther: DecimalMath.power(common.map { $0 - fromB } ?? 0),
      limit: DecimalMath.power(precision), validity: Bitmap.both(left.validity, right.validity),
      count: count
    ) { x, y in
      op.decimalFailure(
        Decimal128(unscaled: x, scale: fromA), Decimal128(unscaled: y, scale: fromB), result)
    }
    let values: Buffer
    switch op {
    case .subtract: values = try sides.combined { $0.subtractingReportingOverflow($1) }
    case .multiply: values = try sides.combined { $0.multipliedReportingOverflow(by: $1) }
    case .integerDivide: values = try sides.combined { $0.dividedReportingOverflow(by: $1) }
    case .remainder:
      values = try sides.combined { $0.remainderReportingOverflow(dividingBy: $1) }
    default: values = try sides.combined { $0.addingReportingOverflow($1) }
    }
    return Column(
      type: .decimal128(precision, scale: scale), values: values, validity: sides.validity,
      count: count)
  }

  /// Integers as decimals without a fraction, decimals as they are.
  private func unscaledDecimals() throws -> Column {
    guard !type.isDecimal, let digits = type.exactDigits else { return self }
    return try cast(to: digits.type, strict: true)
  }
}

/// The two sides of exact arithmetic, and what its results must stay below.
private struct DecimalOperands {
  let a: Operand<Int128>
  let b: Operand<Int128>
  /// What each side is multiplied with before.
  let up: Int128
  let upOther: Int128
  let limit: Int128
  let validity: Bitmap?
  let count: Int
  let failure: (Int128, Int128) -> ColumnarError

  /// `f` of every pair; an overflow, of a side too, is an error with its row.
  @inline(__always)
  func combined(
    _ f: (Int128, Int128) -> (partialValue: Int128, overflow: Bool)
  ) throws -> Buffer {
    let (up, upOther, limit) = (up, upOther, limit)
    if up == 1, upOther == 1 {
      return try Arity.checked(
        a, b, count, validity: validity,
        { x, y in
          let (value, isWrong) = f(x, y)
          return (value, isWrong || !DecimalMath.fits(value, below: limit) ? -1 : 0)
        }, failure: failure)
    }
    return try Arity.checked(
      a, b, count, validity: validity,
      { x, y in
        let (one, isHuge) = x.multipliedReportingOverflow(by: up)
        let (two, isOtherHuge) = y.multipliedReportingOverflow(by: upOther)
        let (value, isWrong) = f(one, two)
        let fits = !isWrong && !isHuge && !isOtherHuge && DecimalMath.fits(value, below: limit)
        return (value, fits ? 0 : -1)
      }, failure: failure)
  }
}

extension ArithmeticOperator {
  /// The type of exact arithmetic of decimals and integers; nil where there is none, as for a
  /// quotient, which is a Double.
  ///
  /// As DuckDB has it, p and s being precision and scale of each side: of a sum the scale is the
  /// greater one, with one digit before the point more than the longer side has; of a product the
  /// scales and the precisions add up. More than 38 digits are cut to 38, and a value that needs
  /// them is an error; a scale of more than 38 is a type mismatch.
  func decimalType(_ left: DataType, _ right: DataType) throws -> DataType? {
    guard left.isDecimal || right.isDecimal, let a = left.exactDigits, let b = right.exactDigits
    else { return nil }
    let fraction = max(a.fraction, b.fraction)
    switch self {
    case .divide: return nil
    case .add, .subtract:
      return DecimalShape(whole: max(a.whole, b.whole) + 1, fraction: fraction).type
    case .multiply:
      guard a.fraction + b.fraction <= DecimalMath.maxPrecision else {
        throw undefined(
          "\"\(symbol)\"", [left, right],
          hint: "The product would have \(a.fraction + b.fraction) digits behind the point, and at "
            + "most 38 are held. Cast one side to a smaller scale first.")
      }
      return DecimalShape(whole: a.whole + b.whole, fraction: a.fraction + b.fraction).type
    case .integerDivide: return DecimalShape(whole: a.whole + b.fraction, fraction: 0).type
    case .remainder: return DecimalShape(whole: min(a.whole, b.whole), fraction: fraction).type
    case .wrappingAdd, .wrappingSubtract, .wrappingMultiply:
      throw undefined(
        "\"\(symbol)\"", [left, right],
        hint: "Decimals do not wrap around; use \(symbol.dropFirst()).")
    }
  }

  fileprivate func decimalFailure(
    _ left: Decimal128, _ right: Decimal128, _ type: DataType
  ) -> ColumnarError {
    if right.unscaled == 0, self == .integerDivide || self == .remainder {
      return ColumnarError(
        .overflow,
        "\(left) \(symbol) 0: division by zero. Filter the zeros out, or make them null first.")
    }
    return ColumnarError(
      .overflow,
      "\(left) \(symbol) \(right) does not fit in \(type). Cast to a smaller scale or to float64 "
        + "first.")
  }
}
