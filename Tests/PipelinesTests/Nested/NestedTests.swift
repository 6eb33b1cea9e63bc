import Columnar
import ColumnarCore
import Pipelines
import Testing

/// Pipelines as nodes of others, not mapped: their nodes run as if they stood there.
@Suite struct NestedTests {
  private let text = Input<String>("text")
  private let suffix = Input<String>("suffix", default: "!")

  /// The nodes trimmed -> shouted, counted.
  private func inner() throws -> (Pipeline, Node<String>, Node<Int>) {
    let trimmed = Node("trimmed", from: text) { String($0.filter { $0 != " " }) }
    let shouted = Node("shouted", from: trimmed, suffix) { $0.uppercased() + $1 }
    let counted = Node("counted", from: trimmed) { $0.count }
    return (try Pipeline("clean", outputs: shouted, counted), shouted, counted)
  }

  @Test func oneOutput() throws {
    let (inner, shouted, _) = try inner()
    let title = Input<String>("title")
    let clean = inner.node("clean", text.from(title), output: shouted)
    let both = Node("both", from: clean, title) { "\($0)/\($1)" }
    let outer = try Pipeline("outer", outputs: both)
    #expect(
      try agreed(outer, title.each([" a b", "c", ""])) == [
        "both string: AB!/ a b|C!/c|!/"
      ])
    #expect(try outer.run(title.always("x "))[both] == "X!/x ")
  }

  @Test func severalOutputsAndWires() throws {
    let (inner, shouted, counted) = try inner()
    let title = Input<String>("title")
    let mark = Node("mark", from: title) { $0.isEmpty ? "?" : "." }
    let (loud, length) = inner.node(
      "clean", text.from(title), suffix.from(mark), outputs: shouted, counted)
    let outer = try Pipeline("outer", outputs: loud, length)
    #expect(outer.outputs == ["clean/shouted", "clean/counted"])
    let results = try outer.map(title.each(["a b", ""]))
    #expect(try Array(results[loud]) == ["AB.", "?"])
    #expect(try Array(results[length]) == [2, 0])
    try agreed(outer, title.each(["a b", "", " "]))
  }

  @Test func byNames() throws {
    let (inner, _, _) = try inner()
    let outer = try Pipeline("outer") {
      inner.asNode(
        name: "c", inputs: ["title": "text"], outputs: ["counted": "n", "shouted": "loud"])
      Node("twice", inputs: "n") { (n: Int) in 2 * n }
    }
    let results = try outer.map(["title": ["a", "bc "]], over: "title")
    #expect(results.names == ["loud", "n", "twice"])
    #expect(try Array(results["loud", as: String.self]) == ["A!", "BC!"])
    #expect(try Array(results["n", as: Int.self]) == [1, 2])
    #expect(try Array(results["twice", as: Int.self]) == [2, 4])
    // The default may be given from outside all the same.
    let other = try outer.map(["title": ["a"], "suffix": "~"], over: "title")
    #expect(try other["loud", as: String.self][0] == "A~")
  }

  @Test func allOutputsUnderTheirOwnNames() throws {
    let (inner, _, _) = try inner()
    let outer = try Pipeline { inner.asNode() }
    let results = try outer.map(["text": ["a"]], over: "text")
    #expect(results.names == ["shouted", "counted"])
  }

  @Test func mappingsAreHeeded() throws {
    // hypernodes' columnar engine ignored both mappings of a pipeline that is not mapped.
    let x = Input<Int>("x")
    let inner = try Pipeline(outputs: Node("y", from: x) { $0 + 1 })
    let outer = try Pipeline {
      inner.asNode(name: "one", inputs: ["a": "x"], outputs: ["y": "b"])
      inner.asNode(name: "two", inputs: ["b": "x"], outputs: ["y": "c"])
    }
    for engine in [.columnar, .sequential] as [any Engine] {
      let results = try outer.on(engine).map(["a": [1, 10]], over: "a")
      #expect(try Array(results["b", as: Int.self]) == [2, 11])
      #expect(try Array(results["c", as: Int.self]) == [3, 12])
    }
  }

  @Test func onlyWhatIsNeededRunsAndIsRequired() throws {
    let calls = Tally()
    let a = Input<Int>("a")
    let b = Input<Int>("b")
    let left = Node("left", from: a) { (x: Int) in
      calls.add("left")
      return x + 1
    }
    let right = Node("right", from: b) { (x: Int) in
      calls.add("right")
      return x * 2
    }
    let inner = try Pipeline("inner", outputs: left, right)
    let (l, r) = inner.node("both", outputs: left, right)
    let up = Node("up", from: l) { $0 + 100 }
    let down = Node("down", from: r) { $0 - 100 }
    let outer = try Pipeline("outer", outputs: up, down)
    for engine in [.columnar, .sequential] as [any Engine] {
      let results = try outer.on(engine).selecting(up).map(a.each([1, 2]))
      #expect(try Array(results[up]) == [102, 103])
    }
    #expect(calls["left"] == 4)
    #expect(calls["right"] == 0)
    #expect(message { _ = try outer.map(a.each([1])) }.contains("Missing input: \"b\""))
    // The same through two levels, and mapped.
    let middle = try Pipeline("middle", outputs: l, r)
    let deep = try Pipeline("deep") {
      middle.asNode(
        name: "m", inputs: ["as": "a", "bs": "b"],
        outputs: ["both/left": "ls", "both/right": "rs"], over: ["as"])
    }
    let found = try deep.selecting(names: ["ls"]).map(["as": [[1, 2], []]], over: "as")
    #expect(try Array(found["ls", as: [Int].self]) == [[2, 3], []])
    #expect(calls["right"] == 0)
  }

  @Test func threeLevelsInline() throws {
    let x = Input<Int>("x")
    let plus = Node("plus", from: x) { $0 + 1 }
    let one = try Pipeline("one", outputs: plus)
    let two = try Pipeline("two") {
      one.asNode(name: "p", outputs: ["plus": "y"])
      Node("z", inputs: "y", "x") { (y: Int, x: Int) in y * x }
    }
    let outer = try Pipeline("outer") {
      Node("x", inputs: "start") { (s: Int) in s * 10 }
      two.asNode(name: "t", outputs: ["z": "w"])
    }
    #expect(
      try agreed(outer, Input<Int>("start").each([1, 2])) == ["x int64: 10|20", "w int64: 110|420"])
  }

  @Test func numbersWiden() throws {
    let x = Input<Double>("x")
    let inner = try Pipeline(
      outputs: Node<Double>(expression: "half", from: x) { $0 / 2 },
      Node("root", from: x) { $0.squareRoot() })
    let n = Input<Int32>("n")
    let whole = Node("whole", from: n) { $0 + 1 }
    let outer = try Pipeline {
      whole
      inner.asNode(name: "i", inputs: ["whole": "x"])
    }
    #expect(
      try agreed(outer, n.each([3, 8])) == [
        "whole int32: 4|9", "half float64: 2.0|4.5", "root float64: 2.0|3.0",
      ])
  }

  @Test func statesReachNodesWithin() throws {
    final class Greeter: Stateful {
      init() {}
      func greet(_ name: String) -> String { "hi " + name }
    }
    let word = State<String>("word") { "hello" }
    let name = Input<String>("name")
    let byHandle = Node("byHandle", from: name, word) { $1 + " " + $0 }
    let made = Node("made", from: name) { (name: String, greeter: Greeter) in greeter.greet(name) }
    let inner = try Pipeline("inner") {
      byHandle
      made
      Node("given", inputs: "name", "tool", stateful: ["tool"]) { (name: String, tool: String) in
        tool + name
      }
      Node("byName", inputs: "name", "greeter", stateful: ["greeter"]) {
        (name: String, greeter: Greeter) in greeter.greet(name)
      }
    }
    let outer = try Pipeline("outer") {
      inner.asNode(name: "flat")
      inner.asNode(
        name: "mapped", inputs: ["names": "name"],
        outputs: ["byHandle": "bs", "made": "ms", "given": "gs", "byName": "ns"], over: ["names"])
    }
    let bindings = [
      Input<String>("name").each(["a"]), Input<[String]>("names").each([["x", "y"]]),
      Input<String>("tool").always("t-"), word.make { "bye" },
    ]
    for engine in [.columnar, .sequential] as [any Engine] {
      let results = try outer.on(engine).map(bindings, mode: .zip, isByName: false)
      #expect(try results["byHandle", as: String.self][0] == "bye a")
      #expect(try results["given", as: String.self][0] == "t-a")
      #expect(try results["bs", as: [String].self][0] == ["bye x", "bye y"])
      #expect(try results["ms", as: [String].self][0] == ["hi x", "hi y"])
      #expect(try results["gs", as: [String].self][0] == ["t-x", "t-y"])
      #expect(try results["ns", as: [String].self][0] == ["hi x", "hi y"])
    }
  }

  @Test func inAFrame() throws {
    let (inner, shouted, counted) = try inner()
    let title = Input<String>("title")
    let loud = inner.node("clean", text.from(title), output: shouted)
    let outer = try Pipeline("outer", outputs: loud)
    let frame = try DataFrame([
      "title": ["a", "b b"], "clean/trimmed": [7, 8], "k": [1, 2],
    ])
    let result = try frame.lazy.with(outer).filter(col("clean") != "A!").collect()
    // What stands between does not take the place of a column of the frame.
    #expect(
      try cells(result) == [
        "title string: b b", "clean/trimmed int64: 8", "k int64: 2", "clean string: BB!",
      ])
    let words = Input<[String]>("words")
    let counts = inner.each("counts", text, in: words, output: counted)
    let lists = try DataFrame(["words": [["a", "bb"], []], "k": [1, 2]])
    for engine in [.columnar, .sequential] as [any Engine] {
      let mapped = try lists.lazy.with(Pipeline(outputs: counts)).collect(on: engine)
      #expect(
        try cells(mapped) == [
          "words list[string]: [a, bb]|[]", "k int64: 1|2", "counts list[int64]: [1, 2]|[]",
        ])
    }
  }
}
