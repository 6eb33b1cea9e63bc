import ColumnarCore

/// What an engine keeps from one query to the next where it is asked to: the states of functions,
/// and worker processes with theirs.
///
/// They are finished when the last copy of the engine goes.
package final class WarmResources: Sendable {
  package let states = StateStore()
  private let pools = Monitor<[WorkerPool.Key: WorkerPool]>([:])

  package init() {}

  deinit {
    for pool in pools.withLock({ Array($0.values) }) { pool.shutDown(isCancelled: false) }
    states.finish()
  }

  /// A pool of workers that serve the same function, for one query alone; nil if there is none.
  func take(_ key: WorkerPool.Key) -> WorkerPool? {
    pools.withLock { $0.removeValue(forKey: key) }
  }

  /// Keeps a pool that a query has done with; false if there is one for that function already.
  func keep(_ pool: WorkerPool) -> Bool {
    pools.withLock { pools in
      guard pools[pool.key] == nil else { return false }
      pools[pool.key] = pool
      return true
    }
  }
}
