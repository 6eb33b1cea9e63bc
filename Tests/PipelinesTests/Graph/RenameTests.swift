import Columnar
import Pipelines
import Testing

@Suite struct RenameTests {
  let text = Input<String>("text")

  private func lengths() throws -> (Node<[String]>, Node<Int>, Pipeline) {
    let words = Node("words", from: text) { $0.split(separator: " ").map(String.init) }
    let count = Node("count", from: words) { $0.count }
    return (
      words, count,
      try Pipeline("p") {
        words
        count
      }
    )
  }

  @Test func nodes() throws {
    let lower = Node("lower", from: text) { $0.lowercased() }
    let title = try lower.renamed(inputs: ["text": "title"]).renamed("lowerTitle")
    let p = try Pipeline {
      lower
      title
    }
    #expect(p.inputNames == ["text", "title"] && p.outputNames == ["lower", "lowerTitle"])
    for engine in eachEngine {
      let r = try p.on(engine).map(["text": ["A"], "title": ["B"]], over: "text", "title")
      #expect(try r[lower][0] == "a" && r[title][0] == "b")
    }
    #expect(
      message { _ = try lower.renamed(inputs: ["txt": "a"]) }
        == "column not found: The node \"lower\" takes no input \"txt\". Did you mean \"text\"? (at node "
        + "\"lower\")")
    let state = Node("s", from: text, State("model") { 1 }) { "\($0)\($1)" }
    #expect(
      message { _ = try state.renamed(inputs: ["model": "a"]) }.contains("is a state of the node"))
  }

  /// A node by handle is found by its new name; one of several outputs is renamed by itself.
  @Test func handlesAndSeveralOutputs() throws {
    let (head, rest) = outputs("head", "rest", from: text) {
      ($0.prefix(1).description, $0.dropFirst().description)
    }
    let first = head.renamed("first")
    let p = try Pipeline(outputs: first)
    #expect(try p.run(text.always("abc"))[first] == "a")
    let after = Node("after", from: rest) { $0.count }
    let ofWords = try after.renamed(inputs: ["rest": "words"])
    let words = Node("words", from: text) { $0 + "!" }
    let q = try Pipeline {
      words
      ofWords
    }
    #expect(try q.run(text.always("abc"))[ofWords] == 4)
  }

  @Test func pipelines() throws {
    let (words, count, p) = try lengths()
    let q = try p.named("q").renaming(
      inputs: ["text": "title"], outputs: ["count": "length", "words": "titleWords"])
    #expect(
      q.name == "q" && q.inputNames == ["title"] && q.outputNames == ["titleWords", "length"])
    for engine in eachEngine {
      let r = try q.on(engine).map(["title": ["a b", "c"]], over: "title")
      #expect(try Array(r[count.renamed("length")]) == [2, 1])
      #expect(try r["titleWords", as: [String].self][0] == ["a", "b"])
      #expect(message { _ = try r[words] }.contains("\"words\" is no output of the pipeline \"q\""))
    }
    #expect(try p.renaming(inputs: ["text": "t"]).bind(["t": "x y"]).run()[count] == 2)
    #expect(try p.bind(["text": "x y"]).renaming(inputs: ["text": "t"]).run()[count] == 2)
    #expect(
      message { _ = try p.renaming(outputs: ["counts": "n"]) }
        == "column not found: The pipeline has no output \"counts\" to rename. Did you mean \"count\"? "
        + "(at pipeline \"p\")")
    #expect(
      message { _ = try p.renaming(inputs: ["txet": "n"]) }.contains("Did you mean \"text\"?"))
    #expect(
      message { _ = try p.renaming(inputs: ["text": "count"]) }
        .contains("two inputs or outputs would be called \"count\""))
  }

  @Test func swapping() throws {
    let minus = Node("minus", inputs: "a", "b") { (a: Int, b: Int) in a - b }
    let p = try Pipeline { minus }.renaming(inputs: ["a": "b", "b": "a"])
    #expect(try p.run(["a": 1, "b": 10])[minus] == 9)
  }
}
