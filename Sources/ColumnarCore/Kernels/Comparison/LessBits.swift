extension Column {
  /// A bit per row, set where this value is less than the other (flipped with `flip`); unspecified
  /// where one is null.
  ///
  /// Both columns are of one type, which has an order.
  func lessBits(_ other: Column, flip: UInt64) -> Bitmap {
    switch type.physical {
    case .bool: boolBits(other) { (~$0 & $1) ^ flip }
    case .int8: lessIntegers(other, flip, Int8.self)
    case .int16: lessIntegers(other, flip, Int16.self)
    case .int32: lessIntegers(other, flip, Int32.self)
    case .int64: lessIntegers(other, flip, Int64.self)
    case .uint8: lessIntegers(other, flip, UInt8.self)
    case .uint16: lessIntegers(other, flip, UInt16.self)
    case .uint32: lessIntegers(other, flip, UInt32.self)
    case .uint64: lessIntegers(other, flip, UInt64.self)
    case .int128: lessIntegers(other, flip, Int128.self)
    case .float32: lessFloats(other, flip, Float.self)
    case .float64: lessFloats(other, flip, Double.self)
    case .bytes: lessBytes(other, flip)
    default: Bitmap(repeating: false, count: count)
    }
  }

  private func lessIntegers<T: FixedWidthInteger & BitwiseCopyable>(
    _ other: Column, _ flip: UInt64, _: T.Type
  ) -> Bitmap {
    Arity.test(Operand<T>(self), Operand<T>(other), count, flip: flip) { $0 < $1 }
  }

  /// NaN is greater than all else: a is less than b where IEEE says so, or where b alone is NaN.
  private func lessFloats<T: BinaryFloatingPoint & BitwiseCopyable>(
    _ other: Column, _ flip: UInt64, _: T.Type
  ) -> Bitmap {
    Arity.test(Operand<T>(self), Operand<T>(other), count, flip: flip) { a, b in
      (((a < b).bit) | ((b != b).bit & (a == a).bit)) != 0
    }
  }
}
