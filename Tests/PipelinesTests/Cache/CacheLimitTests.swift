import Columnar
import ColumnarCore
import Pipelines
import Synchronization
import Testing

/// That a cache in memory keeps to its limit, also while queries run.
@Suite struct CacheLimitTests {
  private let n = Input<Int>("n")
  private static let limit = 400_000
  private static let threads = 2
  /// What the threads may be adding.
  private static let slack = threads * limit / 16

  /// Forty nodes side by side, each of which looks at the cache's size when it is called.
  private func largest<Value: Sendable>(
    _ cache: Cache, _ make: @escaping @Sendable (Int) -> Value
  ) throws -> Int {
    let largest = Monitor(0)
    let pipeline = try Pipeline("forty") {
      for k in 0..<40 {
        Node("node \(k)", from: n) { n -> Value in
          let bytes = cache.bytesInMemory
          largest.withLock { $0 = max($0, bytes) }
          return make(n)
        }
      }
    }
    let engine = ColumnarEngine(threads: Self.threads, batchRows: 8, cache: cache)
    _ = try pipeline.on(engine).map(n.each(Array(0..<400)))
    return largest.withLock { $0 }
  }

  @Test func openSegmentsCount() throws {
    let cache = Cache.memory(limit: Self.limit)
    let most = try largest(cache) { "\($0), a text that is longer than twelve bytes" }
    #expect(most > Self.limit / 2 && most <= Self.limit + Self.slack)
    #expect(cache.size.bytes == cache.bytesInMemory && cache.bytesInMemory <= Self.limit)
  }

  /// Something large that no column type stands for.
  private final class Large: CacheSized {
    static let bytes = 2_000
    static let alive = Atomic<Int>(0)
    var cachedByteCount: Int { Self.bytes }
    init() { Self.alive.add(1, ordering: .relaxed) }
    deinit { Self.alive.subtract(1, ordering: .relaxed) }
  }

  @Test func valuesThatSayTheirSizeCountIt() throws {
    let cache = Cache.memory(limit: Self.limit)
    let most = try largest(cache) { _ in Large() }
    #expect(most > Self.limit / 2 && most <= Self.limit + Self.slack)
    #expect(cache.size.bytes == cache.bytesInMemory && cache.bytesInMemory <= Self.limit)
    let alive = Large.alive.load(ordering: .relaxed)
    #expect(alive > 0 && alive * Large.bytes <= Self.limit)
    cache.removeAll()
    #expect(Large.alive.load(ordering: .relaxed) == 0)
    #expect(cache.size.bytes == 0 && cache.bytesInMemory == 0)
  }

  /// What is kept is found, though most of it had to go.
  @Test func whatIsLeftIsRight() throws {
    let cache = Cache.memory(limit: 20_000)
    let text = Node("text", from: n) { "\($0), a text that is longer than twelve bytes" }
    let engine = ColumnarEngine(threads: 2, batchRows: 8, cache: cache)
    let pipeline = try Pipeline(engine: engine, outputs: text)
    for round in 0..<10 {
      let items = (0..<300).map { ($0 &* 7 &+ round) % 500 }
      #expect(
        try Array(pipeline.map(n.each(items))[text])
          == items.map { "\($0), a text that is longer than twelve bytes" })
    }
    // The last are there.
    let last = try pipeline.map(n.each([(299 * 7 + 9) % 500]))
    #expect(last.cacheStatistics.hits == 1)
  }
}
