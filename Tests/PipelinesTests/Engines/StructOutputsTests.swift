import Columnar
import Pipelines
import Testing

/// Nodes that make a column for each key of a struct, on all engines.
@Suite struct StructOutputsTests {
  struct Name: Codable, Sendable {
    var first: String
    var last: String?
    var length: Int
  }

  struct Pair: Codable, Sendable { var x, y: Int }

  struct One: Codable, Sendable { var only: Int }

  struct Bad: Codable, Sendable { var pairs: [String: One] }

  private static func name(_ text: String) -> Name? {
    let parts = text.split(separator: " ").map(String.init)
    guard let first = parts.first else { return nil }
    return Name(first: first, last: parts.count > 1 ? parts[1] : nil, length: text.count)
  }

  @Test func everyKeyIsANode() throws {
    let text = Input<String>("text")
    let name = outputs(of: Name.self, from: text) { Self.name($0) }
    let one = outputs(of: One.self, inputs: "length") { (n: Int) in One(only: n + 1) }
    let greeting = Node("greeting", from: try name("first", as: String.self)) { "hello \($0)" }
    let p = try Pipeline {
      name
      one
      greeting
    }
    let rows = try agreed(p, text.each(["ada lovelace", "", "plato"]))
    #expect(
      rows == [
        "first string: ada|null|plato", "last string: lovelace|null|null",
        "length int64: 12|null|5", "only int64: 13|null|6",
        "greeting string: hello ada|null|hello plato",
      ])
    let lengths: Node<Int> = try name("length")
    #expect(try p.run(text.always("a b"))[lengths] == 3)
  }

  @Test func ofAsyncAndBatchClosures() throws {
    let text = Input<String>("text")
    let name = outputs(of: Name.self, from: text) { (text: String) async throws -> Name? in
      await Task.yield()
      return Self.name(text)
    }
    let one = outputs(of: One.self, inputs: "length") { (n: Int) async throws in One(only: n + 1) }
    let named = outputs(batchOf: Pair.self, inputs: "length", elementwise: true) {
      (lengths: ColumnView<Int?>) in lengths.map { Pair(x: $0 ?? -1, y: 0) }
    }
    let q = try Pipeline {
      name
      one
      named
    }
    let rows = try agreed(q, text.each(["ada lovelace", "", "plato"]))
    #expect(
      rows == [
        "first string: ada|null|plato", "last string: lovelace|null|null",
        "length int64: 12|null|5", "only int64: 13|null|6", "x int64: 12|-1|5", "y int64: 0|0|0",
      ])
    #expect(try agreed(q, text.each([])).count == 6)
  }

  /// Items that fail are null in every column, one by one also where the closure is a batch's.
  @Test func failingItems() throws {
    let text = Input<String>("text")
    let options = UDFOptions(onError: .collect)
    let async = outputs(of: Name.self, from: text, options: options) {
      (text: String) async throws -> Name? in
      if text == "bad" { throw Unlucky(value: 1) }
      return Self.name(text)
    }
    let batch = outputs(batchOf: One.self, from: text, elementwise: true, options: options) {
      texts -> [One] in
      try texts.map { text in
        if text == "bad" { throw Unlucky(value: 2) }
        return One(only: text.count)
      }
    }
    let p = try Pipeline {
      async
      batch
    }
    let rows = try agreed(p, text.each(["a b", "bad", "ccc"]))
    #expect(rows[0] == "first string: a|null|ccc" && rows[3] == "only int64: 3|null|3")
    let failures = try p.map(text.each(["a", "bad"])).failures
    #expect(failures.count == 2)
  }

  @Test func whatAKeyIsNot() throws {
    let text = Input<String>("text")
    let name = outputs(of: Name.self, from: text) { Self.name($0) }
    #expect(message { _ = try name("frist", as: String.self) }.contains("\"first\""))
    #expect(message { _ = try name("length", as: String.self) }.contains("is Int, not String"))
    let bad = outputs(of: Bad.self, from: text) { _ in Bad(pairs: [:]) }
    #expect(message { _ = try Pipeline { bad } }.contains("\"pairs\""))
  }
}
