import Columnar
import ColumnarCore
import Foundation
import Pipelines
import Testing

/// A test per statement of hypernodes' section on caching, on both engines; what is tested at
/// length stands in `Cache`.
@Suite struct CacheRowsTests {
  private let x = Input<Int>("x")

  /// The kinds of engine, each with the cache.
  private func both(_ cache: Cache) -> [any Engine] {
    [.sequential(cache: cache), ColumnarEngine(threads: 2, batchRows: 3, cache: cache)]
  }

  private func counted(_ name: String, _ tally: Tally) -> Node<Int> {
    Node(name, from: x) { x in
      tally.add(name)
      return x + 1
    }
  }

  /// Elsewhere a change upstream computes everything after it anew, though the values are equal.
  @Test func aChangeUpstreamThatGivesEqualValuesStopsThere() throws {
    let (cache, tally) = (Cache.ample(), Tally())
    for (version, engine) in zip(["1", "2"], both(cache)) {
      let first = counted("first", tally).version(version)
      let second = Node("second", from: first) { value in
        tally.add("second")
        return value * 2
      }
      let p = try Pipeline(engine: engine, outputs: second)
      #expect(try Array(p.map(x.each([1, 2]))[second]) == [4, 6])
    }
    #expect(tally["first"] == 4 && tally["second"] == 2)
  }

  /// Elsewhere 1 and "1", and true and "True", have one key, and what a value holds privately, or
  /// more than ten levels deep, has none.
  @Test func valuesAreToldApartByTypeAndBits() throws {
    let cache = Cache.ample()
    func kept<Value: ColumnValue & Sendable>(_ values: [Value]) throws -> [String] {
      let value = Input<Value>("value")
      let node = Node("node", from: value) { "\(Value.self) \($0)" }
      let results = try both(cache).map { engine in
        try Array(Pipeline(engine: engine, outputs: node).map(value.each(values))[node])
      }
      #expect(results[0] == results[1])
      return results[0]
    }
    for _ in 0..<2 {
      #expect(try kept([1, 2]) == ["Int 1", "Int 2"])
      #expect(try kept(["1", "true"]) == ["String 1", "String true"])
      #expect(try kept([true, false]) == ["Bool true", "Bool false"])
      #expect(try kept([1.0, -0.0, 0.0]) == ["Double 1.0", "Double -0.0", "Double 0.0"])
      #expect(try kept([["a"], ["a", ""]]).last == "Array<String> [\"a\", \"\"]")
      let deep = [1, 2].map { [[[[$0]]]] }.map { [[[[$0]]]] }.map { [[[[$0]]]] }
      let texts = try kept(deep)
      #expect(texts[0] != texts[1])
    }
  }

