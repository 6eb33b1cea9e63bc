import Columnar
import Pipelines
import Testing

/// What is said to the handle of a nested pipeline holds for the nodes within, and only what is
/// needed of them is asked for, told and drawn.
@Suite struct NestedHandleTests {
  private let x = Input<Int>("x")

  // MARK: Caching

  /// Two nodes, one behind the other, that count their calls.
  private func inner(_ tally: Tally) throws -> (Pipeline, Node<Int>) {
    let first = Node("first", from: x) { x in
      tally.add("first")
      return x + 1
    }.version("7")
    let second = Node("second", from: first) { x in
      tally.add("second")
      return x * 10
    }
    return (try Pipeline("inner", outputs: second), second)
  }

  private func engines(_ cache: Cache) -> [any Engine] {
    [.sequential(cache: cache), .columnar(threads: 2, cache: cache)]
  }

  @Test func nestedPipelinesAreComputedInEveryRun() throws {
    for kind in 0..<2 {
      let tally = Tally()
      let (inner, second) = try inner(tally)
      for nested in [
        AnyNode(inner.node("in", output: second).uncached()),
        inner.asNode(name: "in", outputs: ["second": "in"]).uncached(),
        // Also of one within.
        try Pipeline("middle") { inner.asNode(name: "deep", outputs: ["second": "in"]) }
          .asNode(name: "in").uncached(),
      ] {
        let before = tally["first"]
        let p = try Pipeline("p", engine: engines(.ample())[kind]) { nested }
        for _ in 0..<2 {
          let results = try p.map(x.each([1, 2]))
          #expect(try Array(results["in", as: Int.self]) == [20, 30])
          #expect(results.cacheStatistics.hits == 0 && results.cacheStatistics.stored == 0)
        }
        #expect(tally["first"] - before == 4)
        if kind == 1 { #expect(p.explain().contains("not cached: ")) }
      }
      // The pipeline itself is as it was.
      let p = try Pipeline(engine: engines(.ample())[kind]) {
        inner.asNode(name: "in", outputs: ["second": "in"])
      }
      let before = tally["first"]
      for _ in 0..<2 { _ = try p.map(x.each([1, 2])) }
      #expect(tally["first"] - before == 2)
    }
  }

  @Test func aVersionOfANestedPipelineIsThatOfItsNodes() throws {
    for kind in 0..<2 {
      let tally = Tally()
      let (inner, second) = try inner(tally)
      let engine = engines(.ample())[kind]
      for (version, calls) in [("1", 2), ("2", 4), ("1", 4), ("2", 4)] {
        let node = inner.node("in", output: second).version(version)
        _ = try Pipeline("p", engine: engine, outputs: node).map(x.each([1, 2]))
        let any = inner.asNode(name: "in", outputs: ["second": "in"]).version(version)
        let p = try Pipeline("p", engine: engine) { any }
        #expect(try Array(p.map(x.each([1, 2]))["in", as: Int.self]) == [20, 30])
        #expect(tally["first"] == calls && tally["second"] == calls, "version \(version)")
        #expect(p.explain().contains("cached in memory, version \(version), 7"))
      }
    }
  }

  // MARK: Defaults

  @Test func defaultsOfANestedNode() throws {
    let add = Node("add", from: x, Input<Int>("k", default: 1), Input<Int>("m")) { $0 + $1 + $2 }
    let inner = try Pipeline("inner", outputs: add)
    let node = inner.node("in", output: add)
    let last = Node("last", from: x) { $0 }
    let p = try Pipeline(outputs: node.defaults(["k": 10, "m": 100]), last)
    #expect(p.unfulfilled == ["x"])
    #expect(try agreed(p, x.each([1, 2])) == ["in int64: 111|112", "last int64: 1|2"])
    #expect(
      try agreed(p, x.each([1, 2]), Input<Int>("m").always(0))
        == ["in int64: 11|12", "last int64: 1|2"])
  }

  // MARK: What is needed

  /// A nested pipeline of two outputs that take different inputs.
  private func twoFold() throws -> Pipeline {
    let inner = try Pipeline("inner") {
      Node("a", from: x) { $0 + 1 }
      Node("b", from: Input<Int>("y")) { $0 + 1 }
    }
    return try Pipeline("p") { inner.asNode(name: "in") }
  }

