import ColumnarCore

extension Oracle {
  /// Why a row has no result.
  public enum Failure: Error, Hashable { case overflow, divisionByZero, misfit }

  /// The range of an integer type, or of a time's count; nil for anything else.
  package static func bounds(of type: DataType) -> ClosedRange<Int128>? {
    switch type.physical {
    case .int8: Int128(Int8.min)...Int128(Int8.max)
    case .int16: Int128(Int16.min)...Int128(Int16.max)
    case .int32: Int128(Int32.min)...Int128(Int32.max)
    case .int64: Int128(Int64.min)...Int128(Int64.max)
    case .uint8: 0...Int128(UInt8.max)
    case .uint16: 0...Int128(UInt16.max)
    case .uint32: 0...Int128(UInt32.max)
    case .uint64: 0...Int128(UInt64.max)
    default: nil
    }
  }

  /// An integer value of any sign, or nil.
  package static func integer(_ value: Value) -> Int128? {
    switch value {
    case .int(let x): Int128(x)
    case .uint(let x): Int128(x)
    default: nil
    }
  }

  /// An integer as value of a type, or nil if it does not fit.
  package static func value(_ number: Int128, as type: DataType) -> Value? {
    guard let bounds = bounds(of: type), bounds.contains(number) else { return nil }
    return bounds.lowerBound < 0 ? .int(Int64(number)) : .uint(UInt64(number))
  }

  /// Arithmetic of two numbers of one type (for `divide`: of its result's type).
  package static func arithmetic(
    _ op: ArithmeticOperator, _ a: Value, _ b: Value, _ type: DataType
  ) throws(Failure) -> Value {
    if a.isNull || b.isNull { return .null }
    if case .double(let x) = a, case .double(let y) = b {
      if type == .float32 { return .double(Double(floats(op, Float(x), Float(y)))) }
      return .double(floats(op, x, y))
    }
    guard let x = integer(a), let y = integer(b) else { throw .misfit }
    if y == 0, op == .integerDivide || op == .remainder { throw .divisionByZero }
    let (wide, isHuge) = integers(op, x, y)
    if !isHuge, let result = value(wide, as: type) { return result }
    switch op {
    case .wrappingAdd, .wrappingSubtract, .wrappingMultiply: return wrapped(wide, type)
    default: throw .overflow
    }
  }

  private static func integers(
    _ op: ArithmeticOperator, _ x: Int128, _ y: Int128
  ) -> (Int128, Bool) {
    switch op {
    case .add, .wrappingAdd: return (x + y, false)
    case .subtract, .wrappingSubtract: return (x - y, false)
    case .integerDivide, .divide: return (x / y, false)
    case .remainder: return (x % y, false)
    case .multiply, .wrappingMultiply:
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      return (product, overflow)
    }
  }

  /// The number modulo two to the type's width.
  private static func wrapped(_ number: Int128, _ type: DataType) -> Value {
    let bounds = bounds(of: type) ?? 0...0
    let width = type.physical.width ?? 8
    var rest = number & ((Int128(1) << Int128(width * 8)) - 1)
    if rest > bounds.upperBound { rest -= Int128(1) << Int128(width * 8) }
    return value(rest, as: type) ?? .null
  }

  private static func floats<T: BinaryFloatingPoint>(
    _ op: ArithmeticOperator, _ x: T, _ y: T
  ) -> T {
    switch op {
    case .add, .wrappingAdd: x + y
    case .subtract, .wrappingSubtract: x - y
    case .multiply, .wrappingMultiply: x * y
    case .divide: x / y
    case .integerDivide: (x / y).rounded(.towardZero)
    case .remainder: x.truncatingRemainder(dividingBy: y)
    }
  }
}
