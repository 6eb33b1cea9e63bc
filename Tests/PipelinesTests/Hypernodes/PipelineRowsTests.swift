import Columnar
import ColumnarCore
import Pipelines
import Testing

/// A test per row of hypernodes' table of pipelines, but nesting, on both engines.
@Suite struct PipelineRowsTests {
  let x = Input<Int>("x")
  let y = Input<Int>("y")

  /// Edges follow names, whatever the order in which nodes are listed.
  @Test func orderOfNodesIsIrrelevant() throws {
    let a = Node("a", inputs: "x") { (x: Int) in x + 1 }
    let b = Node("b", inputs: "a", "y") { (a: Int, y: Int) in a * y }
    let c = Node("c", inputs: "b", "a") { (b: Int, a: Int) in b - a }
    for nodes in [[a, b, c], [c, b, a], [b, c, a]] {
      let p = try Pipeline { for node in nodes { node } }.selecting(names: ["c"])
      #expect(try agreed(p, x.each([1, 2]), y.always(10)) == ["c int64: 18|27"])
    }
  }

  @Test func runGivesAllOrTheWantedOutputs() throws {
    let a = Node("a", from: x) { $0 + 1 }
    let b = Node("b", from: a, y) { $0 * $1 }
    let p = try Pipeline {
      a
      b
    }
    for engine in eachEngine {
      let p = try p.on(engine)
      #expect(try p.run(["x": 1, "y": 3]).results.names == ["a", "b"])
      #expect(try p.run(["x": 1], outputs: "a").results.names == ["a"])
      #expect(try p.run(["x": 1, "y": 3], outputs: "b").results.names == ["b"])
    }
  }

  /// Elsewhere inputs that nothing takes are ignored in silence, and one of an intermediate's name is
  /// overwritten; here both are errors.
  @Test func extraInputsAreErrors() throws {
    let a = Node("a", from: x) { $0 + 1 }
    let b = Node("b", from: a) { $0 * 2 }
    let p = try Pipeline("p", outputs: b)
    #expect(
      agreedMessage(p) { _ = try $0.run(["x": 1, "extra": 2]) }
        == "column not found: No node takes an input \"extra\". The inputs are \"x\". (at "
        + "pipeline \"p\")")
    #expect(
      agreedMessage(p) { _ = try $0.run(["x": 1, "a": 2]) }
        == "invalid plan: \"a\" is made by a node, so it cannot be given. Leave it out, or leave the node "
        + "out of the pipeline. (at pipeline \"p\")")
  }

  /// Elsewhere all nodes run on Dask and Daft whatever is asked for, and inputs that pruning made
  /// optional are missed; here nothing unneeded runs, on any engine.
  @Test func pruningOnEveryEngine() throws {
    let a = Node("a", from: x) { $0 + 1 }
    let b = Node("b", from: y) { (_: Int) -> Int in throw Unlucky(value: 0) }
    let p = try Pipeline {
      a
      b
    }
    #expect(try agreed(p.selecting(a), x.each([1])) == ["a int64: 2"])
    for engine in eachEngine { #expect(try p.on(engine).run(x.always(1), outputs: a)[a] == 2) }
  }

  @Test func mapZip() throws {
    let sum = Node("sum", from: x, y) { $0 + $1 }
    let p = try Pipeline(outputs: sum)
    #expect(try agreed(p, x.each(0..<10), y.each(10..<20)).first?.hasSuffix("26|28") == true)
    #expect(try agreed(p, x.each([1, 2]), y.always(5)) == ["sum int64: 6|7"])
    #expect(try agreed(p, x.each([]), y.each([])) == ["sum int64: "])
  }

  /// Elsewhere the axes of a product follow the order of the inputs and not what was asked for; here
  /// the one named last varies fastest.
  @Test func mapProductInTheOrderAsked() throws {
    let cell = Node("cell", from: x, y) { $0 * 10 + $1 }
    let p = try Pipeline(outputs: cell)
    #expect(
      try agreed(p, y.each([1, 2]), x.each([3, 4]), mode: .product) == ["cell int64: 31|41|32|42"])
    for engine in eachEngine {
      let r = try p.on(engine).map(["x": [3, 4], "y": [1, 2]], over: "y", "x", mode: .product)
      #expect(try Array(r[cell]) == [31, 41, 32, 42])
    }
  }

  /// Elsewhere only a list can be mapped over: no tuple, range or array of another kind.
  @Test func anyListIsMappedOver() throws {
    let next = Node("next", from: x) { $0 + 1 }
    let p = try Pipeline(outputs: next)
    for engine in eachEngine {
      #expect(try Array(p.on(engine).map(["x": 1...3], over: "x")[next]) == [2, 3, 4])
      #expect(try Array(p.on(engine).map(["x": [1, 2][1...]], over: "x")[next]) == [3])
      #expect(
        try Array(p.on(engine).map(in: DataFrame(["x": [1, 2]]))[next]) == [2, 3])
    }
  }

  /// Elsewhere `bind` changes the pipeline that others hold too, and takes names that nothing takes.
  @Test func bindIsImmutableAndChecked() throws {
    let sum = Node("sum", from: x, y) { $0 + $1 }
    let p = try Pipeline("p", outputs: sum)
    let bound = try p.bind(y: 5)
    #expect(p.unfulfilled == ["x", "y"] && bound.unfulfilled == ["x"])
    for engine in eachEngine {
      #expect(try bound.on(engine).run(["x": 1])[sum] == 6)
      #expect(try bound.on(engine).run(["x": 1, "y": 0])[sum] == 1)
    }
    #expect(try bound.unbind("y").unfulfilled == ["x", "y"])
    #expect(message { _ = try p.bind(["z": 1]) }.contains("No node takes an input \"z\""))
  }

  /// Elsewhere `with_engine` and `with_name` change the pipeline in place.
  @Test func engineAndName() throws {
    let a = Node("a", from: x) { $0 }
    let p = try Pipeline("p", engine: .sequential, outputs: a)
    let q = try p.on(.columnar).named("q")
    #expect(p.name == "p" && q.name == "q")
    #expect(p.explain().contains("\"p\" on the sequential engine"))
    #expect(q.explain().contains("\"q\" on the columnar engine"))
  }
}

extension Pipeline {
  /// `bind` as a keyword argument, as it is written in Python.
  fileprivate func bind(y: Int) throws -> Pipeline { try bind(["y": y]) }
}
