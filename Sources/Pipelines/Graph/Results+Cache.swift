import Columnar
import ColumnarCore

extension Results {
  /// What the engine's cache did in this run, all nodes together; all zero without one.
  public var cacheStatistics: CacheStatistics { .total(cacheReport) }

  /// What the engine's cache did in this run for one node.
  ///
  /// A node of several outputs goes by their names, joined by ", ". All zero for a node that is not
  /// cached, or whose results nothing needed.
  public func cacheStatistics(of node: String) -> CacheStatistics {
    cacheReport?.byFunction[node] ?? CacheStatistics()
  }
}

extension RunResult {
  /// What the engine's cache did in this run, all nodes together; all zero without one.
  public var cacheStatistics: CacheStatistics { results.cacheStatistics }

  /// What the engine's cache did in this run for one node; names as in `Results`.
  public func cacheStatistics(of node: String) -> CacheStatistics {
    results.cacheStatistics(of: node)
  }
}

extension CacheStatistics {
  /// What a cache did for all nodes together.
  static func total(_ report: CacheReport?) -> CacheStatistics {
    report?.byFunction.values.reduce(CacheStatistics(), +) ?? CacheStatistics()
  }
}
