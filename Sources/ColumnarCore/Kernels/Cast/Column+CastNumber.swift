extension Column {
  /// Numbers to numbers; times count as integers.
  func castNumber(to target: DataType, _ strict: Bool) throws -> Column {
    if type.physical == target.physical { return reinterpreted(as: target) }
    switch type.physical {
    case .int8: return try fromInteger(target, strict, Int8.self)
    case .int16: return try fromInteger(target, strict, Int16.self)
    case .int32: return try fromInteger(target, strict, Int32.self)
    case .int64: return try fromInteger(target, strict, Int64.self)
    case .uint8: return try fromInteger(target, strict, UInt8.self)
    case .uint16: return try fromInteger(target, strict, UInt16.self)
    case .uint32: return try fromInteger(target, strict, UInt32.self)
    case .uint64: return try fromInteger(target, strict, UInt64.self)
    case .float32: return try fromFloat(target, strict, Float.self)
    default: return try fromFloat(target, strict, Double.self)
    }
  }

  private func fromInteger<A: FixedWidthInteger & BitwiseCopyable>(
    _ target: DataType, _ strict: Bool, _: A.Type
  ) throws -> Column {
    switch target.physical {
    case .int8: return try integers(target, strict, A.self, Int8.self)
    case .int16: return try integers(target, strict, A.self, Int16.self)
    case .int32: return try integers(target, strict, A.self, Int32.self)
    case .int64: return try integers(target, strict, A.self, Int64.self)
    case .uint8: return try integers(target, strict, A.self, UInt8.self)
    case .uint16: return try integers(target, strict, A.self, UInt16.self)
    case .uint32: return try integers(target, strict, A.self, UInt32.self)
    case .uint64: return try integers(target, strict, A.self, UInt64.self)
    case .float32:
      return try converted(to: target, strict, A.self, Float.self) { (Float($0), true) }
    default: return try converted(to: target, strict, A.self, Double.self) { (Double($0), true) }
    }
  }

  private func integers<
    A: FixedWidthInteger & BitwiseCopyable, B: FixedWidthInteger & BitwiseCopyable
  >(
    _ target: DataType, _ strict: Bool, _: A.Type, _: B.Type
  ) throws -> Column {
    try converted(to: target, strict, A.self, B.self) { value in
      let result = B(truncatingIfNeeded: value)
      let isSame = (A(truncatingIfNeeded: result) == value).bit
      return (result, isSame & ((result < 0) == (value < 0)).bit != 0)
    }
  }

  private func fromFloat<A: BinaryFloatingPoint & BitwiseCopyable>(
    _ target: DataType, _ strict: Bool, _: A.Type
  ) throws -> Column {
    switch target.physical {
    case .int8: return try truncated(target, strict, A.self, Int8.self) { Int8($0) }
    case .int16: return try truncated(target, strict, A.self, Int16.self) { Int16($0) }
    case .int32: return try truncated(target, strict, A.self, Int32.self) { Int32($0) }
    case .int64: return try truncated(target, strict, A.self, Int64.self) { Int64($0) }
    case .uint8: return try truncated(target, strict, A.self, UInt8.self) { UInt8($0) }
    case .uint16: return try truncated(target, strict, A.self, UInt16.self) { UInt16($0) }
    case .uint32: return try truncated(target, strict, A.self, UInt32.self) { UInt32($0) }
    case .uint64: return try truncated(target, strict, A.self, UInt64.self) { UInt64($0) }
    case .float32:
      return try converted(to: target, strict, A.self, Float.self) { value in
        let result = Float(value)
        return (result, (result.isInfinite.bit & value.isFinite.bit) == 0)
      }
    default: return try converted(to: target, strict, A.self, Double.self) { (Double($0), true) }
    }
  }

  /// `convert` is one line per type, because the generic initializer from a floating-point number
  /// is ten times slower than each of the concrete ones.
  @inline(__always)
  private func truncated<
    A: BinaryFloatingPoint & BitwiseCopyable, B: FixedWidthInteger & BitwiseCopyable
  >(
    _ target: DataType, _ strict: Bool, _: A.Type, _: B.Type, _ convert: (Double) -> B
  ) throws -> Column {
    // In Double every bound of at most 32 bits and its neighbour is exact; of 64 bits only the
    // powers of two are.
    let upper = B.isSigned ? -Double(B.min) : Double(B.max / 2 + 1) * 2
    let lower =
      !B.isSigned ? -1 : B.bitWidth == 64 ? Double(B.min).nextDown : Double(B.min) - 1
    return try converted(to: target, strict, A.self, B.self) { value in
      let number = Double(value)
      let fits = number > lower && number < upper
      return (convert(fits ? number : 0), fits)
    }
  }

  /// Zeros and ones.
  func boolAsNumber(_ target: DataType) -> Column {
    let bits = bits
    let values: Buffer
    switch target.physical {
    case .float32: values = numbers(bits, 1 as Float)
    case .float64: values = numbers(bits, 1 as Double)
    default:
      values =
        switch target.physical.width {
        case 1: numbers(bits, 1 as UInt8)
        case 2: numbers(bits, 1 as UInt16)
        case 4: numbers(bits, 1 as UInt32)
        default: numbers(bits, 1 as UInt64)
        }
    }
    return Column(type: target, values: values, validity: validity, count: count)
  }

  private func numbers<T: BitwiseCopyable & Numeric>(_ bits: Bitmap, _ one: T) -> Buffer {
    let memory = MutableBuffer(count: count * MemoryLayout<T>.stride)
    let out = memory.pointer(as: T.self)
    for k in 0..<bits.wordCount {
      let word = bits.word(k)
      let base = k &<< 6
      for i in 0..<Swift.min(64, count &- base) {
        out[base &+ i] = (word &>> UInt64(truncatingIfNeeded: i)) & 1 != 0 ? one : 0
      }
    }
    return memory.freeze()
  }

  /// Whether a number is not zero; NaN is not.
  func isNotZero() -> Column {
    let bits =
      switch type.physical {
      case .float32: Arity.test(Operand<Float>(self), count) { $0 != 0 }
      case .float64: Arity.test(Operand<Double>(self), count) { $0 != 0 }
      default:
        switch type.physical.width {
        case 1: Arity.test(Operand<UInt8>(self), count) { $0 != 0 }
        case 2: Arity.test(Operand<UInt16>(self), count) { $0 != 0 }
        case 4: Arity.test(Operand<UInt32>(self), count) { $0 != 0 }
        case 8: Arity.test(Operand<UInt64>(self), count) { $0 != 0 }
        default: Arity.test(Operand<UInt128>(self), count) { $0 != 0 }
        }
      }
    return Column(bits: bits, validity: validity)
  }
}