  @Test func onlyWhatIsNeededIsToldAndDrawn() throws {
    let whole = try twoFold()
    let p = try whole.selecting(names: ["a"])
    #expect(whole.unfulfilled == ["x", "y"] && whole.inputNames == ["x", "y"])
    #expect(p.unfulfilled == ["x"] && p.inputNames == ["x"])
    for engine in eachEngine { #expect(try p.on(engine).run(["x": 1])["a", as: Int.self] == 2) }
    for (pipeline, inputs, nodes) in [(whole, ["x", "y"], ["a", "b"]), (p, ["x"], ["a"])] {
      let drawn = pipeline.graphDescription
      #expect(drawn.inputs.map(\.name) == inputs && drawn.nodes[0].outputs == nodes)
      #expect(drawn.nodes[0].nested?.nodes.map(\.name) == nodes)
      #expect(drawn.nodes[0].nested?.inputs.map(\.name) == inputs)
      #expect(drawn.edges.count == 2 * nodes.count)
    }
  }

  @Test func aPipelineInOneLine() throws {
    let k = Input<Int>("k", default: 5)
    let p = try Pipeline("p") {
      try twoFold().asNode(name: "both", outputs: ["a": "a"])
      Node("scaled", from: Input<Double>("by"), k) { $0 * Double($1) }
    }
    #expect("\(p)" == "p(x: Int, by: Double, k: Int = 5) -> (a: Int, scaled: Double)")
    #expect(
      try "\(p.bind(["by": 0.5, "k": 2]).selecting(names: ["scaled"]))"
        == "p(by: Double = 0.5 (bound), k: Int = 2 (bound)) -> (scaled: Double)")
  }

  // MARK: Names

  /// The columns between are named by paths: neither inputs nor outputs of such names are taken for
  /// them.
  @Test func namesLikePaths() throws {
    let word = Input<String>("word")
    let clean = Node("clean", from: word) { $0 + "~" }
    let inner = try Pipeline("inner", outputs: Node("out", from: clean) { $0 + "!" })
    let odd = Input<String>("in/clean")
    let text = Input<String>("text")
    let p = try Pipeline {
      inner.asNode(name: "in", inputs: ["text": "word"])
      Node("raw", from: odd) { $0 }
    }
    #expect(
      try agreed(p, text.each(["a"]), odd.each(["b"])) == ["out string: a~!", "raw string: b"])
    let other = try Pipeline("other", outputs: Node("o", from: text) { "other " + $0 })
    let q = try Pipeline {
      inner.asNode(name: "in", inputs: ["text": "word"])
      other.asNode(outputs: ["o": "in/clean"])
    }
    #expect(
      try agreed(q, text.each(["a"])) == ["out string: a~!", "in/clean string: other a"])
    let own = Input<String>("each/clean")
    let mapped = try Pipeline(
      "inner", outputs: Node("out", from: Node("clean", from: own) { $0 + "~" }, own) { $0 + $1 })
    let r = try Pipeline {
      mapped.asNode(name: "each", inputs: ["words": "each/clean"], over: ["words"])
    }
    #expect(
      try agreed(r, Input<[String]>("words").each([["a"], []])) == ["out list[string]: [a~a]|[]"])
  }

  /// A column of the frame that is called as a node between would be is left alone.
  @Test func columnsOfAFrameStay() throws {
    let words = Node("words", from: Input<String>("text")) { $0.split(separator: " ").count }
    let p = try Pipeline("p", outputs: Node("twice", from: words) { $0 * 2 })
    let frame = try DataFrame(["text": ["a b", "c"], "words": ["x", "y"], "p.words": [9, 10]])
    let all = try frame.lazy.with(p).collect()
    #expect(all.schema.names == ["text", "words", "p.words", "twice"])
    #expect(try Array(all["p.words", as: Int.self]) == [9, 10])
    #expect(try Array(all["words", as: String.self]) == ["x", "y"])
    #expect(try Array(all["twice", as: Int.self]) == [4, 2])
  }

  // MARK: Several outputs, one item

  /// A node of several outputs is found by the name that events, `explain` and advice give it.
  @Test func severalOutputsByTheirCommonName() throws {
    let (low, high) = outputs("low", "high", from: x) { ($0 - 1, $0 + 1) }
    let p = try Pipeline(outputs: low, high)
    for name in ["low", "high", "low, high"] {
      #expect(try p.with(.init(batchSize: 3), for: name).explain().contains("node: batchSize 3"))
    }
    let cached = try p.uncached("low, high").on(.columnar(cache: .ample()))
    #expect(cached.explain().contains("not cached: "))
  }

  @Test func oneItemTellsOfFailuresAndCache() throws {
    let node = Node("n", from: x, options: .init(onError: .collect)) { (x: Int) throws -> Int in
      if x == 3 { throw Unlucky(value: x) }
      return x
    }
    for engine in engines(.ample()) {
      let p = try Pipeline(engine: engine, outputs: node)
      let failed = try p.run(x.always(3))
      #expect(failed.names == ["n"] && failed.failures.count == 1)
      #expect(try Array(failed.failures["function", as: String?.self]) == ["n"])
      _ = try p.run(x.always(1))
      let found = try p.run(x.always(1))
      #expect(found.failures.count == 0 && found.cacheStatistics.hits == 1)
      #expect(found.cacheStatistics(of: "n").hits == 1)
    }
  }
}
