import Columnar
import Glibc
import Pipelines

/// The pipelines that the fixture serves.
package enum FixturePipelines {
  package static let text = Input<String>("text")

  package static let encoder = State("encoder") { Encoder(weight: 1) }

  package static let length = Node("length", from: text, encoder, options: .inWorkers) {
    (text: String, encoder: Encoder) in [text.utf8.count, encoder.weight]
  }

  package static let process = Node("process", from: length, options: .inWorkers) {
    (length: [Int]) in Int(getpid())
  }

  package static func embed() throws -> Pipeline {
    try Pipeline("embed", outputs: length, process)
  }

  package static let texts = Input<[String]>("texts")

  /// `embed` within a pipeline, mapped over lists, within another.
  package static func nested() throws -> Pipeline {
    let (lengths, processes) = try embed().each(
      "each", text, in: texts, outputs: length, process)
    let middle = try Pipeline("middle", outputs: lengths, processes)
    return try Pipeline("nested") { middle.asNode(name: "inner") }
  }

  package static func byName() throws -> Pipeline {
    let size = Node("size", inputs: "text", "measure", stateful: ["measure"], options: .inWorkers) {
      (text: String, measure: Measure) in measure.size(text)
    }
    return try Pipeline("by name") { size }
  }

  package static let number = Input<Int>("number")
  package static let numbers = Input<[Int]>("numbers")

  /// Retried once, then null: numbers that 7 divides.
  package static let picky = Node(
    "picky", from: number,
    options: .inWorkers(onError: .null, retry: Retry(attempts: 2, backoff: .zero))
  ) { (n: Int) throws -> Int in
    if n % 7 == 0 { throw FixtureError.unlucky(n) }
    return n
  }

  package static func told() throws -> Pipeline { try Pipeline("told", outputs: picky) }

  package static func toldNested() throws -> Pipeline {
    let each = try told().each("each", number, in: numbers, output: picky)
    return try Pipeline("told nested", outputs: each)
  }

  package final class Encoder {
    package let weight: Int
    package init(weight: Int) { self.weight = weight }
  }

  package final class Measure: Stateful, Sendable {
    package init() throws {}
    func size(_ text: String) -> Int { text.utf8.count }
  }
}
