import Columnar
import Pipelines
import Testing

@Suite struct OutputsPerRunTests {
  let x = Input<Int>("x")
  let y = Input<Int>("y")

  /// Nodes that nothing asks for do not run, and their inputs are not asked for.
  @Test func onlyWhatIsNeeded() throws {
    let calls = Tally()
    let a = Node("a", from: x) { value -> Int in
      calls.add("a")
      return value + 1
    }
    let b = Node("b", from: a, y) { first, second -> Int in
      calls.add("b")
      return first * second
    }
    let p = try Pipeline("p") {
      a
      b
    }
    for engine in eachEngine {
      let p = try p.on(engine)
      #expect(try p.run(x.always(1), outputs: a).frame.schema.names == ["a"])
      #expect(try Array(p.map(x.each([1, 2]), outputs: a)[a]) == [2, 3])
      #expect(try p.map(["x": [1, 2]], over: "x", outputs: "a").names == ["a"])
      #expect(try p.run(["x": 1], outputs: "a")["a", as: Int.self] == 2)
    }
    #expect(calls["b"] == 0)
    #expect(try p.map(x.each([1]), y.always(2), outputs: b, a).names == ["b", "a"])
    #expect(
      agreedMessage(p) { _ = try $0.run(x.always(1), outputs: b) }.contains("Missing input: \"y\""))
    #expect(
      agreedMessage(p) { _ = try $0.run(x.always(1), outputs: "c") }
        == "column not found: There is no node \"c\". The nodes are \"a\", \"b\". (at pipeline "
        + "\"p\")")
    // Inputs of nodes that are left out may be given all the same.
    #expect(try p.run(x.always(1), y.always(3), outputs: a)[a] == 2)
  }

  @Test func asynchronously() async throws {
    let a = Node("a", from: x) { $0 + 1 }
    let p = try Pipeline {
      a
      Node("b", from: a, y) { $0 * $1 }
    }
    #expect(try await p.run(x.always(1), outputs: "a")[a] == 2)
    #expect(try await p.map(["x": [1]], over: "x", outputs: a)[a][0] == 2)
    #expect(try await p.map(in: DataFrame(["x": [1]]), outputs: a)[a][0] == 2)
  }
}
