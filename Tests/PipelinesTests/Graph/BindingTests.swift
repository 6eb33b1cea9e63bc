import Pipelines
import Testing

/// A Sendable type that no column type stands for.
struct Point: Sendable, Equatable {
  var x: Int
  var y: Int
}

@Suite struct BindingTests {
  let x = Input<Int>("x")
  let y = Input<Int>("y")

  private func sum() throws -> (Node<Int>, Pipeline) {
    let node = Node("sum", from: x, y) { $0 + $1 }
    return (node, try Pipeline("p", outputs: node))
  }

  @Test func unequalLengths() throws {
    let (_, p) = try sum()
    #expect(
      message { _ = try p.map(x.each([1, 2]), y.each([1, 2, 3])) }
        == "length mismatch: Inputs that are mapped over together must be equally long: \"x\" has 2, "
        + "\"y\" has 3. Make them so, or use mode: .product. (at pipeline \"p\")")
  }

  /// What needs an input is not proposed in its place, and how it is given is said.
  @Test func missingInputsAreNotMistakenForTheirUsers() throws {
    let node = Node("counts", from: Input<Int>("count")) { $0 + 1 }
    let p = try Pipeline("p", outputs: node)
    #expect(
      message { _ = try p.run() }.contains(
        "Missing input: \"count\" (Int, for \"counts\"). Give it: count.each(…)"))
    let (_, q) = try sum()
    #expect(
      message { _ = try q.map(["x": [1, 2]], over: "x") }.contains(
        "Missing input: \"y\" (Int, for \"sum\"). Give it by name: [\"y\": …]."))
  }

  @Test func missingAndExtra() throws {
    let (_, p) = try sum()
    #expect(
      message { _ = try p.map(x.each([1])) }
        == "invalid plan: Missing input: \"y\" (Int, for \"sum\"). Give it: y.each(…) one value per item, or "
        + "y.always(…) the same for all. (at pipeline \"p\")")
    #expect(
      message { _ = try p.map(x.each([1]), y.each([1]), Input<Int>("yy").always(1)) }
        == "column not found: No node takes an input \"yy\". The inputs are \"x\", \"y\". (at pipeline "
        + "\"p\")")
    #expect(
      message { _ = try p.map(x.each([1]), x.each([1]), y.always(1)) }
        .contains("The input \"x\" is given twice."))
    #expect(
      message { _ = try p.map(x.each([1]), y.always(1), Input<Int>("sum").always(1)) }
        .contains("\"sum\" is made by a node, so it cannot be given."))
    let total = Node("total", inputs: "smu") { (s: Int) in s }
    let q = try Pipeline("q") {
      Node("sum", from: x, y) { $0 + $1 }
      total
    }
    #expect(
      message { _ = try q.map(x.each([1]), y.each([1])) }
        .contains("\"smu\" (Int, for \"total\"); did you mean \"sum\"?"))
  }

  @Test func nothingMapped() throws {
    let (_, p) = try sum()
    #expect(message { _ = try p.map(x.always(1), y.always(2)) }.contains("Nothing is mapped over."))
    #expect(
      message { _ = try p.run(x.each([1]), y.always(2)) }.contains(
        "run(…) takes one item, but \"x\""))
  }

  @Test func everyWayToBind() throws {
    let (node, p) = try sum()
    let frame = try DataFrame(["x": [1, 2, 3], "z": [10, 20, 30], "f": [1.5, 2, 3]])
    let expected = [11, 22, 33]
    #expect(try Array(p.map(x.each([1, 2, 3]), y.each([10, 20, 30]))[node]) == expected)
    #expect(
      try Array(p.map(x.each(elementsOf: 1...3), y.each(elementsOf: [10, 20, 30]))[node])
        == expected)
    #expect(try Array(p.map(x.each(in: frame), y.each(in: frame, "z"))[node]) == expected)
    #expect(
      try Array(p.map(x.each(column: frame["x"]), y.each(column: frame["z"]))[node]) == expected)
    #expect(try Array(p.map(x.each([1, 2, 3]), y.always(10))[node]) == [11, 12, 13])
    #expect(try p.run(x.always(1), y.always(2))[node] == 3)
    #expect(
      message { _ = try p.map(x.each(in: frame, "xx"), y.always(1)) }.contains(
        "The columns are \"x\", \"z\", \"f\"."))
    #expect(
      message { _ = try p.map(x.each(in: frame, "f"), y.always(1)) }
        == "type mismatch: The input \"x\" is Int, which is stored as int64, but was given float64. It "
        + "is taken by \"sum\". (at pipeline \"p\")")
  }

  @Test func numbersWiden() throws {
    let v = Input<Double>("v")
    let twice = Node("twice", from: v) { $0 * 2 }
    let frame = try DataFrame(["v": [1, 2]])
    #expect(try Array(Pipeline(outputs: twice).map(v.each(in: frame))[twice]) == [2, 4])
  }

  @Test func defaults() throws {
    let step = Input<Int>("step", default: 5)
    let node = Node("next", from: x, step) { $0 + $1 }
    let p = try Pipeline(outputs: node)
    #expect(try Array(p.map(x.each([1, 2]))[node]) == [6, 7])
    #expect(try Array(p.map(x.each([1, 2]), step.always(1))[node]) == [2, 3])
    #expect(try Array(p.map(x.each([1, 2]), step.each([1, 2]))[node]) == [2, 4])
    #expect(try p.run(x.always(1))[node] == 6)
  }

  @Test func emptyInputs() throws {
    let text = Input<String>("text")
    let words = Node("words", from: text) { $0.split(separator: " ").map(String.init) }
    let point = Node("point", from: text) { Point(x: $0.count, y: 0) }
    let p = try Pipeline {
      words
      point
    }
    for engine in [.sequential, .columnar] as [any Engine] {
      let results = try p.on(engine).map(text.each([]))
      #expect(results.count == 0)
      #expect(try results[words].isEmpty)
      #expect(try results[point].isEmpty)
      #expect(try results.frame.schema.fields.map(\.type) == [.list(.string), .opaque(Point.self)])
    }
  }

  @Test func product() throws {
    let node = Node("cell", from: x, y) { "\($0)-\($1)" }
    let p = try Pipeline(outputs: node)
    #expect(
      try Array(p.map(y.each([1, 2]), x.each([10, 20, 30]), mode: .product)[node])
        == ["10-1", "20-1", "30-1", "10-2", "20-2", "30-2"])
    #expect(try p.map(x.each([1, 2]), y.each([]), mode: .product)[node].isEmpty)
    #expect(
      try Array(p.map(["x": [1, 2], "y": [3, 4]], over: "x", "y", mode: .product)[node])
        == ["1-3", "1-4", "2-3", "2-4"])
  }

  @Test func byName() throws {
    let node = Node("sum", inputs: "x", "y") { (x: Int, y: Int) in x + y }
    let p = try Pipeline("p") { node }
    #expect(try Array(p.map(["x": [1, 2], "y": 10], over: "x")[node]) == [11, 12])
    #expect(try Array(p.map(["x": [1, 2], "y": 1...2], over: "x", "y")[node]) == [2, 4])
    #expect(try p.run(["x": 1, "y": 2])[node] == 3)
    #expect(
      message { _ = try p.map(["x": [1, 2], "y": 10], over: "z") }
        .contains("over: names \"z\", which was not given."))
    #expect(
      message { _ = try p.map(["x": [1, 2], "y": 10], over: "x", "y") }
        .contains("over: names \"y\", but what was given for it is no list of items: Int."))
    #expect(
      message { _ = try p.map(["x": [1, 2], "y": [1, 2]], over: "x") }
        .contains("To map over it, name it in over: \"y\"."))
    #expect(
      message { _ = try p.map(["x": [1, 2], "y": "a"], over: "x") }
        .contains("The input \"y\" is Int, which is stored as int64, but was given string."))
  }

  @Test func outputSelectionPrunes() throws {
    let a = Node("a", from: x) { $0 + 1 }
    let b = Node("b", from: y) { (_: Int) -> Int in throw Unlucky(value: 1) }
    let p = try Pipeline("p") {
      a
      b
    }
    let selected = try p.selecting(a)
    #expect(try Array(selected.map(x.each([1, 2]))[a]) == [2, 3])
    #expect(try selected.map(x.each([1]), y.always(1)).names == ["a"])
    #expect(message { _ = try selected.map(x.each([1]))[b] }.contains("\"b\" is no output"))
  }

  @Test func opaqueConstantsAndColumns() throws {
    let point = Input<Point>("point")
    let moved = Node("moved", from: point, x) { Point(x: $0.x + $1, y: $0.y) }
    let p = try Pipeline(outputs: moved)
    let at = Point(x: 1, y: 2)
    for engine in [.sequential, .columnar] as [any Engine] {
      let p = try p.on(engine)
      let constant = try p.map(point.always(at), x.each([1, 2]))
      #expect(try Array(constant[moved]) == [Point(x: 2, y: 2), Point(x: 3, y: 2)])
      let mapped = try p.map(point.each([at, at]), x.each([1, 2]))
      #expect(try Array(mapped[moved]) == [Point(x: 2, y: 2), Point(x: 3, y: 2)])
      #expect(try p.run(point.always(at), x.always(0))[moved] == at)
    }
    let batch = Node(batch: "xs", from: point, x) { points, xs in zip(points, xs).map { $0.x + $1 }
    }
    let q = try Pipeline(outputs: batch)
    #expect(try Array(q.map(point.always(at), x.each([1, 2]))[batch]) == [2, 3])
  }
}

struct Unlucky: Error { var value: Int }
