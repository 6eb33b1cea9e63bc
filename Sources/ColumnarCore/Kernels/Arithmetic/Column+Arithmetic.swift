extension Column {
  /// This column `op` the other, row by row; a null on either side gives null.
  ///
  /// Numbers of different types are first cast to their common type; see
  /// `ArithmeticOperator.resultType` for what is defined. Integer overflow and integer division by
  /// zero throw `.overflow` with the row; a row under a null never fails. Constants are not
  /// repeated, and two constants cost one operation.
  package func arithmetic(_ op: ArithmeticOperator, _ other: Column) throws -> Column {
    try requireCount(of: other, for: "\"\(op.symbol)\"")
    let result = try op.resultType(type, other.type)
    if count == 0 { return .empty(result) }
    if isConstantNull || other.isConstantNull { return .nulls(of: result, count: count) }
    if encoding == .constant, other.encoding == .constant {
      return .constant(try encodedValues.arithmetic(op, other.encodedValues), count: count)
    }
    if result.kind == .string { return try concatenated(other) }
    if result.isDecimal { return try decimals(op, other, result) }
    if !(type.isNumeric && other.type.isNumeric) { return try temporal(op, other, result) }
    let left = try cast(to: result, strict: true)
    let right = try other.cast(to: result, strict: true)
    return try left.numeric(op, right)
  }

  /// Arithmetic of two columns of one numeric, or one temporal, type; the result has the left one's
  /// type.
  private func numeric(_ op: ArithmeticOperator, _ other: Column) throws -> Column {
    let validity = Bitmap.both(validity, other.validity)
    let values: Buffer
    switch type.physical {
    case .float32: values = floats(op, other, Float.self)
    case .float64: values = floats(op, other, Double.self)
    default:
      if let wrapping = op.wrapping {
        values = wrapped(wrapping, other)
      } else {
        values = try integers(op, other, validity)
      }
    }
    return Column(type: type, values: values, validity: validity, count: count)
  }

  private func floats<T: BinaryFloatingPoint & BitwiseCopyable>(
    _ op: ArithmeticOperator, _ other: Column, _: T.Type
  ) -> Buffer {
    let (a, b) = (Operand<T>(self), Operand<T>(other))
    switch op {
    case .add, .wrappingAdd: return Arity.binary(a, b, count) { $0 + $1 }
    case .subtract, .wrappingSubtract: return Arity.binary(a, b, count) { $0 - $1 }
    case .multiply, .wrappingMultiply: return Arity.binary(a, b, count) { $0 * $1 }
    case .divide: return Arity.binary(a, b, count) { $0 / $1 }
    case .integerDivide: return Arity.binary(a, b, count) { ($0 / $1).rounded(.towardZero) }
    case .remainder: return Arity.binary(a, b, count) { $0.truncatingRemainder(dividingBy: $1) }
    }
  }

  private func integers(
    _ op: ArithmeticOperator, _ other: Column, _ validity: Bitmap?
  ) throws -> Buffer {
    switch type.physical {
    case .int8: try checked(op, other, validity, Int8.self)
    case .int16: try checked(op, other, validity, Int16.self)
    case .int32: try checked(op, other, validity, Int32.self)
    case .uint8: try checked(op, other, validity, UInt8.self)
    case .uint16: try checked(op, other, validity, UInt16.self)
    case .uint32: try checked(op, other, validity, UInt32.self)
    case .uint64: try checked(op, other, validity, UInt64.self)
    default: try checked(op, other, validity, Int64.self)
    }
  }

  private func checked<T: FixedWidthInteger & BitwiseCopyable>(
    _ op: ArithmeticOperator, _ other: Column, _ validity: Bitmap?, _: T.Type
  ) throws -> Buffer {
    let (a, b) = (Operand<T>(self), Operand<T>(other))
    let type = type
    let failure = { (x: T, y: T) in op.failure("\(x)", "\(y)", divisorIsZero: y == 0, type) }
    switch op {
    case .subtract:
      return try Arity.checked(
        a, b, count, validity: validity, { checkedDifference($0, $1) }, failure: failure)
    case .multiply:
      return try Arity.checked(
        a, b, count, validity: validity, { checkedProduct($0, $1) }, failure: failure)
    case .integerDivide:
      return try Arity.checked(
        a, b, count, validity: validity, { checkedQuotient($0, $1) }, failure: failure)
    case .remainder:
      return try Arity.checked(
        a, b, count, validity: validity, { checkedRemainder($0, $1) }, failure: failure)
    default:
      return try Arity.checked(
        a, b, count, validity: validity, { checkedSum($0, $1) }, failure: failure)
    }
  }

  /// Wrapping arithmetic, which is the same for signed and unsigned integers.
  private func wrapped(_ op: ArithmeticOperator, _ other: Column) -> Buffer {
    switch type.physical.width {
    case 1: wrapped(op, other, UInt8.self)
    case 2: wrapped(op, other, UInt16.self)
    case 4: wrapped(op, other, UInt32.self)
    default: wrapped(op, other, UInt64.self)
    }
  }

  private func wrapped<T: FixedWidthInteger & BitwiseCopyable>(
    _ op: ArithmeticOperator, _ other: Column, _: T.Type
  ) -> Buffer {
    let (a, b) = (Operand<T>(self), Operand<T>(other))
    switch op {
    case .wrappingSubtract: return Arity.binary(a, b, count) { $0 &- $1 }
    case .wrappingMultiply: return Arity.binary(a, b, count) { $0 &* $1 }
    default: return Arity.binary(a, b, count) { $0 &+ $1 }
    }
  }
}

extension Column {
  /// Dates become timestamps and units the finer one; then it is integer arithmetic.
  private func temporal(
    _ op: ArithmeticOperator, _ other: Column, _ result: DataType
  ) throws -> Column {
    let unit: TimeUnit =
      switch result.kind {
      case .timestamp(let unit, _), .duration(let unit): unit
      default: .microsecond
      }
    let left = try ticks(unit)
    let right = try other.ticks(unit)
    return try left.numeric(op, right).reinterpreted(as: result)
  }

  /// The counts of `unit` in an int64 column; integers stay what they are.
  private func ticks(_ unit: TimeUnit) throws -> Column {
    switch type.kind {
    case .date: try cast(to: .timestamp(unit), strict: true).reinterpreted(as: .int64)
    case .timestamp(_, let zone):
      try cast(to: .timestamp(unit, zone: zone), strict: true).reinterpreted(as: .int64)
    case .duration: try cast(to: .duration(unit), strict: true).reinterpreted(as: .int64)
    default: try cast(to: .int64, strict: true)
    }
  }
}

extension ArithmeticOperator {
  /// This operator if it wraps, else nil.
  fileprivate var wrapping: ArithmeticOperator? {
    switch self {
    case .wrappingAdd, .wrappingSubtract, .wrappingMultiply: self
    default: nil
    }
  }

  fileprivate func failure(
    _ left: String, _ right: String, divisorIsZero: Bool, _ type: DataType
  ) -> ColumnarError {
    if divisorIsZero, self == .integerDivide || self == .remainder {
      return ColumnarError(
        .overflow,
        "\(left) \(symbol) 0: division by zero. Filter the zeros out, or make them null first.")
    }
    let hint =
      self == .integerDivide
      ? "Cast to a wider type first."
      : "Cast to a wider type first, or use &\(symbol) to wrap around."
    return ColumnarError(.overflow, "\(left) \(symbol) \(right) does not fit in \(type). \(hint)")
  }
}
