import ColumnarCore
import Synchronization

/// One function's calls in one query, looked up in a cache first.
package final class CachedCalls: Sendable {
  package let cache: Cache
  let table: CacheTable
  private let identity: CacheIdentity
  private let counts = Counts()

  /// What the cache did for a function in one query.
  package final class Counts: Sendable {
    fileprivate let hits = Atomic<Int>(0)
    fileprivate let misses = Atomic<Int>(0)
    fileprivate let stored = Atomic<Int>(0)
    fileprivate let storedBytes = Atomic<Int>(0)

    /// The counts so far.
    package var statistics: CacheStatistics {
      CacheStatistics(
        hits: hits.load(ordering: .relaxed), misses: misses.load(ordering: .relaxed),
        stored: stored.load(ordering: .relaxed), storedBytes: storedBytes.load(ordering: .relaxed))
    }
  }

  /// Calls of a function of that identity.
  init(_ cache: Cache, _ identity: CacheIdentity, _ type: DataType) {
    self.cache = cache
    self.identity = identity
    table = cache.table(of: identity, type)
  }

  package var statistics: CacheStatistics { counts.statistics }

  /// The results of a batch: those that are known, and those of a call of the others.
  ///
  /// `compute` calls the function on some rows.
  func call(
    _ function: FunctionRun, _ columns: [Column], count: Int,
    compute: ([Column], Int) throws -> Column
  ) throws -> Column {
    let type = function.function.resultType
    guard columns.allSatisfy({ $0.count == count }),
      let keys = StableKeys.keys(of: columns, count: count, seed: identity.key)
    else {
      counts.misses.add(count, ordering: .relaxed)
      return try compute(columns, count)
    }
    let callable = function.function.callableRows(columns)
    let found = table.find(keys, count: count, callable: callable)
    function.tellHits(found.hitCount)
    if let callable { function.countSkipped(count - callable.setCount) }
    counts.hits.add(found.hitCount, ordering: .relaxed)
    counts.misses.add(found.missing.count, ordering: .relaxed)
    if !found.missing.isEmpty {
      // Rows that fail are each told of, so then each is called.
      let mayShare = function.options.onError.value == .fail
      let missing = found.missing.count
      let called = try complete(found, columns, count, keys, mayShare: mayShare, compute)
      // Those that shared a call were not called, so that what listeners hear adds up to all rows.
      function.tellHits(missing - called)
    }
    let results = found.gathered(type).typed(type, count: count)
    // So that a node that is given them can be cached too.
    return type.containsOpaque ? results.withObjectKeys(keys) : results
  }

  /// Computes the missing rows, and keeps those that did not fail; returns how many were called.
  private func complete(
    _ found: CacheLookup, _ columns: [Column], _ count: Int, _ keys: Buffer, mayShare: Bool,
    _ compute: ([Column], Int) throws -> Column
  ) throws -> Int {
    let shared = mayShare ? SharedRows(found.missing, keys) : nil
    let rows = shared?.rows ?? found.missing
    let indices = RowIndices(rows)
    let missed = rows.count == count ? columns : columns.map { $0.taking(indices) }
    let (results, failed) = try Evaluator.mappingRows(indices) {
      try FailedRows.tellingFailures { try compute(missed, rows.count) }
    }
    found.add(results) { shared?.positions[$0] ?? $0 }
    keep(results, indices, keys, failed)
    return rows.count
  }

  private func keep(_ results: Column, _ rows: RowIndices, _ keys: Buffer, _ failed: [Int]) {
    var (results, rows) = (results, rows)
    if !failed.isEmpty {
      var isGood = [Bool](repeating: true, count: results.count)
      for row in failed { isGood[row] = false }
      let good = Bitmap(isGood)
      rows = rows.filtered(by: good)
      results = results.filtered(by: good)
    }
    let bytes = table.store(results, keys: keys.taking(keys: rows))
    counts.stored.add(results.count, ordering: .relaxed)
    counts.storedBytes.add(bytes, ordering: .relaxed)
  }
}

/// Missing rows of a batch of which each key comes once.
private struct SharedRows {
  /// The first row of every key.
  private(set) var rows: [Int32] = []
  /// For each missing row the position of its key among `rows`.
  private(set) var positions: [Int] = []

  /// Nil where no key comes twice.
  init?(_ missing: [Int32], _ keys: Buffer) {
    guard missing.count > 1 else { return nil }
    let index = CacheIndex()
    index.reserve(missing.count) { _ in true }
    positions.reserveCapacity(missing.count)
    let keys = keys.pointer(as: StableKey.self)
    for row in missing {
      let position = index.insert(keys[Int(row)], UInt64(rows.count)) { _ in true }
      if Int(position) == rows.count { rows.append(row) }
      positions.append(Int(position))
    }
    if rows.count == missing.count { return nil }
  }
}
