import Columnar
import Pipelines
import Testing

@Suite struct BindTests {
  let x = Input<Int>("x")
  let y = Input<Int>("y")
  let z = Input<Int>("z", default: 100)

  private func sum() throws -> (Node<Int>, Pipeline) {
    let node = Node("sum", from: x, y, z) { $0 + $1 + $2 }
    return (node, try Pipeline("p", outputs: node))
  }

  @Test func bindUnbindUnfulfilled() throws {
    let (sum, p) = try sum()
    #expect(p.unfulfilled == ["x", "y"])
    #expect(p.inputNames == ["x", "y", "z"] && p.outputNames == ["sum"])
    let bound = try p.bind(y.always(10))
    // The pipeline itself is as it was.
    #expect(p.unfulfilled == ["x", "y"] && p.boundNames.isEmpty)
    #expect(bound.unfulfilled == ["x"] && bound.boundNames == ["y"])
    #expect(try bound.unbind("y").unfulfilled == ["x", "y"])
    #expect(try bound.unbind(y).unfulfilled == ["x", "y"])
    #expect(try bound.bind(x.always(1)).unbind().boundNames.isEmpty)
    for engine in eachEngine {
      let bound = try bound.on(engine)
      #expect(try Array(bound.map(x.each([1, 2]))[sum]) == [111, 112])
      #expect(try bound.run(x.always(1))[sum] == 111)
      // Runs win over bind, bind over defaults, later bind over earlier.
      #expect(try bound.run(x.always(1), y.always(0))[sum] == 101)
      #expect(try bound.bind(z.always(0), x.always(5)).run()[sum] == 15)
      #expect(try bound.bind(y.always(20)).run(x.always(1))[sum] == 121)
      #expect(try bound.run(["x": 1, "y": 2, "z": 3])[sum] == 6)
    }
  }

  @Test func bindByName() throws {
    let (sum, p) = try sum()
    let bound = try p.bind(["y": 10, "z": 1])
    #expect(bound.boundNames == ["y", "z"])
    #expect(try Array(bound.map(["x": [1, 2]], over: "x")[sum]) == [12, 13])
    let lists = try p.bind(["x": [1, 2, 3], "z": 0], over: "x")
    #expect(try Array(lists.map(y.always(1))[sum]) == [2, 3, 4])
    #expect(try Array(lists.map(["y": 1], over: "x")[sum]) == [2, 3, 4])
    #expect(try lists.map(y.each([0, 10]), mode: .product)[sum][1] == 11)
    #expect(message { _ = try lists.run(y.always(1)) }.contains("run(…) takes one item, but \"x\""))
  }

  @Test func errors() throws {
    let (_, p) = try sum()
    #expect(
      message { _ = try p.bind(["zz": 1]) }
        == "column not found: No node takes an input \"zz\". The inputs are \"x\", \"y\", \"z\". (at "
        + "pipeline \"p\")")
    let long = Node("n", from: Input<Int>("threshold")) { $0 }
    let q = try Pipeline("q", outputs: long)
    #expect(message { _ = try q.bind(["treshold": 1]) }.contains("Did you mean \"threshold\"?"))
    #expect(
      message { _ = try q.bind(Input<Int>("thresholds").always(1)) }
        .contains("Did you mean \"threshold\"?"))
    #expect(message { _ = try q.bind(["threshold": "a"]) }.contains("but was given string"))
    #expect(
      message { _ = try q.bind(Input<String>("threshold").each(["a"])) }
        .contains("but was given string"))
    #expect(message { _ = try p.bind(x.always(1), x.always(2)) }.contains("is given twice"))
    #expect(message { _ = try p.bind(["sum": 1]) }.contains("\"sum\" is made by a node"))
    #expect(
      message { _ = try p.bind(x.always(1)).unbind("y") }.contains(
        "\"y\" is not bound. The bound names are \"x\"."))
  }

  @Test func statesAreBound() throws {
    let made = Tally()
    let counter = State.shared("counter") { made }
    let node = Node("n", from: x, counter) { value, tally in
      tally.add("called")
      return value
    }
    let p = try Pipeline(outputs: node)
    let mine = Tally()
    let bound = try p.bind(counter.make { mine })
    for engine in eachEngine {
      _ = try bound.on(engine).map(x.each([1, 2]))
      let once = Tally()
      _ = try bound.on(engine).map(x.each([1, 2]), counter.make { once })
      #expect(once["called"] == 2)
    }
    #expect(mine["called"] == 2 * eachEngine.count && made["called"] == 0)
    #expect(try bound.unbind(counter).boundNames.isEmpty)
  }

  @Test func boundPipelinesInFrames() throws {
    let (_, p) = try sum()
    let frame = try DataFrame(["x": [1, 2], "y": [10, 20]])
    let bound = try p.bind(y.always(0))
    // What is bound wins over a column of the name.
    #expect(try Array(frame.lazy.with(bound).collect()["sum", as: Int.self]) == [101, 102])
    #expect(
      try Array(frame.lazy.with(bound, y.always(5)).collect()["sum", as: Int.self]) == [106, 107])
  }

  @Test func explained() throws {
    let (_, p) = try sum()
    let text = try p.bind(y.always(7)).explain()
    #expect(text.contains("y: Int (int64), bound to 7, for sum"), "\(text)")
    #expect(try p.bind(x.each([1, 2])).explain().contains("bound to 2 items"))
    #expect(!text.contains("No plan"))
  }

  @Test func defaultsByName() throws {
    let node = try Node("n", inputs: "x", "step", "scale") { (x: Int, step: Int, scale: Double) in
      Double(x + step) * scale
    }.defaults(["step": 5, "scale": 2])
    let p = try Pipeline("p") { node }
    #expect(p.unfulfilled == ["x"])
    for engine in eachEngine {
      let p = try p.on(engine)
      #expect(try Array(p.map(["x": [1, 2]], over: "x")[node]) == [12, 14])
      #expect(try p.run(["x": 1, "step": 0])[node] == 2)
    }
    // A node that makes it wins.
    let step = Node("step", inputs: "x") { (x: Int) in x * 10 }
    let q = try Pipeline {
      step
      node
    }
    #expect(try q.run(["x": 1])[node] == 22)
    #expect(message { _ = try node.defaults(["stepp": 1]) }.contains("Did you mean \"step\"?"))
    #expect(message { _ = try node.defaults(["step": "a"]) }.contains("but was given string"))
    let other = try Node("m", inputs: "step") { (step: Int) in step }.defaults(["step": 6])
    #expect(
      message {
        _ = try Pipeline {
          node
          other
        }
      }.contains("The input \"step\" has two defaults, 5 and 6."))
    let after = Node("after", from: step) { $0 }
    #expect(message { _ = try after.defaults(["step": 1]) }.contains("is made by a node"))
  }
}
