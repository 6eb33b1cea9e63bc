/// The logical type of a column.
///
/// Nullability is no part of the type: any column may hold nulls.
public struct DataType: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case null
    case bool
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case float32, float64
    case decimal128(precision: Int, scale: Int)
    case string, binary
    case date
    case timestamp(TimeUnit, zone: String?)
    case duration(TimeUnit)
    case list(DataType)
    case fixedSizeList(DataType, Int)
    case structure([Field])
    case opaque(OpaqueType)
  }

  package let kind: Kind

  package init(_ kind: Kind) { self.kind = kind }

  /// A column of nothing but nulls.
  public static let null = DataType(.null)
  /// True or false, one bit each.
  public static let bool = DataType(.bool)
  /// 8-bit signed integers.
  public static let int8 = DataType(.int8)
  /// 16-bit signed integers.
  public static let int16 = DataType(.int16)
  /// 32-bit signed integers.
  public static let int32 = DataType(.int32)
  /// 64-bit signed integers, Swift's `Int`.
  public static let int64 = DataType(.int64)
  /// 8-bit unsigned integers.
  public static let uint8 = DataType(.uint8)
  /// 16-bit unsigned integers.
  public static let uint16 = DataType(.uint16)
  /// 32-bit unsigned integers.
  public static let uint32 = DataType(.uint32)
  /// 64-bit unsigned integers.
  public static let uint64 = DataType(.uint64)
  /// 32-bit floating point, Swift's `Float`.
  public static let float32 = DataType(.float32)
  /// 64-bit floating point, Swift's `Double`.
  public static let float64 = DataType(.float64)
  /// Exact decimal numbers of up to `precision` digits (1 to 38), `scale` of them (0 to `precision`)
  /// behind the point, in 128 bits.
  ///
  /// Other numbers of digits are a programming error; `decimal(precision:scale:)` throws instead.
  public static func decimal128(_ precision: Int, scale: Int = 0) -> DataType {
    precondition(
      (1...DecimalMath.maxPrecision).contains(precision) && (0...precision).contains(scale),
      "a decimal128 has 1 to 38 digits, none to all of them behind the point")
    return DataType(.decimal128(precision: precision, scale: scale))
  }
  /// As `decimal128`; other numbers of digits, and a negative scale, are an `.unsupported` error.
  public static func decimal(precision: Int, scale: Int) throws -> DataType {
    guard (1...DecimalMath.maxPrecision).contains(precision), (0...precision).contains(scale) else {
      throw ColumnarError(
        .unsupported,
        "A decimal of \(precision) digits, \(scale) of them behind the point, is none of ours: "
          + "decimal128 has 1 to 38 digits, and none to all of them behind the point.")
    }
    return DataType(.decimal128(precision: precision, scale: scale))
  }
  /// Valid UTF-8 text.
  public static let string = DataType(.string)
  /// Any bytes.
  public static let binary = DataType(.binary)
  /// Days since 1970-01-01 in the proleptic Gregorian calendar.
  public static let date = DataType(.date)
  /// An instant: a count of `unit`s since 1970-01-01T00:00:00, in UTC if `zone` is given, else
  /// local to nowhere.
  public static func timestamp(_ unit: TimeUnit = .microsecond, zone: String? = nil) -> DataType {
    DataType(.timestamp(unit, zone: zone))
  }
  /// A length of time in `unit`s.
  public static func duration(_ unit: TimeUnit = .microsecond) -> DataType {
    DataType(.duration(unit))
  }
  /// Lists of any length.
  public static func list(_ element: DataType) -> DataType { DataType(.list(element)) }
  /// Lists that all have `count` elements, such as embeddings.
  public static func fixedSizeList(_ element: DataType, count: Int) -> DataType {
    precondition(count >= 0, "a fixed-size list has no negative size")
    return DataType(.fixedSizeList(element, count))
  }
  /// Named fields.
  public static func structure(_ fields: [Field]) -> DataType { DataType(.structure(fields)) }
  /// Values of a Swift type that no column type stands for; they live in this process only.
  public static func opaque<T>(_ type: T.Type) -> DataType { DataType(.opaque(OpaqueType(type))) }
}

/// The resolution of a timestamp or duration.
public enum TimeUnit: String, Hashable, Sendable, Codable {
  case second = "s"
  case millisecond = "ms"
  case microsecond = "us"
  case nanosecond = "ns"

  /// How many of this unit make a second.
  package var perSecond: Int64 {
    switch self {
    case .second: 1
    case .millisecond: 1_000
    case .microsecond: 1_000_000
    case .nanosecond: 1_000_000_000
    }
  }
}

/// The identity of a Swift type inside an opaque column; of an optional, that of what it wraps,
/// because nullability is no part of a column's type.
public struct OpaqueType: Hashable, Sendable {
  private let type: Any.Type

  package var id: ObjectIdentifier { ObjectIdentifier(type) }
  /// For people: other types may have the same.
  package var name: String { "\(type)" }
  /// The same in every process, and another for every type.
  package var stableName: String { StableTypeName.of(type) }

  package init<T>(_ type: T.Type) {
    if let optional = type as? any AnyOptional.Type {
      self = optional.wrappedType
    } else {
      self.type = type
    }
  }

  public static func == (a: OpaqueType, b: OpaqueType) -> Bool { a.type == b.type }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// `Optional` with its wrapped type erased: how nulls of opaque columns are told.
package protocol AnyOptional {
  static var wrappedType: OpaqueType { get }
  /// Whether wrapped values are `CacheKeyed`.
  static var isWrappedKeyed: Bool { get }
  /// The wrapped value, or nil.
  var wrapped: Any? { get }
}

extension Optional: AnyOptional {
  package static var wrappedType: OpaqueType { OpaqueType(Wrapped.self) }
  package static var isWrappedKeyed: Bool { CacheKeyedType.isKeyed(Wrapped.self) }
  package var wrapped: Any? { self }
}

extension DataType: CustomStringConvertible {
  public var description: String {
    switch kind {
    case .timestamp(let unit, let zone?): "timestamp[\(unit.rawValue), \(zone)]"
    case .timestamp(let unit, nil): "timestamp[\(unit.rawValue)]"
    case .duration(let unit): "duration[\(unit.rawValue)]"
    case .decimal128(let precision, let scale): "decimal128[\(precision), \(scale)]"
    case .list(let element): "list[\(element)]"
    case .fixedSizeList(let element, let count): "list[\(element); \(count)]"
    case .structure(let fields):
      "struct[" + fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + "]"
    case .opaque(let type): "opaque[\(type.name)]"
    default: "\(kind)"
    }
  }
}
