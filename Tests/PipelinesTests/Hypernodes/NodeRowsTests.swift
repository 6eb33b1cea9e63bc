import Columnar
import ColumnarCore
import ColumnarTesting
import Glibc
import Pipelines
import Testing

/// A test per row of hypernodes' table of nodes, on both engines; "elsewhere" is hypernodes with
/// its own engines, at the commit that docs/from-hypernodes.md names.
@Suite struct NodeRowsTests {
  let x = Input<Int>("x")
  let text = Input<String>("text")

  @Test func aFunctionBecomesANode() throws {
    let y = Node("y", inputs: "x") { (x: Int) in x + 1 }
    let p = try Pipeline { y }
    #expect(p.inputNames == ["x"] && p.outputNames == ["y"])
    for engine in eachEngine { #expect(try p.on(engine).run(["x": 1])[y] == 2) }
  }

  /// Elsewhere several outputs fail on Daft, and of a tuple of another length the rest is dropped in
  /// silence; here they work on both engines, and the length is the type's.
  @Test func severalOutputs() throws {
    let (low, high) = outputs("low", "high", inputs: "x") { (x: Int) in (x - 1, "\(x + 1)") }
    let sum = Node("sum", from: low, high) { "\($0)|\($1)" }
    let p = try Pipeline {
      low
      high
      sum
    }
    let cells = try agreed(p, x.each(0..<5))
    #expect(cells[2] == "sum string: -1|1|0|2|1|3|2|4|3|5")
  }

  /// Elsewhere default values of parameters are ignored, and every parameter must be given.
  @Test func defaultValues() throws {
    let typed = Node("typed", from: x, Input("step", default: 10)) { $0 + $1 }
    let named = try Node("named", inputs: "x", "by") { (x: Int, by: Int) in x * by }
      .defaults(["by": 3])
    let p = try Pipeline {
      typed
      named
    }
    #expect(try agreed(p, x.each([1, 2])) == ["typed int64: 11|12", "named int64: 3|6"])
  }

  /// Elsewhere async nodes run one after the other; here many are in flight on the columnar engine.
  @Test func asyncNodesAreConcurrent() throws {
    let recorder = Recorder()
    let fetched = Node("fetched", from: x) { (x: Int) async throws -> Int in
      try await recorder.enter(together: x < 32 ? 5 : 1)
      recorder.leave()
      return x * 2
    }
    let p = try Pipeline(outputs: fetched)
    #expect(try Array(p.on(.sequential).map(x.each([100, 200]))[fetched]) == [200, 400])
    #expect(recorder.most == 1)
    #expect(try Array(p.map(x.each(0..<32))[fetched]) == (0..<32).map { $0 * 2 })
    #expect(recorder.most > 4)
  }

  @Test func aNodeListedTwiceIsOne() throws {
    let calls = Tally()
    let node = Node("n", from: x) { value -> Int in
      calls.add("n")
      return value
    }
    let p = try Pipeline {
      node
      node
    }
    for engine in eachEngine { #expect(try p.on(engine).run(x.always(1))[node] == 1) }
    #expect(calls["n"] == eachEngine.count)
  }

  /// Elsewhere nodes cannot be renamed.
  @Test func rename() throws {
    let lower = Node("lower", from: text) { $0.lowercased() }
    let p = try Pipeline {
      lower
      try lower.renamed(inputs: ["text": "title"]).renamed("lowerTitle")
    }
    #expect(
      try agreed(p, text.each(["A"]), Input<String>("title").each(["B"]))
        == ["lower string: a", "lowerTitle string: b"])
  }

  /// Elsewhere a batch closure gets a scalar instead of a column where all values of a batch are
  /// equal, also where the batch has one row, and it cannot take states on Daft.
  @Test func dualNodesGetColumnsAndStates() throws {
    let model = State { Model() }
    let sizes = Tally()
    let dual = Node("dual", from: text, Input<Int>("k"), model) {
      $2.predict($0)[0] + Float($1)
    } batch: { texts, ks, model -> [Float] in
      sizes.add("rows", texts.count)
      return zip(texts, ks).map { model.predict($0)[0] + Float($1) }
    }
    let p = try Pipeline(outputs: dual)
    let k = Input<Int>("k")
    for items in [["a"], ["a", "a", "a"], [], ["a", "bb"]] {
      try agreed(p, text.each(items), k.always(1))
    }
    #expect(sizes["rows"] > 0)
    try dual.checkAgreement()
  }

  /// Elsewhere the length of what a batch closure returns is checked late; here with the node's name.
  @Test func dualNodesOfWrongLength() throws {
    let dual = Node("dual", from: x) {
      $0
    } batch: { _ in
      [1, 2, 3]
    }
    let p = try Pipeline(outputs: dual)
    let text = message { _ = try p.map(x.each([1, 2])) }
    #expect(
      text.contains("The batch function \"dual\" returned 3 values for 2 rows.")
        && text.contains("node \"dual\""))
  }

  /// A stateful class is constructed lazily and once per worker, not per item; nothing is pickled.
  @Test func statefulClasses() throws {
    final class Counted: Stateful {
      static let made = Monitor(0)
      init() { Counted.made.withLock { $0 += 1 } }
      func double(_ x: Int) -> Int { x * 2 }
    }
    let node = Node("n", from: x) { (x: Int, counted: Counted) in counted.double(x) }
    let p = try Pipeline(outputs: node)
    #expect(Counted.made.withLock { $0 } == 0)
    for engine in [.sequential, .columnar(threads: 2)] as [any Engine] {
      Counted.made.withLock { $0 = 0 }
      #expect(try p.on(engine).map(x.each(0..<100_000))[node].last == 199_998)
      #expect((1...2).contains(Counted.made.withLock { $0 }))
    }
  }

  /// Elsewhere a node whose parameters are all states is refused on Daft.
  @Test func nodesOfStatesOnly() throws {
    let model = State.shared("version") { "v1" }
    let version = Node("version", from: model) { $0 }
    let length = Node("length", from: text, version) { $0.count + $1.count }
    #expect(try agreed(Pipeline(outputs: length), text.each(["a", "bb"])) == ["length int64: 3|4"])
    let none = Node("none") { 7 }
    #expect(
      try agreed(Pipeline(outputs: none, length), text.each(["a", "bb"]))
        == ["none int64: 7|7", "length int64: 3|4"])
  }

  /// Elsewhere per-node configuration is documented and not in the code.
  @Test func optionsOnEveryKindOfNode() throws {
    let options = UDFOptions(batchSize: 3, maxConcurrency: 2)
    let (a, b) = outputs("a", "b", from: x, options: options) { ($0, $0) }
    let udf = UDF.row("udf") { (x: Int) in x }
    let p = try Pipeline("p", engine: .columnar(threads: 1, defaults: .init(onError: .null))) {
      Node("row", from: x, options: options) { $0 }
      Node("named", inputs: "x", options: options) { (x: Int) in x }
      Node(batch: "batch", from: x, options: options) { $0.map { $0 } }
      Node("dual", from: x, options: options) {
        $0
      } batch: {
        $0.map { $0 }
      }
      Node("async", from: x, options: options) { (x: Int) async throws -> Int in x }
      Node("udf", from: x, udf, options: options)
      a
      b
    }
    let text = p.explain()
    let lines = text.split(separator: "\n").filter {
      $0.contains("node: batchSize 3, maxConcurrency 2; engine: onError null; built-in:")
    }
    #expect(lines.count == 7, "\(text)")
    try agreed(p, x.each(0..<10))
  }
}
