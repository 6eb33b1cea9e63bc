import Foundation
import Pipelines
import Testing

@Suite struct ExplainTests {
  @Test func explain() throws {
    let text = Input<String>("text")
    let limit = Input<Int>("limit", default: 3)
    let encoder = State("encoder") { try Encoder() }
    let words = Node("words", from: text, options: .init(batchSize: 512)) {
      $0.split(separator: " ").map(String.init)
    }
    let count = Node("count", from: words) { $0.count }
    let long = Node<Bool>(expression: "long", from: count, limit) { $0 > $1 }
    let vector = Node("vector", from: text, encoder) { $1.encode($0) }
    let named = Node("named", inputs: "long", "model") { (long: Bool, model: Tally) in long }
    let p = try Pipeline("p", engine: .columnar(threads: 2, defaults: .init(maxConcurrency: 4))) {
      long
      vector
      named
    }
    let explained = p.explain()
    let plan = try #require(explained.range(of: "Logical plan\n"))
    #expect(
      explained[..<plan.lowerBound] == """
        Pipeline "p" on the columnar engine, 2 threads
        Inputs
          text: String (string), for words, vector
          limit: Int (int64), default 3, for long
          model: Tally, a state unless it is mapped over, for named
        Nodes
          words: [String] (list[string]), row, from text
            node: batchSize 512; engine: maxConcurrency 4; built-in: contract pure, isolation thread, onError fail
          count: Int (int64), row, from words
            engine: maxConcurrency 4; built-in: batchSize as it comes, contract pure, isolation thread, onError fail
          long: Bool (bool), expression, from count, limit
          vector: [Float] (list[float32]), row, from text, state encoder
            engine: maxConcurrency 4; built-in: batchSize as it comes, contract pure, isolation thread, onError fail
          named: Bool (bool), row, from long, model
            engine: maxConcurrency 4; built-in: batchSize as it comes, contract pure, isolation thread, onError fail
        States
          encoder: one per worker, for vector
        Outputs
          long, vector, named

        """)
    // The rest is the frame's own explanation, which has its own tests.
    #expect(explained.contains("Project [text, words = words(text), vector = vector(text)]"))
    #expect(explained.contains("batches of exactly 512"))
    #expect(explained.ranges(of: "node: batchSize 512;").count == 1, "options are printed once")
    #expect(!explained.contains("Functions"))
    let sequential = try p.selecting(long).on(.sequential).explain()
    #expect(
      sequential == """
        Pipeline "p" on the sequential engine, one item at a time
        Inputs
          text: String (string), for words, vector
          limit: Int (int64), default 3, for long
        Nodes
          words: [String] (list[string]), row, from text
          count: Int (int64), row, from words
          long: Bool (bool), expression, from count, limit
        Outputs
          long

        """)
  }

  /// A default that is text stands between quotes, or a space could not be seen.
  @Test func defaultsAreQuoted() throws {
    let separator = Input<String>("separator", default: " ")
    let node = Node("parts", from: Input<String>("text"), separator) { $0 + $1 }
    let explained = try Pipeline("p", outputs: node).explain()
    #expect(explained.contains("separator: String (string), default \" \", for parts"))
  }
}
