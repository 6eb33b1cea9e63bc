extension DataType {
  /// The type that values of both types are cast to without loss, or nil if there is none.
  ///
  /// | types | common type |
  /// |---|---|
  /// | null and x | x |
  /// | two signed, or two unsigned integers | the wider |
  /// | signed and unsigned integers | the next signed type that holds both; uint64: float64 |
  /// | float32 and an integer of at most 16 bits | float32 |
  /// | decimals, also with integers | the most digits on either side of the point, up to 38 |
  /// | any other mix with a floating-point type | float64 |
  /// | date and timestamp | the timestamp |
  /// | timestamps (of one zone) or durations | that of the finer unit |
  /// | string and binary | binary |
  /// | lists, fixed-size lists, structs of the same field names | elementwise |
  ///
  /// Integers beyond 2^53 are rounded in float64.
  package static func common(_ a: DataType, _ b: DataType) -> DataType? {
    if a == b { return a }
    switch (a.kind, b.kind) {
    case (.null, _): return b
    case (_, .null): return a
    case (.date, .timestamp): return b
    case (.timestamp, .date): return a
    case (.timestamp(let one, let zone), .timestamp(let two, let other)):
      return zone == other ? .timestamp(.finer(one, two), zone: zone) : nil
    case (.duration(let one), .duration(let two)): return .duration(.finer(one, two))
    case (.string, .binary), (.binary, .string): return .binary
    case (.list(let one), .list(let two)), (.list(let one), .fixedSizeList(let two, _)),
      (.fixedSizeList(let one, _), .list(let two)):
      return common(one, two).map { .list($0) }
    case (.fixedSizeList(let one, let size), .fixedSizeList(let two, let other)):
      return common(one, two).map { size == other ? .fixedSizeList($0, count: size) : .list($0) }
    case (.structure(let one), .structure(let two)): return common(one, two)
    default: return a.isNumeric && b.isNumeric ? commonNumber(a, b) : nil
    }
  }

  private static func common(_ a: [Field], _ b: [Field]) -> DataType? {
    guard a.map(\.name) == b.map(\.name) else { return nil }
    var fields: [Field] = []
    for (one, two) in zip(a, b) {
      guard let type = common(one.type, two.type) else { return nil }
      fields.append(Field(one.name, type))
    }
    return .structure(fields)
  }

  private static func commonNumber(_ a: DataType, _ b: DataType) -> DataType {
    if let one = a.exactDigits, let two = b.exactDigits, a.isDecimal || b.isDecimal {
      return one.joined(two)
    }
    let (widthA, widthB) = (a.physical.width ?? 8, b.physical.width ?? 8)
    if a.isFloatingPoint || b.isFloatingPoint {
      let small = { (type: DataType, width: Int) in
        type == .float32 || (type.isInteger && width <= 2)
      }
      return small(a, widthA) && small(b, widthB) ? .float32 : .float64
    }
    if a.isSignedInteger == b.isSignedInteger { return widthA >= widthB ? a : b }
    let (signed, unsigned) = a.isSignedInteger ? (widthA, widthB) : (widthB, widthA)
    switch max(signed, unsigned * 2) {
    case 1: return .int8
    case 2: return .int16
    case 4: return .int32
    case 8: return .int64
    default: return .float64
    }
  }
}

/// How many digits a decimal has, before and behind the point.
struct DecimalShape {
  var whole: Int
  var fraction: Int

  /// The type that has room for both, as far as there is room: digits before the point give way.
  func joined(_ other: DecimalShape) -> DataType {
    DecimalShape(whole: max(whole, other.whole), fraction: max(fraction, other.fraction)).type
  }

  /// The type of these digits, with fewer before the point where it is more than 38 in all.
  var type: DataType {
    let precision = min(max(whole + fraction, 1), DecimalMath.maxPrecision)
    return DataType(.decimal128(precision: precision, scale: fraction))
  }
}

extension DataType {
  /// The digits of a decimal, or those that hold every value of an integer type; nil for others.
  var exactDigits: DecimalShape? {
    switch kind {
    case .decimal128(let precision, let scale):
      DecimalShape(whole: precision - scale, fraction: scale)
    case .int8, .uint8: DecimalShape(whole: 3, fraction: 0)
    case .int16, .uint16: DecimalShape(whole: 5, fraction: 0)
    case .int32, .uint32: DecimalShape(whole: 10, fraction: 0)
    case .int64: DecimalShape(whole: 19, fraction: 0)
    case .uint64: DecimalShape(whole: 20, fraction: 0)
    default: nil
    }
  }

  /// Whether every value of this type is one of the other exactly, where that is a decimal.
  package func fitsDecimal(_ other: DataType) -> Bool {
    guard let own = exactDigits, let wide = other.decimalDigits else { return false }
    return own.whole <= wide.precision - wide.scale && own.fraction <= wide.scale
  }
}

extension TimeUnit {
  /// The unit of the two that divides time into smaller parts.
  package static func finer(_ a: TimeUnit, _ b: TimeUnit) -> TimeUnit {
    a.perSecond >= b.perSecond ? a : b
  }
}
