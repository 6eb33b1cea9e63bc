/// How a type's values lie in memory; kernels that only move values ask for this, not for the type.
package enum PhysicalType: Hashable, Sendable {
  case null, bool
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case float32, float64
  /// Unscaled decimals.
  case int128
  /// 16-byte views over shared blocks of bytes.
  case bytes
  case list, fixedSizeList, structure, opaque

  /// Bytes per value of a fixed-width type, else nil.
  ///
  /// Booleans are bits, so they have none.
  package var width: Int? {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    case .bytes, .int128: 16
    case .null, .bool, .list, .fixedSizeList, .structure, .opaque: nil
    }
  }
}

extension DataType {
  /// How the values lie in memory.
  package var physical: PhysicalType {
    switch kind {
    case .null: .null
    case .bool: .bool
    case .int8: .int8
    case .int16: .int16
    case .int32, .date: .int32
    case .int64, .timestamp, .duration: .int64
    case .uint8: .uint8
    case .uint16: .uint16
    case .uint32: .uint32
    case .uint64: .uint64
    case .float32: .float32
    case .float64: .float64
    case .decimal128: .int128
    case .string, .binary: .bytes
    case .list: .list
    case .fixedSizeList: .fixedSizeList
    case .structure: .structure
    case .opaque: .opaque
    }
  }

  /// Whether this is one of the eight integer types.
  public var isInteger: Bool { isSignedInteger || isUnsignedInteger }

  /// Whether this is int8, int16, int32 or int64.
  public var isSignedInteger: Bool {
    switch kind {
    case .int8, .int16, .int32, .int64: true
    default: false
    }
  }

  /// Whether this is uint8, uint16, uint32 or uint64.
  public var isUnsignedInteger: Bool {
    switch kind {
    case .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }

  /// Whether this is float32 or float64.
  public var isFloatingPoint: Bool { kind == .float32 || kind == .float64 }

  /// Whether this is a decimal type.
  public var isDecimal: Bool { physical == .int128 }

  /// The digits of a decimal, and how many of them are behind the point; nil for other types.
  public var decimalDigits: (precision: Int, scale: Int)? {
    if case .decimal128(let precision, let scale) = kind { (precision, scale) } else { nil }
  }

  /// Whether this is an integer, a floating-point or a decimal type.
  public var isNumeric: Bool { isInteger || isFloatingPoint || isDecimal }

  /// Whether this is a date, timestamp or duration.
  public var isTemporal: Bool {
    switch kind {
    case .date, .timestamp, .duration: true
    default: false
    }
  }

  /// The element type of a list, else nil.
  public var element: DataType? {
    switch kind {
    case .list(let element), .fixedSizeList(let element, _): element
    default: nil
    }
  }

  /// The fields of a struct, else nil.
  public var fields: [Field]? {
    if case .structure(let fields) = kind { fields } else { nil }
  }

  /// Whether this type, or one inside it, lives in this process only.
  package var containsOpaque: Bool {
    switch kind {
    case .opaque: true
    case .list(let element), .fixedSizeList(let element, _): element.containsOpaque
    case .structure(let fields): fields.contains { $0.type.containsOpaque }
    default: false
    }
  }
}
