/// What a cache did in one run.
public struct CacheStatistics: Sendable, Equatable {
  /// Rows whose result was there.
  public var hits: Int
  /// Rows whose result was not there.
  public var misses: Int
  /// Rows whose result was added: of the misses those that did not fail, each key once per batch.
  public var stored: Int
  /// The bytes of what was added.
  public var storedBytes: Int

  /// Those counts.
  public init(hits: Int = 0, misses: Int = 0, stored: Int = 0, storedBytes: Int = 0) {
    self.hits = hits
    self.misses = misses
    self.stored = stored
    self.storedBytes = storedBytes
  }

  /// The counts of two taken together.
  public static func + (a: CacheStatistics, b: CacheStatistics) -> CacheStatistics {
    CacheStatistics(
      hits: a.hits + b.hits, misses: a.misses + b.misses, stored: a.stored + b.stored,
      storedBytes: a.storedBytes + b.storedBytes)
  }
}