  /// What an object holds counts as far as it says so itself.
  @Test func objectsHaveTheKeysTheyGive() throws {
    struct Model: CacheKeyed {
      private let secret: Int
      init(_ secret: Int) { self.secret = secret }
      var cacheKey: String { "\(secret)" }
      func apply(_ x: Int) -> Int { x * secret }
    }
    let model = Input<Model>("model")
    let tally = Tally()
    let node = Node("node", from: x, model) { x, model in
      tally.add("calls")
      return model.apply(x)
    }
    let cache = Cache.ample()
    for secret in [2, 3, 2, 3] {
      for engine in both(cache) {
        let p = try Pipeline(engine: engine, outputs: node)
        #expect(
          try Array(p.map(x.each([1, 5]), model.always(Model(secret)))[node]) == [
            secret, 5 * secret,
          ])
      }
    }
    #expect(tally["calls"] == 4)
  }

  /// Elsewhere nil results are computed every time.
  @Test func nilResultsAreHits() throws {
    let (cache, tally) = (Cache.ample(), Tally())
    let node = Node("node", from: x) { x -> Int? in
      tally.add("calls")
      return x > 1 ? x : nil
    }
    for engine in both(cache) {
      #expect(
        try Array(Pipeline(engine: engine, outputs: node).map(x.each([1, 2]))[node]) == [nil, 2])
    }
    #expect(tally["calls"] == 2)
  }

  /// Elsewhere there is no cache in memory; here it is the same as one on disk, both can be emptied.
  @Test func inMemoryAndOnDisk() throws {
    let directory = try CacheDirectory()
    for cache in [Cache.ample(), try directory.cache()] {
      let tally = Tally()
      let p = try Pipeline(outputs: counted("n", tally))
      for engine in both(cache) { _ = try p.on(engine).map(x.each([1, 2, 3])) }
      #expect(tally["n"] == 3)
      cache.removeAll()
      _ = try p.on(both(cache)[0]).map(x.each([1, 2, 3]))
      #expect(tally["n"] == 6)
    }
  }

  /// Elsewhere the list of all entries is written anew with each, without a lock, so that writers
  /// lose each other's; here what is written is never touched again.
  @Test func writtenFilesAreLeftAlone() throws {
    let directory = try CacheDirectory()
    let p = try Pipeline(outputs: counted("n", Tally()))
    func run(_ items: Range<Int>, on other: Cache) throws -> [String: Data] {
      _ = try p.on(.columnar(cache: other)).map(x.each(elementsOf: items))
      return try Dictionary(
        uniqueKeysWithValues: directory.segments.map {
          ($0, try Data(contentsOf: URL(fileURLWithPath: $0)))
        })
    }
    let (one, two) = (try directory.cache(), try directory.cache())
    let first = try run(0..<10, on: one)
    let both = try run(10..<20, on: two)
    #expect(first.count == 1 && both.count == 2)
    for (path, bytes) in first { #expect(both[path] == bytes) }
    let tally = Tally()
    _ = try Pipeline(engine: .columnar(cache: directory.cache()), outputs: counted("n", tally))
      .map(x.each(elementsOf: 0..<20))
    #expect(tally["n"] == 0)
  }

  /// Elsewhere nothing bounds the cache's size, and what was damaged is read as it is.
  @Test func boundedAndChecked() throws {
    let small = Cache.memory(limit: 20_000)
    let p = try Pipeline(outputs: counted("n", Tally()))
    for k in 0..<4 {
      _ = try p.on(.columnar(cache: small)).map(x.each(elementsOf: k * 1_000..<(k + 1) * 1_000))
      #expect(small.size.bytes <= 20_000)
    }
    let directory = try CacheDirectory()
    _ = try p.on(.columnar(cache: directory.cache())).map(x.each([1, 2, 3]))
    let path = try #require(directory.segments.first)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let damaged = try directory.cache()
    #expect(
      try Array(p.on(.columnar(cache: damaged)).map(x.each([1, 2, 3]))["n", as: Int.self]) == [
        2, 3, 4,
      ])
    #expect(damaged.damagedFiles == 1)
  }

  /// Elsewhere a chain of k nodes is warm on Daft after k + 1 runs, never if one of its nodes is not
  /// cached, and then by whole items only.
  @Test func aChainIsWarmAfterOneRunNodeByNode() throws {
    for engine in 0..<2 {
      let (cache, tally) = (Cache.ample(), Tally())
      var nodes: [AnyNode] = []
      for k in 0..<6 {
        let node = Node("n\(k)", inputs: k == 0 ? "x" : "n\(k - 1)") { (value: Int) in
          tally.add("n\(k)")
          return value + 1
        }
        nodes.append(AnyNode(k == 2 ? node.uncached() : node))
      }
      let p = try Pipeline(engine: both(cache)[engine]) { for node in nodes { node } }
      _ = try p.map(x.each([1, 2, 3]))
      let warm = try p.map(x.each([3, 1, 2]))
      #expect(try Array(warm["n5", as: Int.self]) == [9, 7, 8])
      for k in 0..<6 { #expect(tally["n\(k)"] == (k == 2 ? 6 : 3)) }
      // Of four items one is new.
      let mixed = try p.map(x.each([1, 2, 3, 50]))
      #expect(mixed.cacheStatistics(of: "n5").misses == 1)
      #expect(mixed.cacheStatistics(of: "n5").hits == 3)
      #expect(tally["n5"] == 4)
    }
  }

  /// Elsewhere what follows a node of several outputs forgets what it depends on, on Daft.
  @Test func whatFollowsSeveralOutputsIsNeverStale() throws {
    let cache = Cache.ample()
    for factor in [1, 10] {
      let (low, high) = outputs("low", "high", from: x) { ($0 - factor, $0 + factor) }
      let sum = Node("both", from: low, high) { "\($0) \($1)" }
      for engine in both(cache) {
        let p = try Pipeline(engine: engine, outputs: sum).version("\(factor)", for: "low")
        #expect(try Array(p.map(x.each([0]))[sum]) == ["\(-factor) \(factor)"])
      }
    }
  }

  /// Elsewhere pipelines two levels deep are known by where they lie in memory, and are never found
  /// by another process; and the results of one of which less was asked for stand for all.
  @Test func nestedPipelines() throws {
    let directory = try CacheDirectory()
    for round in 0..<2 {
      let tally = Tally()
      // Everything is made anew, as in another process.
      let a = counted("a", tally)
      let b = Node("b", from: a) { a in
        tally.add("b")
        return a * 10
      }
      let inner = try Pipeline("inner", outputs: a, b)
      let middle = try Pipeline("middle") {
        inner.asNode(name: "deep", outputs: ["a": "a", "b": "b"])
      }
      let outer = try Pipeline("outer") {
        middle.asNode(name: "mid", outputs: ["a": "a", "b": "b"])
      }
      let cache = try directory.cache()
      for engine in both(cache) {
        let p = try outer.on(engine)
        #expect(try Array(p.map(x.each([1, 2]), outputs: "a")["a", as: Int.self]) == [2, 3])
        let all = try p.map(x.each([1, 2]))
        #expect(try Array(all["a", as: Int.self]) == [2, 3])
        #expect(try Array(all["b", as: Int.self]) == [20, 30])
      }
      #expect(tally["a"] == (round == 0 ? 2 : 0) && tally["b"] == (round == 0 ? 2 : 0))
    }
  }

  /// Elsewhere only the row closure of a node of both counts, and the batch closure bypasses the
  /// cache.
  @Test func nodesOfTwoClosures() throws {
    let (cache, tally) = (Cache.ample(), Tally())
    for version in ["1", "2"] {
      let dual = Node("dual", from: x) { x -> Int in
        tally.add(version)
        return x
      } batch: { xs -> [Int] in
        tally.add(version, xs.count)
        return Array(xs)
      }.version(version)
      for engine in both(cache) {
        _ = try Pipeline(engine: engine, outputs: dual).map(x.each([1, 2]))
      }
      #expect(tally[version] == 2)
    }
  }

  /// Elsewhere the two engines have keys of their own.
  @Test func enginesShareWhatTheyKept() throws {
    for order in [[0, 1], [1, 0]] {
      let (cache, tally) = (Cache.ample(), Tally())
      let p = try Pipeline(outputs: counted("n", tally))
      for engine in order { _ = try p.on(both(cache)[engine]).map(x.each([1, 2, 3])) }
      #expect(tally["n"] == 3)
    }
  }

  /// Elsewhere nothing tells of a miss; here statistics tell of both, and events of what was found.
  @Test func hitsAndMissesAreTold() throws {
    for engine in 0..<2 {
      let recorder = EventRecorder(.batches)
      let p = try Pipeline(
        engine: ListenedEngine(both(.ample())[engine], recorder, cache: .ample()),
        outputs: counted("n", Tally()))
      _ = try p.map(x.each([1, 2]))
      _ = recorder.takeAll()
      let statistics = try p.map(x.each([1, 2, 3])).cacheStatistics
      #expect(statistics.hits == 2 && statistics.misses == 1 && statistics.stored == 1)
      let events = recorder.takeAll()
      let hits = events.reduce(0) { sum, event in
        if case .cacheHit(let items) = event.kind { sum + items } else { sum }
      }
      #expect(hits == 2 && NodeStory.all(events)["n"]?.items == 1)
    }
  }
}
