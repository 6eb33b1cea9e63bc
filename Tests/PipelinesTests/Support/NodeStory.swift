import Columnar

/// What a run's events say of one node, without what depends on threads, batches and time.
struct NodeStory: Equatable, CustomStringConvertible {
  var (starts, ends) = (0, 0)
  var (items, cached, failed, skipped, retried) = (0, 0, 0, 0, 0)
  /// The items that were called one by one; "?" where it is not known which.
  var called: [String] = []
  /// What failed, in order.
  var failures: [String] = []

  var description: String {
    "starts \(starts), ends \(ends), items \(items), cached \(cached), failed \(failed), skipped "
      + "\(skipped), retried \(retried), called \(called), failures \(failures)"
  }

  /// The stories of all nodes and nested pipelines in the events of one run.
  static func all(_ events: [RunEvent]) -> [String: NodeStory] {
    var stories: [String: NodeStory] = [:]
    for event in events {
      guard let node = event.node else { continue }
      stories[node, default: NodeStory()].add(event.kind)
    }
    for node in stories.keys {
      stories[node]?.called.sort()
      stories[node]?.failures.sort()
    }
    return stories
  }

  private mutating func add(_ kind: RunEvent.Kind) {
    switch kind {
    case .nodeStarted, .nestedStarted: starts += 1
    case .nestedFinished: ends += 1
    case .nodeFinished(let figures):
      ends += 1
      (items, cached, failed) = (figures.items, figures.cached, figures.failed)
      (skipped, retried) = (figures.skipped, figures.retried)
    case .itemFinished(let item, _): called.append(item.map { "\($0)" } ?? "?")
    case .itemsFailed(let count, let error): failures.append("\(count): \(error)")
    default: break
    }
  }
}

/// An engine as it is but for who listens.
struct ListenedEngine: Engine {
  var _configuration: EngineConfiguration

  init(_ engine: any Engine, _ listener: any RunListener, cache: Cache? = nil) {
    _configuration = engine._configuration
    _configuration.listeners = [listener]
    _configuration.cache = cache
  }
}
