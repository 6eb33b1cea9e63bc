/// The arithmetic of two columns.
package enum ArithmeticOperator: String, Sendable, Codable, Hashable {
  /// Sum, or for strings the one after the other. Integer overflow is an error.
  case add
  /// Difference. Integer overflow is an error.
  case subtract
  /// Product. Integer overflow is an error.
  case multiply
  /// True division: float64, or float32 where both are at most that. Division by zero follows IEEE
  /// 754.
  case divide
  /// Quotient without its fraction, as Swift's `/` on integers. Division by integer zero is an
  /// error.
  case integerDivide
  /// What integer division leaves, with the sign of the dividend. By integer zero it is an error.
  case remainder
  /// Sum, overflow wrapping around.
  case wrappingAdd
  /// Difference, overflow wrapping around.
  case wrappingSubtract
  /// Product, overflow wrapping around.
  case wrappingMultiply

  /// How the operator is written in expressions and messages.
  package var symbol: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .integerDivide: "div"
    case .remainder: "%"
    case .wrappingAdd: "&+"
    case .wrappingSubtract: "&-"
    case .wrappingMultiply: "&*"
    }
  }
}

extension ArithmeticOperator {
  /// The type of the result.
  ///
  /// Numbers: the common type of both, for `divide` its floating-point type. A null operand takes
  /// the other's type. Decimals, also with integers, stay exact: see `decimalType`; with floating
  /// point they are float64.
  /// - timestamp - timestamp and date - date: duration (in the finer unit; dates in microseconds)
  /// - timestamp ± duration: timestamp of the finer unit
  /// - date ± duration: timestamp of the duration's unit
  /// - duration ± duration: duration of the finer unit
  /// - duration * integer and duration div integer: that duration
  /// - string + string: string
  ///
  /// Anything else is a type mismatch.
  package func resultType(_ left: DataType, _ right: DataType) throws -> DataType {
    if left.kind == .null || right.kind == .null {
      let other = left.kind == .null ? right : left
      if other.kind == .null { return .null }
      // What a null stands for beside a timestamp could be a timestamp or a duration: the wider use
      // is kept.
      if other.isTemporal { return other }
      return try resultType(other, other)
    }
    if let type = try decimalType(left, right) { return type }
    if left.isNumeric, right.isNumeric, let type = DataType.common(left, right) {
      return self == .divide && !type.isFloatingPoint ? .float64 : type
    }
    if let type = temporalType(left, right) { return type }
    if self == .add, left == .string, right == .string { return .string }
    throw undefined(
      "\"\(symbol)\"", [left, right], hint: "Cast one of them first, or use another operator.")
  }

  private func temporalType(_ left: DataType, _ right: DataType) -> DataType? {
    let isSum = self == .add
    let isDifference = self == .subtract
    switch (left.kind, right.kind) {
    case (.date, .date) where isDifference: return .duration(.microsecond)
    case (.timestamp(let a, let zone), .timestamp(let b, let other))
    where isDifference && zone == other:
      return .duration(.finer(a, b))
    case (.timestamp(let a, let zone), .duration(let b)) where isSum || isDifference:
      return .timestamp(.finer(a, b), zone: zone)
    case (.duration(let b), .timestamp(let a, let zone)) where isSum:
      return .timestamp(.finer(a, b), zone: zone)
    case (.date, .duration(let unit)) where isSum || isDifference: return .timestamp(unit)
    case (.duration(let unit), .date) where isSum: return .timestamp(unit)
    case (.duration(let a), .duration(let b)) where isSum || isDifference:
      return .duration(.finer(a, b))
    case (.duration, _) where right.isInteger && (self == .multiply || self == .integerDivide):
      return left
    case (_, .duration) where left.isInteger && self == .multiply: return right
    default: return nil
    }
  }
}
