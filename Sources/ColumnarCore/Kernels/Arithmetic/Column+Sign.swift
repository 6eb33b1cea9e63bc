extension Column {
  /// The values with the opposite sign; null stays null.
  ///
  /// For numbers and durations. Throws `.overflow` with the row where the result does not fit, as
  /// for the least value of a signed type and any unsigned one but zero.
  package func negated() throws -> Column {
    try signChanging("Negation") { $0.negatedPlain }
  }

  /// The values without their sign; null stays null.
  ///
  /// Throws `.overflow` for the least value of a signed type.
  package func absolute() throws -> Column {
    if type.isUnsignedInteger { return self }
    return try signChanging("The absolute value") { $0.absolutePlain }
  }

  private func signChanging(
    _ name: String, _ kernel: (Column) -> () throws -> Column
  ) throws -> Column {
    if type.kind == .null { return self }
    var isDefined = type.isNumeric
    if case .duration = type.kind { isDefined = true }
    guard isDefined else {
      throw undefined(name, [type], hint: "Cast it to a number first.")
    }
    if encoding == .constant, count > 0 {
      return .constant(try kernel(encodedValues)(), count: count)
    }
    return try kernel(decoded())()
  }

  private func negatedPlain() throws -> Column {
    switch type.physical {
    case .int8: try integerSign("-", Int8.self) { checkedDifference(0, $0) }
    case .int16: try integerSign("-", Int16.self) { checkedDifference(0, $0) }
    case .int32: try integerSign("-", Int32.self) { checkedDifference(0, $0) }
    case .uint8: try integerSign("-", UInt8.self) { checkedDifference(0, $0) }
    case .uint16: try integerSign("-", UInt16.self) { checkedDifference(0, $0) }
    case .uint32: try integerSign("-", UInt32.self) { checkedDifference(0, $0) }
    case .uint64: try integerSign("-", UInt64.self) { checkedDifference(0, $0) }
    case .int128: try integerSign("-", Int128.self) { checkedDifference(0, $0) }
    case .float32: floatSign(Float.self) { -$0 }
    case .float64: floatSign(Double.self) { -$0 }
    default: try integerSign("-", Int64.self) { checkedDifference(0, $0) }
    }
  }

  private func absolutePlain() throws -> Column {
    switch type.physical {
    case .int8: try integerSign("absolute value of ", Int8.self) { checkedAbsolute($0) }
    case .int16: try integerSign("absolute value of ", Int16.self) { checkedAbsolute($0) }
    case .int32: try integerSign("absolute value of ", Int32.self) { checkedAbsolute($0) }
    case .int128: try integerSign("absolute value of ", Int128.self) { checkedAbsolute($0) }
    case .float32: floatSign(Float.self) { $0.magnitude }
    case .float64: floatSign(Double.self) { $0.magnitude }
    default: try integerSign("absolute value of ", Int64.self) { checkedAbsolute($0) }
    }
  }

  @inline(__always)
  private func integerSign<T: FixedWidthInteger & BitwiseCopyable>(
    _ what: String, _: T.Type, _ f: (T) -> (T, T)
  ) throws -> Column {
    let a = Operand<T>(self)
    let type = type
    let failure = { (x: T, _: T) in
      ColumnarError(
        .overflow, "\(what)\(x) does not fit in \(type). Cast to a wider signed type first.")
    }
    let values = try Arity.checked(
      a, a, count, validity: validity, { x, _ in f(x) }, failure: failure)
    return Column(type: type, values: values, validity: validity, count: count)
  }

  @inline(__always)
  private func floatSign<T: BinaryFloatingPoint & BitwiseCopyable>(
    _: T.Type, _ f: (T) -> T
  ) -> Column {
    Column(
      type: type, values: Arity.unary(Operand<T>(self), count, f), validity: validity, count: count)
  }
}

@inline(__always)
private func checkedAbsolute<T: FixedWidthInteger>(_ a: T) -> (T, T) {
  let sign = a &>> T(truncatingIfNeeded: T.bitWidth &- 1)
  let result = (a ^ sign) &- sign
  return (result, result)
}
