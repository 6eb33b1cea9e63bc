import Columnar
import ColumnarCore
import Pipelines
import Testing

/// How nested pipelines are compiled, and what their nodes' options come to.
@Suite struct NestedPlanTests {
  private let n = Input<Int>("n")
  private let lists = Input<[Int]>("lists")

  private func mapped(
    _ options: UDFOptions = UDFOptions(), _ body: @escaping @Sendable (Int) throws -> Int
  ) throws -> Pipeline {
    let f = Node("f", from: n, options: options, body)
    let g = Node("g", from: n) { -$0 }
    let (fs, gs) = try Pipeline("inner", outputs: f, g).each("each", n, in: lists, outputs: f, g)
    return try Pipeline("outer", outputs: fs, gs)
  }

  private func frame() throws -> LazyFrame {
    try DataFrame(["k": [1, 2, 3, 4], "lists": [[1, 2], [3], [], [4, 5, 6]]]).lazy
  }

  @Test func filtersPassBelowAndUnusedResultsAreNotComputed() throws {
    let calls = Tally()
    let pipeline = try mapped {
      calls.add("f")
      return $0 + 1
    }
    let some = try frame().with(pipeline).filter(col("k") > 2).select("k", "each/f").collect()
    #expect(try Array(some["each/f", as: [Int].self]) == [[], [5, 6, 7]])
    #expect(calls["f"] == 3)
    let others = try frame().with(pipeline).select("k", "each/g").collect()
    #expect(try Array(others["each/g", as: [Int].self]).last == [-4, -5, -6])
    #expect(calls["f"] == 3)
    // Nothing of it is used: it isn't mapped at all.
    #expect(!(try frame().with(pipeline).select("k").explain()).contains("Elements of"))
    let first = try frame().with(pipeline).limit(1).collect()
    #expect(try Array(first["each/f", as: [Int].self]) == [[2, 3]])
    #expect(calls["f"] == 5)
    // A condition on the results stays above.
    let long = try frame().with(pipeline).filter(!col("each/f").isNull()).collect()
    #expect(long.count == 4)
  }

  @Test func onceIsABarrierFromWithin() throws {
    let calls = Tally()
    let pipeline = try mapped(UDFOptions(contract: .once)) {
      calls.add("f")
      return $0
    }
    let result = try frame().with(pipeline).filter(col("k") > 2).select("k").collect()
    #expect(result.count == 2)
    #expect(calls["f"] == 6)
    _ = try frame().with(pipeline).limit(1).collect()
    #expect(calls["f"] == 12)
  }

  @Test func orderedGoesThroughTheElementsInOrder() throws {
    let seen = Monitor<[Int]>([])
    let pipeline = try mapped(UDFOptions(contract: .ordered)) { x in
      seen.withLock { $0.append(x) }
      return x
    }
    let all = (0..<300).map { k in (0..<(k % 7)).map { 10 * k + $0 } }
    _ = try pipeline.on(.columnar(threads: 2)).map(lists.each(all))
    #expect(seen.withLock { $0 } == all.flatMap { $0 })
  }

  @Test func explainShowsIt() throws {
    let pipeline = try mapped { $0 }
    let text = pipeline.explain()
    #expect(text.contains("pipeline \"inner\" for each n, from lists"), "\(text)")
    #expect(text.contains("  f: Int (int64), row, from n"), "\(text)")
    #expect(text.contains("Map lists [each/f, each/g] = each over [lists]"), "\(text)")
    #expect(text.contains("Elements of each [n]"), "\(text)")
    #expect(text.contains("each/f(n)"), "\(text)")
    let analyzed = try frame().with(pipeline).explain(analyze: true)
    #expect(analyzed.contains("each/f: row"), "\(analyzed)")
    #expect(analyzed.contains("rows 6"), "\(analyzed)")
  }

