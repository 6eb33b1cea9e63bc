/// A value that no column type stands for, but that a cache can tell from others.
///
/// Two values of a type that have the same key are taken for the same: a node that is given the one
/// may get the result that was computed for the other, in this run or another, on this machine or
/// another.
public protocol CacheKeyed: Sendable {
  /// A text that is different for every two values that a node can tell apart, and the same in
  /// every process.
  var cacheKey: String { get }
}

extension Array: CacheKeyed where Element: CacheKeyed {
  /// The elements' keys, each with its length.
  public var cacheKey: String {
    map { element in
      let key = element.cacheKey
      return "\(key.utf8.count):\(key)"
    }.joined()
  }
}

/// Tells whether the values of a type that no column type stands for have keys.
package enum CacheKeyedType {
  package static func isKeyed<Value>(_ type: Value.Type) -> Bool {
    if let optional = type as? any AnyOptional.Type { return optional.isWrappedKeyed }
    return type is any CacheKeyed.Type
  }
}
