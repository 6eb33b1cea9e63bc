import ColumnarCore

/// One value of a column, for slow and obvious code: the oracle's and the tests'.
///
/// Equality and hash are the engine's: NaN equals itself, -0 equals 0, strings are compared by
/// bytes, and a null equals a null (for three-valued comparison see `Oracle`). Dates and times are
/// their counts.
public indirect enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case decimal(Decimal128)
  /// A string's or binary value's bytes.
  case bytes([UInt8])
  case list([Value])
  case structure([Value])

  /// Text.
  public static func string(_ text: String) -> Value { .bytes(Array(text.utf8)) }

  /// Whether this is no value.
  public var isNull: Bool { if case .null = self { true } else { false } }
}

extension Value: Hashable {
  public static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.int(let x), .int(let y)): x == y
    case (.uint(let x), .uint(let y)): x == y
    case (.double(let x), .double(let y)): x == y || (x.isNaN && y.isNaN)
    case (.decimal(let x), .decimal(let y)): x == y
    case (.bytes(let x), .bytes(let y)): x == y
    case (.list(let x), .list(let y)): x == y
    case (.structure(let x), .structure(let y)): x == y
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let x): hasher.combine(x)
    case .int(let x): hasher.combine(x)
    case .uint(let x): hasher.combine(x)
    case .double(let x): hasher.combine(x.isNaN ? .nan : x == 0 ? 0 : x)
    case .decimal(let x): hasher.combine(x)
    case .bytes(let x): hasher.combine(x)
    case .list(let x), .structure(let x): hasher.combine(x)
    }
  }
}

extension Value: CustomStringConvertible {
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let x): "\(x)"
    case .int(let x): "\(x)"
    case .uint(let x): "\(x)"
    case .double(let x): "\(x)"
    case .decimal(let x): "\(x)"
    case .bytes(let x): "\"\(String(decoding: x, as: UTF8.self))\"(\(x.count))"
    case .list(let x): "[" + x.map(\.description).joined(separator: ", ") + "]"
    case .structure(let x): "{" + x.map(\.description).joined(separator: ", ") + "}"
    }
  }
}
