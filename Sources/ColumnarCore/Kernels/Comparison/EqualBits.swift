extension Column {
  /// A bit per row, set where the values are equal (flipped with `flip`); unspecified where one is
  /// null.
  ///
  /// Both columns are of one type. Integers are compared by width.
  func equalBits(_ other: Column, flip: UInt64) -> Bitmap {
    switch type.physical {
    case .null: Bitmap(repeating: flip == 0, count: count)
    case .bool: boolBits(other) { ~($0 ^ $1) ^ flip }
    case .float32: equalFloats(other, flip, Float.self)
    case .float64: equalFloats(other, flip, Double.self)
    case .bytes: equalBytes(other, flip)
    case .list, .fixedSizeList: equalLists(other, flip)
    case .structure: equalStructs(other, flip)
    case .opaque: Bitmap(repeating: false, count: count)
    default: equalWords(other, flip)
    }
  }

  private func equalWords(_ other: Column, _ flip: UInt64) -> Bitmap {
    switch type.physical.width {
    case 1: equalIntegers(other, flip, UInt8.self)
    case 2: equalIntegers(other, flip, UInt16.self)
    case 4: equalIntegers(other, flip, UInt32.self)
    case 8: equalIntegers(other, flip, UInt64.self)
    default: equalIntegers(other, flip, UInt128.self)
    }
  }

  private func equalIntegers<T: FixedWidthInteger & BitwiseCopyable>(
    _ other: Column, _ flip: UInt64, _: T.Type
  ) -> Bitmap {
    Arity.test(Operand<T>(self), Operand<T>(other), count, flip: flip) { $0 == $1 }
  }

  private func equalFloats<T: BinaryFloatingPoint & BitwiseCopyable>(
    _ other: Column, _ flip: UInt64, _: T.Type
  ) -> Bitmap {
    Arity.test(Operand<T>(self), Operand<T>(other), count, flip: flip) { a, b in
      (((a == b).bit) | ((a != a).bit & (b != b).bit)) != 0
    }
  }

  /// Combines the bits of two boolean columns, 64 rows at a time.
  func boolBits(_ other: Column, _ f: (UInt64, UInt64) -> UInt64) -> Bitmap {
    let (a, b) = (BoolWords(self), BoolWords(other))
    return Bitmap(count: count) { k in f(a.value(k), b.value(k)) }
  }
}

/// The bits and validity of a boolean column as words; a constant is not repeated.
struct BoolWords {
  private let bits: Bitmap?
  private let constant: UInt64
  private let validity: Bitmap?
  private let isNull: Bool

  init(_ column: Column) {
    if column.isConstantNull {
      (bits, constant, validity, isNull) = (nil, 0, nil, true)
    } else if column.encoding == .constant {
      (bits, validity, isNull) = (nil, nil, false)
      constant = column.encodedValues.bits.isSet(0) ? ~0 : 0
    } else {
      let plain = column.decoded()
      (bits, constant, validity, isNull) = (plain.bits, 0, plain.validity, false)
    }
  }

  /// Bits 64 k to 64 k + 63; unspecified where null.
  @inline(__always)
  func value(_ k: Int) -> UInt64 { bits?.word(k) ?? constant }

  /// Where there are values.
  @inline(__always)
  func valid(_ k: Int) -> UInt64 { isNull ? 0 : validity?.word(k) ?? ~0 }

  /// Whether no row can be null.
  var isTotal: Bool { !isNull && validity == nil }
}
