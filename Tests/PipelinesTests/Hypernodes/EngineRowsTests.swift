import Columnar
import ColumnarCore
import Glibc
import Pipelines
import Testing

/// A test per row of hypernodes' table of engines that is about graphs, mapping and values, on both
/// engines.
@Suite struct EngineRowsTests {
  let x = Input<Int>("x")
  let text = Input<String>("text")

  /// Elsewhere a pipeline of one node with a batch closure keeps only the first of several outputs,
  /// and gives constants as repeated arrays; here it is a node like others.
  @Test func aSingleDualNodeIsNoSpecialCase() throws {
    let dual = Node("dual", from: x, Input<Int>("k")) {
      [$0, $1]
    } batch: { xs, ks in
      zip(xs, ks).map { [$0, $1] }
    }
    let alone = try Pipeline(outputs: dual)
    let together = try Pipeline {
      dual
      Node("last", from: dual) { $0.last ?? 0 }
    }
    let k = Input<Int>("k")
    try agreed(alone, x.each([1, 2]), k.always(9))
    #expect(try Array(alone.map(x.each([1, 2]), k.always(9))[dual]) == [[1, 9], [2, 9]])
    #expect(
      try agreed(together, x.each([1, 2]), k.always(9))[1] == "last int64: 9|9")
  }

  /// Elsewhere every value that a node returns becomes a Python object; here columns keep their
  /// types, and lists of lists are no special case.
  @Test func typesOfColumns() throws {
    let p = try Pipeline {
      Node("vectors", from: x) { n in (0..<n).map { [Double($0), 0.5] } }
      Node("flag", from: x) { $0 > 1 }
      Node("date", from: x) { CalendarDate(daysSinceEpoch: Int32($0)) }
    }
    let results = try p.map(x.each(0..<3))
    #expect(try results.frame.schema.fields.map(\.type) == [.list(.list(.float64)), .bool, .date])
    try agreed(p, x.each(0..<3))
  }

  /// Elsewhere objects come back as dictionaries or not at all; here a value of any Sendable type
  /// passes from node to node, and out, as it is.
  @Test func valuesOfAnyType() throws {
    struct Document: Sendable, Equatable {
      let words: [String]
      let scorer: @Sendable (String) -> Int
      static func == (a: Document, b: Document) -> Bool { a.words == b.words }
    }
    final class Index: Sendable {
      let positions: [String: Int]
      init(_ positions: [String: Int]) { self.positions = positions }
    }
    enum Verdict: Sendable {
      case short
      case long(Int)
    }
    let document = Node("document", from: text) { text in
      Document(words: text.split(separator: " ").map(String.init)) { $0.count }
    }
    let index = Node("index", from: document) { document in
      Index(Dictionary(document.words.enumerated().map { ($1, $0) }) { a, _ in a })
    }
    let verdict = Node("verdict", from: document) { document in
      document.words.count < 2
        ? Verdict.short : .long(document.words.map(document.scorer).max() ?? 0)
    }
    let answer = Node("answer", from: index, verdict, text) { index, verdict, text -> String in
      if case .long(let most) = verdict { return "\(index.positions.count) \(most)" }
      return "short \(text)"
    }
    let p = try Pipeline(outputs: answer, document)
    let texts = ["a bb ccc", "x", "", "d d"]
    for engine in eachEngine {
      let r = try p.on(engine).map(text.each(texts))
      #expect(try Array(r[answer]) == ["3 3", "short x", "short ", "1 1"])
      #expect(try r[document].map(\.words.count) == [3, 1, 0, 2])
    }
    let mapped = Node("words", inputs: "document") { (document: Document) in document.words.count }
    let q = try Pipeline { mapped }
    let documents = texts.map { text in Document(words: [text]) { $0.count } }
    for engine in eachEngine {
      #expect(
        try Array(q.on(engine).map(["document": documents], over: "document")[mapped]) == [
          1, 1, 1, 1,
        ])
    }
  }

  /// Elsewhere constants are replicated as a column of objects; here one value is held for all items,
  /// and a constant-looking column is still a column.
  @Test func broadcast() throws {
    let rows = Tally()
    let scaled = Node(batch: "scaled", from: x, Input<Double>("k")) { xs, ks -> [Double] in
      rows.add("k", ks.count)
      return zip(xs, ks).map { Double($0) * $1 }
    }
    let p = try Pipeline(outputs: scaled)
    let k = Input<Double>("k")
    #expect(try agreed(p, x.each([2, 2, 2]), k.always(1.5)) == ["scaled float64: 3.0|3.0|3.0"])
    #expect(try agreed(p, x.each([2]), k.each([1.5])) == ["scaled float64: 3.0"])
    #expect(rows["k"] > 0)
  }

  /// Elsewhere the three levels of configuration are documented, and only the engine's is read; here
  /// each key is resolved by itself, and `explain` says who decided it.
  @Test func configurationHierarchy() throws {
    let node = Node("n", from: x, options: .init(batchSize: 512)) { $0 }
    let p = try Pipeline(
      "p", engine: .columnar(threads: 2, defaults: .init(batchSize: 2048, maxConcurrency: 4)),
      outputs: node)
    #expect(
      p.explain().contains(
        "node: batchSize 512; engine: maxConcurrency 4; built-in: contract pure, isolation thread, "
          + "onError fail"))
    let tuned = p.with(tuned: ["n": .init(batchSize: 1, maxConcurrency: 1, onError: .null)])
    #expect(
      tuned.explain().contains(
        "node: batchSize 512; engine: maxConcurrency 4; tuned: onError null; built-in: contract pure, "
          + "isolation thread"))
    #expect(
      try p.with(.init(maxConcurrency: 1), for: "n").explain().contains(
        "node: batchSize 512, maxConcurrency 1; built-in"))
  }

  /// What was tuned is what is run, on a function that says nothing else.
  @Test func tunedOptionsAreUsed() throws {
    let sizes = Monitor<[Int]>([])
    let node = Node(batch: "n", from: x) { xs -> [Int] in
      sizes.withLock { $0.append(xs.count) }
      return Array(xs)
    }
    let p = try Pipeline(engine: .columnar(threads: 1), outputs: node)
    _ = try p.with(tuned: ["n": .init(batchSize: 4)]).map(x.each(0..<10))
    #expect(sizes.withLock { $0 } == [4, 4, 2])
  }

  /// An engine of one's own is asked by every way to run a pipeline; at length in
  /// `PipelineEngineTests`.
  @Test func customEngine() throws {
    struct Backwards: PipelineEngine {
      func results(of run: ItemRun) throws -> Results {
        let parts = try run.portions(of: 2).reversed().map { try $0.results(on: .sequential) }
        return try parts.isEmpty ? run.results(on: .columnar) : Results(joining: parts.reversed())
      }
    }
    let next = Node("next", from: x) { $0 + 1 }
    let p = try Pipeline(engine: Backwards(), outputs: next)
    #expect(try Array(p.map(x.each(0..<5))[next]) == [1, 2, 3, 4, 5])
    #expect(try p.run(x.always(1))[next] == 2)
    #expect(try p.map(x.each([])).count == 0)
  }

  /// Items keep their order, whatever the options.
  @Test func order() throws {
    let slow = Node("slow", from: x, options: .init(batchSize: 2, maxConcurrency: 8)) { x -> Int in
      if x % 7 == 0 { usleep(1000) }
      return x
    }
    let p = try Pipeline(outputs: slow)
    #expect(try Array(p.map(x.each(0..<200))[slow]) == Array(0..<200))
  }
}
