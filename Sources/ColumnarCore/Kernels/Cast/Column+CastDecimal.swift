extension Column {
  /// Numbers to decimals, rounded to the scale, halves away from zero.
  func castToDecimal(_ target: DataType, _ strict: Bool) throws -> Column {
    guard let (precision, scale) = target.decimalDigits else { return self }
    let limit = DecimalMath.power(precision)
    switch type.kind {
    case .decimal128(_, let from): return try rescaled(target, strict, from, scale, limit)
    case .float32:
      return try converted(to: target, strict, Float.self, Int128.self) {
        let value = DecimalMath.unscaled(Double($0), scale: scale)
        return (value ?? 0, value.map { DecimalMath.fits($0, below: limit) } ?? false)
      }
    case .float64:
      return try converted(to: target, strict, Double.self, Int128.self) {
        let value = DecimalMath.unscaled($0, scale: scale)
        return (value ?? 0, value.map { DecimalMath.fits($0, below: limit) } ?? false)
      }
    case .uint64: return try scaledUp(target, strict, UInt64.self, scale, limit)
    default:
      let wide = try castNumber(to: .int64, true)
      return try wide.scaledUp(target, strict, Int64.self, scale, limit)
    }
  }

  private func scaledUp<A: FixedWidthInteger & BitwiseCopyable>(
    _ target: DataType, _ strict: Bool, _: A.Type, _ scale: Int, _ limit: Int128
  ) throws -> Column {
    let factor = DecimalMath.power(scale)
    return try converted(to: target, strict, A.self, Int128.self) { value in
      let (result, overflow) = Int128(truncatingIfNeeded: value)
        .multipliedReportingOverflow(by: factor)
      return (result, !overflow && DecimalMath.fits(result, below: limit))
    }
  }

  private func rescaled(
    _ target: DataType, _ strict: Bool, _ from: Int, _ to: Int, _ limit: Int128
  ) throws -> Column {
    if from == to, type.decimalDigits?.precision ?? 0 <= target.decimalDigits?.precision ?? 0 {
      return reinterpreted(as: target)
    }
    let factor = DecimalMath.power(abs(to - from))
    if to < from {
      return try converted(to: target, strict, Int128.self, Int128.self) { value in
        let result = DecimalMath.roundedQuotient(value, factor)
        return (result, DecimalMath.fits(result, below: limit))
      }
    }
    return try converted(to: target, strict, Int128.self, Int128.self) { value in
      let (result, overflow) = value.multipliedReportingOverflow(by: factor)
      return (result, !overflow && DecimalMath.fits(result, below: limit))
    }
  }

  /// Decimals to other numbers: integers without the fraction, floating point rounded to the
  /// nearest.
  func castFromDecimal(_ target: DataType, _ strict: Bool) throws -> Column {
    switch target.physical {
    case .int8: return try wholes(target, strict, Int8.self)
    case .int16: return try wholes(target, strict, Int16.self)
    case .int32: return try wholes(target, strict, Int32.self)
    case .int64: return try wholes(target, strict, Int64.self)
    case .uint8: return try wholes(target, strict, UInt8.self)
    case .uint16: return try wholes(target, strict, UInt16.self)
    case .uint32: return try wholes(target, strict, UInt32.self)
    case .uint64: return try wholes(target, strict, UInt64.self)
    case .float32:
      let scale = type.decimalDigits?.scale ?? 0
      return try converted(to: target, strict, Int128.self, Float.self) {
        (DecimalMath.float($0, scale: scale), true)
      }
    default:
      let scale = type.decimalDigits?.scale ?? 0
      return try converted(to: target, strict, Int128.self, Double.self) {
        (DecimalMath.double($0, scale: scale), true)
      }
    }
  }

  private func wholes<B: FixedWidthInteger & BitwiseCopyable>(
    _ target: DataType, _ strict: Bool, _: B.Type
  ) throws -> Column {
    let factor = DecimalMath.power(type.decimalDigits?.scale ?? 0)
    return try converted(to: target, strict, Int128.self, B.self) { value in
      let whole = factor == 1 ? value : value / factor
      let result = B(truncatingIfNeeded: whole)
      return (result, Int128(truncatingIfNeeded: result) == whole)
    }
  }
}
