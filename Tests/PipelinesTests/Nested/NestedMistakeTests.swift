import Columnar
import Pipelines
import Testing

/// What is wrong with a nested pipeline is said when the outer one is made.
@Suite struct NestedMistakeTests {
  private let inner: Pipeline
  private let word = Input<String>("word")
  private let length: Node<Int>

  init() throws {
    let length = Node("length", from: word) { $0.count }
    self.length = length
    inner = try Pipeline("inner") {
      length
      Node("cut", inputs: "word", "limit") { (word: String, limit: Int) in
        String(word.prefix(limit))
      }
      Node("tagged", inputs: "word", "tagger", stateful: ["tagger"]) {
        (word: String, tagger: String) in word + tagger
      }
    }
  }

  private func made(_ node: AnyNode, with more: [AnyNode] = []) -> String {
    message {
      _ = try Pipeline("outer") {
        node
        for other in more { other }
      }
    }
  }

  @Test func unknownNames() {
    #expect(
      made(inner.asNode(inputs: ["text": "wordd"]))
        == "column not found: The pipeline \"inner\" takes no input \"wordd\". Did you mean \"word\"? "
        + "(at pipeline \"outer/inner\")")
    #expect(
      made(inner.asNode(name: "n", inputs: ["text": "length"])).contains(
        "takes no input \"length\". It is made by a node in it."))
    #expect(
      made(inner.asNode(outputs: ["lenght": "n"])).contains(
        "The pipeline \"inner\" has no node \"lenght\" whose output could be given as \"n\". Did you "
          + "mean \"length\"?"))
    #expect(
      made(inner.asNode(inputs: ["words": "word"], over: ["wrods"])).contains(
        "over: names \"wrods\", which is given for no input of \"inner\". Did you mean \"words\"?"))
    #expect(
      made(inner.asNode(inputs: ["words": "word"], over: ["word"])).contains(
        "Its input \"word\" is \"words\" in the outer pipeline, which is the name to give."))
  }

  @Test func namesTwice() {
    #expect(
      made(inner.asNode(inputs: ["a": "word", "b": "word"])).contains(
        "inputs: maps \"a\" and \"b\" to the one input \"word\"."))
    #expect(
      made(inner.asNode(outputs: ["length": "x", "cut": "x"])).contains(
        "Two outputs of \"inner\" are named \"x\"."))
    #expect(made(inner.asNode(over: ["word", "word"])).contains("over: names \"word\" twice."))
    #expect(
      made(inner.asNode(outputs: ["length": "x"]), with: [inner.asNode(outputs: ["cut": "y"])])
        .contains("Two nested pipelines are named \"inner\"."))
    #expect(
      made(
        inner.asNode(inputs: ["a": "word", "n": "limit"], over: ["tagger"])
      ).contains("over: names \"tagger\", but \"tagger\" is a state of \"tagged\""))
    #expect(made(inner.asNode(outputs: [:])).contains("\"inner\" gives no outputs."))
    #expect(
      message {
        _ = try Pipeline(outputs: inner.node("n", word.from(word), word.from(word), output: length))
      }.contains("The input \"word\" of \"n\" is wired twice."))
  }

  @Test func noListAndWrongTypes() {
    let words = Node("words", inputs: "text") { (t: String) in [t] }
    let one = Node("one", inputs: "text") { (t: String) in t }
    #expect(
      made(
        inner.asNode(inputs: ["one": "word"], outputs: ["length": "l"], over: ["one"]),
        with: [AnyNode(one)]
      ).contains("It is mapped over \"one\", which is no list. Take it out of over:."))
    #expect(
      made(
        inner.asNode(inputs: ["words": "word"], outputs: ["length": "l"]), with: [AnyNode(words)]
      ).contains("To map over the list, name it in over: [\"words\"]."))
    let stranger = Node("length", from: word) { Double($0.count) }
    #expect(
      message { _ = try Pipeline(outputs: inner.node("n", output: stranger)) }.contains(
        "makes Int, but the one that was given makes Double."))
    let number = Input<Int>("word")
    #expect(
      message { _ = try Pipeline(outputs: inner.node("n", number.from(number), output: length)) }
        .contains("The input \"word\" of \"n\" is String, but Int was given for it."))
  }

  @Test func cyclesThroughNestedPipelines() {
    let back = Node("word", inputs: "length") { (n: Int) in "\(n)" }
    #expect(
      made(inner.asNode(outputs: ["length": "length"]), with: [AnyNode(back)]).contains(
        "The nodes need each other in a circle"))
  }

  @Test func missingInputsNameTheNestedNode() throws {
    let outer = try Pipeline("outer") {
      inner.asNode(name: "n", inputs: ["words": "word"], outputs: ["length": "l"], over: ["words"])
    }
    #expect(
      message { _ = try outer.map(["word": ["a"]], over: "word") }.contains(
        "No node takes an input \"word\". Did you mean \"words\"?"))
    #expect(
      message { _ = try outer.run([:]) }.contains(
        "Missing input: \"words\" ([String], for \"n\")"))
    #expect(
      message { _ = try outer.map(["words": ["a"]], over: "words") }.contains(
        "The input \"words\" is [String]"))
  }

  @Test func optionsOfNestedNodes() throws {
    let outer = try Pipeline("outer") {
      inner.asNode(name: "n", inputs: ["words": "word"], outputs: ["length": "l"], over: ["words"])
    }
    let tuned = try outer.with(UDFOptions(batchSize: 7), for: "n/length")
    #expect(tuned.explain().contains("node: batchSize 7;"))
    #expect(
      message { _ = try outer.with(UDFOptions(batchSize: 7), for: "n") }.contains(
        "\"n\" is a nested pipeline"))
    #expect(
      message { _ = try outer.with(UDFOptions(batchSize: 7), for: "n/lenght") }.contains(
        "Did you mean \"length\"?"))
  }
}
