import ColumnarCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How Foundation's values are stored that encode themselves in a way that no column is laid out
/// in; `RowDecoder` reads the same back.
enum FoundationShape {
  /// What stores a type's values, and one of them; nil for other types.
  static func of<T>(_ type: T.Type) -> (stored: any ColumnValue.Type, value: T)? {
    let found: (any ColumnValue.Type, Any?)? =
      if type == URL.self {
        (String.self, URL(string: "a:"))
      } else if type == UUID.self {
        (String.self, UUID())
      } else if type == Decimal.self {
        (String.self, Decimal())
      } else if type == Data.self {
        (Binary.self, Data())
      } else {
        nil
      }
    guard let found, let value = found.1 as? T else { return nil }
    return (found.0, value)
  }

  /// What is stored for a value; nil for those of other types.
  static func stored(_ value: Any) -> (any ColumnValue)? {
    switch value {
    case let url as URL: url.absoluteString
    case let id as UUID: id.uuidString
    case let decimal as Decimal: decimal.description
    case let data as Data: Binary(Array(data))
    default: nil
    }
  }
}
