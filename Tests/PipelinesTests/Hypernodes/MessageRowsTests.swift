import Columnar
import Pipelines
import Testing

/// A test per message of hypernodes' list of validation errors, and those that it lacks: exact
/// texts, the same on both engines.
@Suite struct MessageRowsTests {
  let x = Input<Int>("x")
  let y = Input<Int>("y")
  private let place = " (at pipeline \"p\")"

  private func pipeline() throws -> Pipeline {
    let words = Node("words", inputs: "text") { (text: String) in text.split(separator: " ").count }
    let count = Node("count", inputs: "words", "extra") { (words: Int, extra: Int) in words + extra
    }
    let total = Node("total", inputs: "count") { (count: Int) in count * 2 }
    return try Pipeline("p") {
      words
      count
      total
    }.selecting(names: ["total"])
  }

  private func made(_ nodes: AnyNode...) -> String {
    message { _ = try Pipeline("p") { for node in nodes { node } } }
  }

  @Test func missingInput() throws {
    #expect(
      try agreedMessage(pipeline()) { _ = try $0.run(["extra": 1]) }
        == "invalid plan: Missing input: \"text\" (String, for \"words\": text -> words -> count -> total). "
        + "Give it by name: [\"text\": …]." + place)
    #expect(
      try agreedMessage(pipeline()) { _ = try $0.map(["extra": [1]], over: "extra") }.hasPrefix(
        "invalid plan: Missing input: \"text\""))
  }

  @Test func unknownOutput() throws {
    #expect(
      try agreedMessage(pipeline()) { _ = try $0.run(["text": "a", "extra": 1], outputs: "totl") }
        == "column not found: There is no node \"totl\". Did you mean \"total\"?" + place)
    #expect(
      try agreedMessage(pipeline()) {
        _ = try $0.run(["text": "a", "extra": 1])["words", as: Int.self]
      }
      .hasPrefix(
        "column not found: \"words\" is no output of the pipeline \"p\". The outputs are \"total\"."
      ))
  }

  @Test func unknownInput() throws {
    #expect(
      try agreedMessage(pipeline()) { _ = try $0.run(["txet": "a", "extra": 1]) }
        == "column not found: No node takes an input \"txet\". Did you mean \"text\"?" + place)
  }

  @Test func twoProducers() {
    #expect(
      made(
        AnyNode(Node("o", from: x) { $0 }),
        AnyNode(Node("o", from: Node("half", from: y) { $0 / 2 }, x) { $0 + $1 }))
        == "duplicate name: Two nodes make \"o\": x -> o, and y -> half -> o. Give one of them another "
        + "name: .renamed(\"…\")." + place)
  }

  /// Elsewhere a self-loop is not found.
  @Test func cycles() {
    let a = Node("a", inputs: "b") { (b: Int) in b }
    let b = Node("b", inputs: "a") { (a: Int) in a }
    #expect(
      made(AnyNode(a), AnyNode(b))
        == "invalid plan: The nodes need each other in a circle: a -> b -> a. Rename an input or an "
        + "output in it." + place)
    #expect(
      made(AnyNode(Node("x", inputs: "x") { (x: Int) in x }))
        == "invalid plan: The node \"x\" takes its own output: x -> x. Rename its input or its output."
        + place)
  }

  /// Elsewhere no types are checked.
  @Test func typeMismatch() {
    let words = Node("words", from: Input<String>("text")) {
      $0.split(separator: " ").map(String.init)
    }
    let count = Node("count", inputs: "words") { (words: String) in words.count }
    #expect(
      made(AnyNode(words), AnyNode(count))
        == "type mismatch: The node \"count\" takes \"words\" as String, but \"words\" makes "
        + "[String]: text -> words -> count. Change one of the closures." + place)
  }

  /// Elsewhere wrong keys of mappings are ignored in silence.
  @Test func wrongNamesOfMappings() throws {
    let p = try pipeline()
    #expect(
      message { _ = try p.renaming(inputs: ["txt": "title"]) }
        == "column not found: The pipeline takes no input \"txt\" to rename. Did you mean \"text\"?"
        + place)
    #expect(
      message { _ = try p.renaming(outputs: ["totals": "sum"]) }
        == "column not found: The pipeline has no output \"totals\" to rename. Did you mean \"total\"?"
        + place)
  }

  @Test func unequalLengths() throws {
    let p = try Pipeline("p", outputs: Node("s", from: x, y) { $0 + $1 })
    #expect(
      agreedMessage(p) { _ = try $0.map(["x": [1, 2], "y": [1, 2, 3]], over: "x", "y") }
        == "length mismatch: Inputs that are mapped over together must be equally long: \"x\" has 2, "
        + "\"y\" has 3. Make them so, or use mode: .product." + place)
  }

  @Test func mapOverNoList() throws {
    let p = try Pipeline("p", outputs: Node("s", from: x) { $0 })
    #expect(
      agreedMessage(p) { _ = try $0.map(["x": 5], over: "x") }
        == "type mismatch: over: names \"x\", but what was given for it is no list of items: Int. Give an "
        + "array, a range, any sequence or a column, or take it out of over: to give it to all items."
        + place)
    #expect(
      agreedMessage(p) { _ = try $0.map(["x": [5]], over: "xs") }
        == "column not found: over: names \"xs\", which was not given. The inputs given are \"x\"."
        + place)
    #expect(
      agreedMessage(p) { _ = try $0.map(["x": 5]) }.hasPrefix(
        "invalid plan: Nothing is mapped over."))
    #expect(
      agreedMessage(p) { _ = try $0.run(["x": [5]]) }.contains(
        "The input \"x\" is Int, but was given a list. To map over it, name it in over: \"x\"."))
  }

  @Test func batchOfWrongLength() throws {
    let p = try Pipeline("p", outputs: Node(batch: "b", from: x) { _ in [1, 2] })
    #expect(
      message { _ = try p.map(x.each([1])) }.hasPrefix(
        "length mismatch: The batch function \"b\" returned 2 values for 1 rows. It must return one value "
          + "per row, in order."))
  }

  /// Elsewhere a user's error comes without the node, the item or its inputs.
  @Test func failingItems() throws {
    let words = Node("words", inputs: "text") { (text: String) in text.split(separator: " ").count }
    let share = Node("share", inputs: "words", "of") { (words: Int, of: Int) throws -> Int in
      if words == 0 { throw Unlucky(value: of) }
      return of / words
    }
    let p = try Pipeline("p") {
      words
      share
    }
    let texts = (0..<50).map { $0 == 37 ? "" : "a b" }
    #expect(
      agreedMessage(p) { _ = try $0.map(["text": texts, "of": 8], over: "text") }
        == "user-defined function failed: \"share\" failed: Unlucky(value: 8). The inputs were (words: 0, "
        + "of: 8). (at row 37 of those that reached node \"share\", in pipeline \"p\": text -> "
        + "words -> share)")
    // Long values are shortened.
    let long = Node("long", inputs: "text") { (_: String) throws -> Int in throw Unlucky(value: 0) }
    let q = try Pipeline("q") { long }
    let text = agreedMessage(q) {
      _ = try $0.run(["text": String(repeating: "abc ", count: 100)])
    }
    #expect(text.contains("(text: \"abc abc") && text.contains("…\")") && text.count < 300)
  }

  /// A node of an expression is named too, wherever it stands, on every engine.
  @Test func failingExpressions() throws {
    let share = Node<Int>(expression: "share", from: x) { lit(10).integerDivided(by: $0 - 3) }
    let p = try Pipeline("p", outputs: Node("last", from: share) { $0 + 1 })
    #expect(
      agreedMessage(p) { _ = try $0.map(x.each([1, 2, 3, 4])) }
        == "overflow: 10 div 0: division by zero. Filter the zeros out, or make them null first. (at row "
        + "2, in expression (10 div (x - 3)), in node \"share\", in pipeline \"p\": x -> share)")
    let inner = try Pipeline("inner", outputs: share)
    let nested = try Pipeline("o") {
      inner.asNode(name: "in", inputs: ["xs": "x"], outputs: ["share": "shares"], over: ["xs"])
    }
    let text = agreedMessage(nested) { _ = try $0.map(["xs": [[1], [2, 3]]], over: "xs") }
    #expect(
      text.contains("(at element 1, in expression (10 div (x - 3)), in node \"in/share\", in row 1")
    )
  }

  /// Elsewhere the first error ends everything; here policies work per item, on both engines alike.
  @Test func policies() throws {
    func node(_ options: UDFOptions) -> Node<Int> {
      Node("n", from: x, options: options) { (x: Int) throws -> Int in
        if x % 3 == 0 { throw Unlucky(value: x) }
        return x
      }
    }
    let items = x.each(0..<7)
    #expect(
      try agreed(Pipeline("p", outputs: node(.init(onError: .null))), items)
        == ["n int64: null|1|2|null|4|5|null"])
    let collecting = try Pipeline("p", outputs: node(.init(onError: .collect)))
    for engine in eachEngine {
      let results = try collecting.on(engine).map(items)
      #expect(try Array(results["n", as: Int?.self]) == [nil, 1, 2, nil, 4, 5, nil])
      #expect(try Array(results.failures["row", as: Int?.self]) == [0, 3, 6])
      #expect(try Array(results.failures["function", as: String?.self]) == ["n", "n", "n"])
    }
    let budget = try Pipeline("p", outputs: node(.init(onError: .null, errorBudget: .count(2))))
    for engine in eachEngine {
      // Which of the errors is told depends on which thread came first.
      let error = try #require(throws: ColumnarError.self) { try budget.on(engine).map(items) }
      #expect(
        error.message.hasPrefix("\"n\": more than 2 rows failed, but its error budget is 2 rows."))
    }
    let attempts = Tally()
    let retried = Node("r", from: x, options: .init(retry: Retry(attempts: 3, backoff: .zero))) {
      (x: Int) throws -> Int in
      attempts.add("\(x)")
      if attempts["\(x)"] % 2 == 1 { throw Unlucky(value: x) }
      return x
    }
    let r = try Pipeline(outputs: retried)
    for engine in eachEngine {
      #expect(try Array(r.on(engine).map(x.each([1, 2]))[retried]) == [1, 2])
    }
  }
}