  @Test func exactBatchesAcrossItems() throws {
    let sizes = Monitor<[Int]>([])
    let doubled = Node(batch: "doubled", from: n, options: UDFOptions(batchSize: 10)) { values in
      sizes.withLock { $0.append(values.count) }
      return values.map { $0 * 2 }
    }
    let outer = try Pipeline(
      outputs: Pipeline("inner", outputs: doubled).each("each", n, in: lists, output: doubled))
    let all = (0..<25).map { k in Array(repeating: k, count: k % 4) }
    let results = try outer.on(.columnar(threads: 2)).map(lists.each(all))
    #expect(
      try Array(results["each", as: [Int].self]) == all.map { $0.map { 2 * $0 } })
    let count = all.reduce(0) { $0 + $1.count }
    #expect(
      sizes.withLock { $0.sorted() } == [count % 10] + Array(repeating: 10, count: count / 10))
  }

  @Test func oneItemRunsOnAllThreadsAndStatesAreMadeOncePerWorker() throws {
    let made = Tally()
    let recorder = Recorder()
    let state = State<Int>("state") {
      made.add("state")
      return 1
    }
    let slow = Node("slow", from: n, state) { (n: Int, one: Int) -> Int in
      recorder.enter(together: 2)
      defer { recorder.leave() }
      try Task.sleepThread(milliseconds: 1)
      return n + one
    }
    let outer = try Pipeline(
      outputs: Pipeline("inner", outputs: slow).each("each", n, in: lists, output: slow))
    let result = try outer.on(.columnar(threads: 2)).run(lists.always(Array(0..<400)))
    #expect(try result["each", as: [Int].self] == Array(1...400))
    #expect(recorder.most == 2)
    #expect(made["state"] <= 2)
  }

  @Test func theOuterEngineRunsAndItsDefaultsHold() throws {
    let sizes = Monitor<[Int]>([])
    let f = Node(batch: "f", from: n) { values in
      sizes.withLock { $0.append(values.count) }
      return Array(values)
    }
    // The inner pipeline's engine has no say.
    let inner = try Pipeline("inner", engine: .sequential, outputs: f)
    let outer = try Pipeline(
      "outer", engine: .columnar(threads: 1, defaults: UDFOptions(batchSize: 4)),
      outputs: inner.each("each", n, in: lists, output: f))
    _ = try outer.run(lists.always(Array(0..<10)))
    #expect(sizes.withLock { $0 } == [4, 4, 2])
  }

  @Test func eventsNamePaths() throws {
    let square = Node<Int>(expression: "square", from: n) { $0 * $0 }
    let next = Node("next", from: square) { $0 + 1 }
    // As an output, so that the optimizer does not make it a part of what uses it.
    let (each, squares) = try Pipeline("inner", outputs: next, square).each(
      "each", n, in: lists, outputs: next, square)
    let (flat, root) = try Pipeline("flat", outputs: square, next).node(
      "flat", outputs: square, next)
    let outer = try Pipeline("outer", outputs: each, squares, flat, root)
    var seen: [Set<String>] = []
    for isColumnar in [true, false] {
      let nodes = Monitor<Set<String>>([])
      let listener = EventHandler(.nodes) { event in
        if let node = event.node { nodes.withLock { _ = $0.insert(node) } }
      }
      let engine: any Engine =
        isColumnar
        ? ColumnarEngine(listeners: [listener]) : SequentialEngine(listeners: [listener])
      _ = try outer.on(engine).map(lists.each([[1, 2], [], [3]]), n.each([1, 2, 3]))
      seen.append(nodes.withLock { $0 })
    }
    #expect(seen[0] == ["each", "each/square", "each/next", "flat", "flat/square", "flat/next"])
    #expect(seen[0] == seen[1])
  }

  @Test func elementsAreCachedEachByItself() throws {
    let calls = Tally()
    let f = Node("f", from: n) { (n: Int) in
      calls.add("f")
      return n * 2
    }
    let g = Node("f", from: n) { (n: Int) in n * 3 }
    let fs = try Pipeline("one", outputs: f).each("fs", n, in: lists, output: f)
    let gs = try Pipeline("two", outputs: g).each("gs", n, in: lists, output: g)
    let engine = ColumnarEngine(cache: .memory(limit: 1 << 20))
    let outer = try Pipeline("outer", engine: engine, outputs: fs, gs)
    #expect(try Array(outer.map(lists.each([[1, 2], [3]]))[fs]) == [[2, 4], [6]])
    #expect(calls["f"] == 3)
    // Nodes of one name in two pipelines are two.
    let results = try outer.map(lists.each([[3, 4], [], [1, 2]]))
    #expect(try Array(results[fs]) == [[6, 8], [], [2, 4]])
    #expect(try Array(results[gs]) == [[9, 12], [], [3, 6]])
    #expect(calls["f"] == 4)
    _ = try outer.uncached("fs/f").map(lists.each([[1, 2]]))
    #expect(calls["f"] == 6)
  }

  @Test func manyElementsOfOneItem() throws {
    let f = Node<Int>(expression: "f", from: n) { $0 + 1 }
    let outer = try Pipeline(
      outputs: Pipeline("inner", outputs: f).each("each", n, in: lists, output: f))
    let values = Array(0..<300_000)
    #expect(try outer.run(lists.always(values))["each", as: [Int].self] == values.map { $0 + 1 })
  }

  @Test func asyncNodesWithin() throws {
    let f = Node("f", from: n) { (n: Int) async throws -> Int in
      await Task.yield()
      return n * 2
    }
    let outer = try Pipeline(
      outputs: Pipeline("inner", outputs: f).each("each", n, in: lists, output: f))
    #expect(
      try agreed(outer, lists.each([[1, 2], [], [3]])) == ["each list[int64]: [2, 4]|[]|[6]"])
  }
}

extension Task where Success == Never, Failure == Never {
  /// Holds the thread for a while.
  fileprivate static func sleepThread(milliseconds: UInt64) throws {
    try Cancellation().sleep(nanoseconds: milliseconds * 1_000_000)
  }
}
