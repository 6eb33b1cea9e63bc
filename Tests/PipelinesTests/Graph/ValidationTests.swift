import Pipelines
import Testing

@Suite struct ValidationTests {
  private func failure(_ nodes: AnyNode..., engine: any Engine = .columnar) -> String {
    message { _ = try Pipeline("p", engine: engine) { for node in nodes { node } } }
  }

  @Test func cycles() {
    let a = Node("a", inputs: "b") { (x: Int) in x }
    let b = Node("b", inputs: "a") { (x: Int) in x }
    #expect(
      failure(AnyNode(a), AnyNode(b))
        == "invalid plan: The nodes need each other in a circle: a -> b -> a. Rename an input or an "
        + "output in it. (at pipeline \"p\")")
    let c = Node("c", inputs: "d") { (x: Int) in x }
    let d = Node("d", inputs: "e") { (x: Int) in x }
    let e = Node("e", inputs: "c") { (x: Int) in x }
    #expect(failure(AnyNode(c), AnyNode(d), AnyNode(e)).contains("c -> e -> d -> c"))
  }

  @Test func selfLoops() {
    let x = Node("x", inputs: "x") { (x: Int) in x }
    #expect(
      failure(AnyNode(x))
        == "invalid plan: The node \"x\" takes its own output: x -> x. Rename its input or its output. "
        + "(at pipeline \"p\")")
    let own = Node("y", from: Input<Int>("y")) { $0 }
    #expect(
      failure(AnyNode(own))
        == "duplicate name: \"y\" is an input of the node \"y\" and the name of a node's output. Rename "
        + "one of them, or give the node itself in place of the input. (at pipeline \"p\")"
    )
  }

  /// A slip in the list of states would make data of a state in silence.
  @Test func statesThatAreNotTaken() throws {
    func node(_ states: Set<String>) -> Node<Int> {
      Node("n", inputs: "text", "model", stateful: states) { (text: String, model: [Int]) in
        text.count + model.count
      }
    }
    #expect(
      failure(AnyNode(node(["modle"])))
        == "column not found: The stateful list of the node \"n\" names \"modle\", which it does not "
        + "take. Did you mean \"model\"? (at pipeline \"p\")")
    let batch = Node(batch: "b", inputs: "text", stateful: ["txt"]) { (texts: ColumnView<String>) in
      texts.map(\.count)
    }
    #expect(failure(AnyNode(batch)).contains("names \"txt\", which it does not take"))
    // Under another name it is a state still.
    let renamed = try node(["model"]).renamed(inputs: ["model": "weights"])
    #expect(failure(AnyNode(renamed)) == "no error")
    let p = try Pipeline("p", outputs: renamed)
    #expect(try p.map(["text": ["a", "bb"], "weights": [1, 2]], over: "text")[renamed][1] == 4)
  }

  @Test func duplicates() {
    let x = Input<Int>("x")
    let a = Node("o", from: x) { $0 }
    let b = Node("o", from: x) { $0 + 1 }
    #expect(
      failure(AnyNode(a), AnyNode(b))
        == "duplicate name: Two nodes make \"o\", both x -> o. Give one of them another name: "
        + ".renamed(\"…\"). If one is a changed copy of the other (.version, .uncached, .defaults), wire "
        + "all nodes to the copy. (at pipeline \"p\")")
    #expect(failure(AnyNode(a), AnyNode(a)) == "no error")
    let (c, _) = outputs("c", "o", from: x) { ($0, $0) }
    #expect(failure(AnyNode(a), AnyNode(c)).contains("Two nodes make \"o\""))
  }

  @Test func typesBetweenNodes() {
    let a = Node("a", from: Input<Int>("x")) { $0 + 1 }
    let b = Node("b", inputs: "a") { (text: String) in text }
    #expect(
      failure(AnyNode(a), AnyNode(b))
        == "type mismatch: The node \"b\" takes \"a\" as String, but \"a\" makes Int: x -> a -> b. Change "
        + "one of the closures. (at pipeline \"p\")")
    let wider = Node("b", inputs: "a") { (number: Double) in number }
    #expect(failure(AnyNode(a), AnyNode(wider)) == "no error")
    let narrower = Node("b", inputs: "a") { (number: Int32) in number }
    #expect(failure(AnyNode(a), AnyNode(narrower)).contains("type mismatch"))
  }

  @Test func typesOfInputs() {
    let a = Node("a", inputs: "x") { (x: Int) in x }
    let b = Node("b", inputs: "x") { (x: String) in x }
    #expect(
      failure(AnyNode(a), AnyNode(b))
        == "type mismatch: The input \"x\" is Int in the node \"a\" and String in \"b\". An input has one "
        + "type; rename one of them. (at pipeline \"p\")")
    let c = Node("c", from: Input<Double>("m", default: 0)) { $0 }
    let d = Node("d", from: Input<Double>("m", default: 1)) { $0 }
    #expect(
      failure(AnyNode(c), AnyNode(d)).contains("The input \"m\" has two defaults, 0.0 and 1.0."))
  }

  @Test func parametersAndNames() {
    let trap = Node("sum", inputs: "a") { (a: Int, b: Int) in a + b }
    #expect(
      failure(AnyNode(trap))
        == "invalid plan: The closure of the node \"sum\" takes 2 parameters, but one name was given for "
        + "them: \"a\". Give a name per parameter: inputs: \"a\", …. (at pipeline \"p\")")
    let pair = Node("pair", from: Input<Int>("x")) { ($0, $0) }
    let sum = Node("sum", inputs: "pair") { (pair: (Int, Int)) in pair.0 + pair.1 }
    #expect(failure(AnyNode(pair), AnyNode(sum)) == "no error")
  }

  @Test func expressions() {
    let x = Input<Int>("x")
    let half = Node<Int>(expression: "half", from: x) { $0 / 2 }
    #expect(
      failure(AnyNode(half))
        == "type mismatch: The expression of the node \"half\" makes float64, but the node is of Int, "
        + "which is stored as int64. Cast it with .cast(to:), or change the node's type. (at "
        + "pipeline \"p\", in node \"half\")")
    let text = Node<String>(expression: "text", from: Input<String>("t"), x) { $0 + $1 }
    #expect(failure(AnyNode(text)).contains("not defined for string and int64"))
  }

  @Test func options() {
    let x = Input<Int>("x")
    let a = Node("a", from: x, options: .init(batchSize: 0)) { $0 }
    #expect(
      failure(AnyNode(a))
        == "invalid plan: batchSize of \"a\" is 0, but must be at least 1. (at node \"a\")")
    let b = Node("b", from: x, options: .init(maxConcurrency: -1)) { $0 }
    #expect(failure(AnyNode(b)).contains("maxConcurrency of \"b\" is -1"))
    let fine = Node("c", from: x) { $0 }
    #expect(
      failure(AnyNode(fine), engine: .columnar(defaults: .init(batchSize: 0)))
        .contains("batchSize of \"the engine's defaults\" is 0"))
  }

  @Test func names() throws {
    let x = Input<Int>("x")
    let words = Node("words", from: x) { $0 }
    let p = try Pipeline("p", outputs: words)
    #expect(
      message { _ = try p.with(.init(batchSize: 1), for: "wrods") }
        == "column not found: There is no node \"wrods\". Did you mean \"words\"? (at pipeline "
        + "\"p\")")
    #expect(message { _ = try p.selecting(names: ["word"]) }.contains("Did you mean \"words\"?"))
    #expect(message { _ = try p.with(.init(batchSize: 0), for: "words") }.contains("at least 1"))
    #expect(message { _ = try Pipeline("q") {} }.contains("The pipeline \"q\" has no nodes."))
    let other = Node("other", from: x) { $0 }
    #expect(
      message { _ = try p.map(x.each([1]))[other] }.contains(
        "\"other\" is no output of the pipeline"))
  }

  @Test func statefulListOfANodesOutput() {
    let a = Node("a", from: Input<Int>("x")) { $0 }
    let b = Node("b", inputs: "a", stateful: ["a"]) { (a: Int) in a }
    #expect(
      failure(AnyNode(a), AnyNode(b)).contains("\"a\" is in the stateful list of the node \"b\""))
  }
}
