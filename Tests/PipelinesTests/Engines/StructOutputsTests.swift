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

  struct One: Codable, Sendable { var only: Int }

  struct Bad: Codable, Sendable { var pairs: [One] }

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

  @Test func whatAKeyIsNot() throws {
    let text = Input<String>("text")
    let name = outputs(of: Name.self, from: text) { Self.name($0) }
    #expect(message { _ = try name("frist", as: String.self) }.contains("\"first\""))
    #expect(message { _ = try name("length", as: String.self) }.contains("is Int, not String"))
    let bad = outputs(of: Bad.self, from: text) { _ in Bad(pairs: []) }
    #expect(message { _ = try Pipeline { bad } }.contains("\"pairs\""))
  }
}
