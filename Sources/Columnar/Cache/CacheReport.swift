import ColumnarCore

/// Collects what the cache did in a run, by function, when the run ends.
package final class CacheReport: Sendable {
  private let counts = Monitor<[(function: String, statistics: CacheStatistics)]>([])

  package init() {}

  /// What several runs' caches did.
  package convenience init(joining reports: [CacheReport]) {
    self.init()
    for (function, statistics) in reports.flatMap(\.byFunction) { add(function, statistics) }
  }

  func add(_ function: String, _ statistics: CacheStatistics) {
    counts.withLock { $0.append((function, statistics)) }
  }

  /// What was collected, each function once.
  package var byFunction: [String: CacheStatistics] {
    counts.withLock { Dictionary($0.map { ($0.function, $0.statistics) }, uniquingKeysWith: +) }
  }
}
