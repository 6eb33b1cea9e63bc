import Columnar
import ColumnarCore
import ColumnarTesting
import Pipelines
import Testing

/// What is found in a cache, and what is called.
@Suite struct CacheTests {
  private let n = Input<Int>("n")
  private let text = Input<String>("text")

  /// Three nodes in a row and a fourth beside them.
  private func chain(
    _ tally: Tally, middle: (Node<Int>) -> Node<Int> = { $0 }
  ) throws -> Pipeline {
    let a = Node("a", from: n) { n in
      tally.add("a")
      return n * 2
    }
    let b = middle(
      Node("b", from: a) { a in
        tally.add("b")
        return a + 1
      })
    let c = Node("c", from: b, n) { b, n -> String in
      tally.add("c")
      return "\(b) of \(n), a text longer than twelve bytes"
    }
    let d = Node("d", from: b) { b -> [Int]? in
      tally.add("d")
      return b % 3 == 0 ? nil : [b, -b]
    }
    return try Pipeline {
      a
      b
      c
      d
    }
  }

  /// What one engine has computed every other one finds, after one run.
  @Test(arguments: 0..<5)
  func enginesShareKeys(first: Int) throws {
    let items = Array(0..<50)
    let expected = try cells(chain(Tally()).map(n.each(items)).frame)
    let cache = Cache.ample()
    let tally = Tally()
    let pipeline = try chain(tally)
    let cold = try pipeline.on(engines(cache)[first].engine).map(n.each(items))
    #expect(try cells(cold.frame) == expected)
    #expect(cold.cacheStatistics.misses == 200 && cold.cacheStatistics.stored == 200)
    #expect(cold.cacheStatistics.storedBytes > 0)
    for node in ["a", "b", "c", "d"] { #expect(tally[node] == 50) }
    for (name, engine) in engines(cache) {
      let warm = try pipeline.on(engine).map(n.each(items))
      #expect(try cells(warm.frame) == expected, "on \(name)")
      #expect(warm.cacheStatistics == CacheStatistics(hits: 200), "on \(name)")
      #expect(warm.cacheStatistics(of: "b") == CacheStatistics(hits: 50), "on \(name)")
      // In another order, and more than once each.
      let other = try pipeline.on(engine).map(n.each([49, 3, 3, 0, 17, 49, 1]))
      #expect(try Array(other["b", as: Int.self]) == [99, 7, 7, 1, 35, 99, 3], "on \(name)")
    }
    for node in ["a", "b", "c", "d"] { #expect(tally[node] == 50) }
  }

  @Test func onlyWhatIsMissingIsCalled() throws {
    for (name, engine) in engines(.ample()) {
      let tally = Tally()
      let pipeline = try chain(tally).on(
        name == "sequential" ? .sequential(cache: .ample()) : engine)
      _ = try pipeline.version(name, for: "b").map(n.each([1, 2, 5, 8]))
      let results = try pipeline.version(name, for: "b").map(n.each(Array(0..<10)))
      #expect(try Array(results["b", as: Int.self]) == (0..<10).map { $0 * 2 + 1 })
      #expect(tally["b"] == 10, "on \(name)")
    }
  }

  /// An upstream change that gives equal values recomputes nothing after it.
  @Test func earlyCutOff() throws {
    let cache = Cache.ample()
    let tally = Tally()
    let before = try chain(tally).on(.columnar(cache: cache))
    _ = try before.map(n.each(Array(0..<20)))
    let after = try chain(tally).version("2", for: "a").on(.sequential(cache: cache))
    _ = try after.map(n.each(Array(0..<20)))
    #expect(tally["a"] == 40)
    for node in ["b", "c", "d"] { #expect(tally[node] == 20) }
  }

  @Test func anUncachedNodeStopsNobodyElse() throws {
    for (name, engine) in engines(.ample()) {
      let tally = Tally()
      let pipeline = try chain(tally) { $0.uncached() }.on(
        name == "sequential" ? .sequential(cache: .ample()) : engine)
      let fresh = try pipeline.version(name, for: "a").version(name, for: "c")
        .version(name, for: "d")
      for _ in 0..<3 { _ = try fresh.map(n.each(Array(0..<20))) }
      #expect(tally["b"] == 60, "on \(name)")
      for node in ["a", "c", "d"] { #expect(tally[node] == 20, "on \(name)") }
    }
  }

  @Test func versions() throws {
    let cache = Cache.ample()
    let tally = Tally()
    for version in ["1", "2", "1", "2"] {
      let node = Node("node", from: n) { n in
        tally.add(version)
        return n
      }.version(version)
      _ = try Pipeline(engine: .columnar(cache: cache), outputs: node).map(n.each([1, 2]))
    }
    #expect(tally["1"] == 2 && tally["2"] == 2)
  }

  @Test func prunedOutputs() throws {
    let cache = Cache.ample()
    let tally = Tally()
    let pipeline = try chain(tally).on(.columnar(cache: cache))
    _ = try pipeline.selecting(names: ["b"]).map(n.each([1, 2, 3]))
    #expect(tally["a"] == 3 && tally["b"] == 3 && tally["c"] == 0)
    _ = try pipeline.map(n.each([1, 2, 3]))
    #expect(tally["a"] == 3 && tally["b"] == 3 && tally["c"] == 3 && tally["d"] == 3)
  }

  @Test func nilResultsAreFound() throws {
    for (name, engine) in engines(.ample()) {
      let tally = Tally()
      let node = Node("node", from: n) { n -> String? in
        tally.add("calls")
        return n % 2 == 0 ? nil : "\(n)"
      }.version(name)
      let pipeline = try Pipeline(engine: engine, outputs: node)
      for _ in 0..<2 {
        let values = try pipeline.map(n.each([0, 1, 2, 3]))[node]
        #expect(Array(values) == [nil, "1", nil, "3"])
      }
      #expect(tally["calls"] == 4, "on \(name)")
    }
  }

  /// A null that is not called for is neither looked up nor kept.
  @Test func nullsThatAreNotCalled() throws {
    let inputs: [Int?] = [nil, 1, nil, 2]
    for (name, engine) in engines(.ample()) {
      let node = Node("node", from: n) { n in n + 1 }.version(name)
      let pipeline = try Pipeline(engine: engine, outputs: node)
      for round in 0..<2 {
        let results = try pipeline.map(["n": inputs], over: "n")
        let values = try results["node", as: Int?.self]
        #expect(Array(values) == [nil, 2, nil, 3])
        let expected =
          round == 0
          ? CacheStatistics(misses: 2, stored: 2, storedBytes: results.cacheStatistics.storedBytes)
          : CacheStatistics(hits: 2)
        #expect(results.cacheStatistics == expected, "on \(name)")
      }
    }
  }

  @Test func typesAreToldApart() throws {
    let cache = Cache.ample()
    let engine = ColumnarEngine.columnar(cache: cache)
    func value<T: Sendable & ColumnValue>(_ value: T) throws -> String {
      let x = Input<T>("x")
      let node = Node("node", from: x) { "\(T.self) \($0)" }
      return try Pipeline(engine: engine, outputs: node).run(x.always(value))[node]
    }
    for _ in 0..<2 {
      #expect(try value(1) == "Int 1")
      #expect(try value(1.0) == "Double 1.0")
      #expect(try value("1") == "String 1")
      #expect(try value(true) == "Bool true")
      #expect(try value(-0.0) == "Double -0.0")
      #expect(try value(0.0) == "Double 0.0")
    }
  }

  @Test func equalItemsOfABatchShareACall() throws {
    let tally = Tally()
    let node = Node("node", from: n) { n -> Int in
      tally.add("calls")
      if n < 0 { throw Odd() }
      return n * 10
    }
    let recorder = RunRecorder()
    let engine = ColumnarEngine(threads: 1, listeners: [recorder], cache: .ample())
    let pipeline = try Pipeline(engine: engine, outputs: node)
    let items = [3, 1, 3, 3, 2, 1]
    #expect(try Array(pipeline.map(n.each(items))[node]) == items.map { $0 * 10 })
    #expect(tally["calls"] == 3)
    let figures = recorder.overlay[["node"]]
    #expect(figures?.rows == 3 && figures?.cached == 3, "what was called and what was not: 6 items")
    // The row of an error is that of the batch.
    let error = #expect(throws: ColumnarError.self) {
      try pipeline.map(n.each([3, 4, 4, 1, -1, -1]))
    }
    #expect(error?.row == 4)
  }

  struct Odd: Error {}

  /// Rows that failed are called again in the next run, the others of their batch are not.
  @Test(arguments: [UDFOptions.ErrorPolicy.null, .collect])
  func failuresAreNotKept(_ policy: UDFOptions.ErrorPolicy) throws {
    for (name, engine) in engines(.ample()) {
      let tally = Tally()
      let options = UDFOptions(onError: policy, errorBudget: .fraction(0.5))
      let node = Node("node", from: n, options: options) { n -> Int? in
        tally.add("\(n)")
        if n % 3 == 0 { throw Odd() }
        return n % 3 == 1 ? nil : n
      }.version(name)
      let pipeline = try Pipeline(engine: engine, outputs: node)
      for round in 1...3 {
        let results = try pipeline.map(n.each([1, 3, 5, 3, 2, 6, 4]))
        #expect(try Array(results[node]) == [nil, nil, 5, nil, 2, nil, nil], "on \(name)")
        let failed = try Array(results.failures["row", as: Int.self])
        #expect(failed == (policy == .collect ? [1, 3, 5] : []), "on \(name), round \(round)")
        for kept in ["1", "5", "2", "4"] { #expect(tally[kept] == 1, "on \(name)") }
        #expect(tally["3"] == 2 * round && tally["6"] == round, "on \(name)")
      }
    }
  }

  /// What was computed before a query failed is there in the next.
  @Test func aFailedRunKeepsWhatItComputed() throws {
    let tally = Tally()
    let node = Node("node", from: n) { n -> Int in
      if n == 30, tally["good"] == 0 { throw Odd() }
      tally.add("calls")
      return n
    }
    let engine = ColumnarEngine(threads: 1, batchRows: 10, cache: .ample())
    let pipeline = try Pipeline(engine: engine, outputs: node)
    #expect(throws: ColumnarError.self) { try pipeline.map(n.each(Array(0..<40))) }
    #expect(tally["calls"] == 30)
    tally.add("good")
    _ = try pipeline.map(n.each(Array(0..<40)))
    #expect(tally["calls"] == 40)
  }

  final class Model: Stateful {
    static let made = Tally()
    init() { Self.made.add("made") }
    func predict(_ n: Int) -> Int { n + 100 }
  }

  @Test func aWarmNodeMakesNoState() throws {
    for (name, engine) in engines(.ample()) {
      let node = Node("node", from: n) { (n: Int, model: Model) in model.predict(n) }.version(name)
      let pipeline = try Pipeline(engine: engine, outputs: node)
      _ = try pipeline.map(n.each([1, 2, 3]))
      let made = Model.made["made"]
      #expect(try Array(pipeline.map(n.each([2, 3, 1]))[node]) == [102, 103, 101])
      #expect(Model.made["made"] == made, "on \(name)")
    }
  }

  @Test func severalOutputs() throws {
    for (name, engine) in engines(.ample()) {
      let tally = Tally()
      let (half, rest) = outputs("half", "rest", from: n) { n -> (Int, String?) in
        tally.add("calls")
        return (n / 2, n % 2 == 0 ? nil : "odd")
      }
      let pipeline = try Pipeline(engine: engine, outputs: half, rest)
        .version(name, for: "rest")
      for _ in 0..<2 {
        let results = try pipeline.map(n.each([4, 5, 6]))
        #expect(try Array(results[half]) == [2, 2, 3])
        #expect(try Array(results[rest]) == [nil, "odd", nil])
      }
      #expect(tally["calls"] == 3, "on \(name)")
    }
  }

  @Test func batchAndAsyncNodes() throws {
    for (name, engine) in engines(.ample()) {
      let tally = Tally()
      let whole = Node(batch: "whole", from: n) { n -> [Int] in
        tally.add("whole", n.count)
        return n.map { $0 + 1 }
      }
      let each = Node(batch: "each", from: n, elementwise: true) { n -> [Int] in
        tally.add("each", n.count)
        return n.map { $0 + 2 }
      }.version(name)
      let later = Node("later", from: n) { n async throws -> Int in
        tally.add("later")
        await Task.yield()
        return n + 3
      }.version(name)
      let pipeline = try Pipeline(engine: engine, outputs: whole, each, later)
      for _ in 0..<2 {
        let results = try pipeline.map(n.each([1, 2, 3, 4]))
        #expect(try Array(results[whole]) == [2, 3, 4, 5])
        #expect(try Array(results[each]) == [3, 4, 5, 6])
        #expect(try Array(results[later]) == [4, 5, 6, 7])
      }
      #expect(tally["whole"] == 8 && tally["each"] == 4 && tally["later"] == 4, "on \(name)")
    }
  }

  @Test(arguments: [UDFOptions.Contract.once, .ordered])
  func sideEffectsAreNotLeftOut(_ contract: UDFOptions.Contract) throws {
    for (name, engine) in engines(.ample()) {
      let tally = Tally()
      let node = Node("node", from: n, options: .init(contract: contract)) { n in
        tally.add("calls")
        return n
      }
      let pipeline = try Pipeline(engine: engine, outputs: node)
      for _ in 0..<2 { _ = try pipeline.map(n.each([1, 1, 2])) }
      #expect(tally["calls"] == 6, "on \(name)")
    }
  }

  /// Random data in random order, partly known: the same as without a cache.
  @Test func property() throws {
    let pipeline = try Pipeline {
      Node("shout", from: text) { $0.uppercased() + "!" }
      Node("parts", from: text) { $0.split(separator: " ").map(String.init) }
      Node("size", inputs: "parts", "n") { (parts: [String], n: Int) -> Double? in
        parts.isEmpty ? nil : Double(parts.count * n)
      }
    }
    let cache = Cache.ample()
    PropertyTest.seeds(40) { generator in
      do {
        let count = generator.random.int(in: 1..<60)
        let texts = generator.column(.string, count: count, nulls: 0.2)
        let numbers = (0..<count).map { _ in generator.random.int(in: 0..<4) }
        let frame = try DataFrame(columns: [("text", texts), ("n", Int.column(of: numbers))])
        let expected = try cells(frame.lazy.with(pipeline).collect(on: .columnar))
        let (name, engine) = generator.random.pick(engines(cache).filter { $0.0 != "sequential" })
        #expect(
          try cells(frame.lazy.with(pipeline).collect(on: engine)) == expected,
          "seed \(generator.seed) on \(name)")
      } catch {
        Issue.record("seed \(generator.seed): \(error)")
      }
    }
  }

  /// Listeners hear of what was found, also of a node that was never called.
  @Test func events() throws {
    let recorder = EventRecorder(.batches)
    let cache = Cache.ample()
    let engines: [any Engine] = [
      ColumnarEngine(listeners: [recorder], cache: cache),
      SequentialEngine(listeners: [recorder], cache: cache),
    ]
    let node = Node("node", from: n) { $0 + 1 }
    for (engine, found) in zip(engines, [0, 10]) {
      let pipeline = try Pipeline(engine: engine, outputs: node)
      for (count, found) in [(10, found), (12, found == 0 ? 10 : 12), (12, 12)] {
        _ = try pipeline.map(n.each(Array(0..<count)))
        let own = recorder.takeAll().filter { $0.node == "node" }
        let hits = own.map { if case .cacheHit(let items) = $0.kind { items } else { 0 } }
        #expect(hits.reduce(0, +) == found)
        guard case .nodeStarted? = own.first?.kind,
          case .nodeFinished(let figures)? = own.last?.kind
        else {
          Issue.record("no beginning or no end: \(own)")
          continue
        }
        #expect(figures.cached == found && figures.items == count - found)
      }
    }
  }

  @Test func manyThreads() async throws {
    let cache = Cache.memory(limit: 1 << 20)
    let node = Node("node", from: n) { "\($0), a text longer than twelve bytes" }
    let pipeline = try Pipeline(engine: .columnar(threads: 2, cache: cache), outputs: node)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for round in 0..<10 {
            let items = (0..<2_000).map { ($0 * 7 + task * round * 131) % 20_000 }
            let values = try pipeline.map(n.each(items))[node]
            #expect(Array(values) == items.map { "\($0), a text longer than twelve bytes" })
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(cache.size.bytes <= 1 << 20)
  }

  /// What was not used for longest goes first.
  @Test func limit() throws {
    let cache = Cache.memory(limit: 400_000)
    let tally = Tally()
    let node = Node("node", from: n) { n in
      tally.add("calls")
      return "\(n), a text longer than twelve bytes"
    }
    let pipeline = try Pipeline(engine: .columnar(cache: cache), outputs: node)
    func calls(_ items: Range<Int>) throws -> Int {
      let before = tally["calls"]
      let values = try pipeline.map(n.each(elementsOf: items))[node]
      #expect(values.first == "\(items.lowerBound), a text longer than twelve bytes")
      return tally["calls"] - before
    }
    #expect(try calls(0..<1_000) == 1_000)
    for k in 1..<20 {
      #expect(try calls(k * 1_000..<(k + 1) * 1_000) == 1_000)
      #expect(try calls(0..<1_000) == 0)
      #expect(cache.size.bytes <= 400_000)
    }
    #expect(try calls(1_000..<2_000) == 1_000)
    #expect(try calls(19_000..<20_000) == 0)
    cache.removeAll()
    #expect(cache.size.rows == 0)
    #expect(try calls(0..<1_000) == 1_000)
  }

  @Test func aLimitOfNothing() throws {
    let node = Node("node", from: n) { $0 + 1 }
    let pipeline = try Pipeline(engine: .columnar(cache: .memory(limit: 0)), outputs: node)
    for _ in 0..<2 {
      #expect(try Array(pipeline.map(n.each([1, 2, 3]))[node]) == [2, 3, 4])
    }
  }

  @Test func noItems() throws {
    for (_, engine) in engines(.ample()) {
      let pipeline = try chain(Tally()).on(engine)
      for _ in 0..<2 { #expect(try pipeline.map(n.each([])).count == 0) }
    }
  }
}
