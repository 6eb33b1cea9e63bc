/// A value that no column type stands for, but that says how much memory it takes.
///
/// A cache cannot see that by itself: without this it counts a value, whatever it refers to, as 8
/// bytes beside what every result costs.
public protocol CacheSized: Sendable {
  /// About how many bytes the value keeps alive.
  var cachedByteCount: Int { get }
}

extension Array: CacheSized where Element: CacheSized {
  /// The elements' bytes.
  public var cachedByteCount: Int { reduce(0) { $0 + $1.cachedByteCount } }
}

extension Column {
  /// Adds to each row's size what its opaque value says of itself.
  ///
  /// Nothing for columns of other types. Costs a look at every object.
  package func addSizesOfObjects(to sizes: inout [Int]) {
    guard type.physical == .opaque else { return }
    for (row, object) in objects.enumerated() {
      guard let object = object as? any CacheSized else { continue }
      sizes[row] += max(0, object.cachedByteCount)
    }
  }
}
