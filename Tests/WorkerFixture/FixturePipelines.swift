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

  // MARK: Bound states

  /// A state bound in the place of one that a node takes by handle.
  package static func bound() throws -> Pipeline {
    try embed().named("bound").bind(encoder.make { Encoder(weight: 5) })
  }

  /// The same, nested and mapped.
  package static func boundNested() throws -> Pipeline {
    let each = try bound().each("each", text, in: texts, output: length)
    return try Pipeline("bound nested", outputs: each)
  }

  /// A state, and an object, bound to an input by name.
  package static func boundByName() throws -> Pipeline {
    try byName().named("bound by name")
      .bind(["measure": State("longer") { Measure(extra: 10) }])
  }

  package static func boundObject() throws -> Pipeline {
    try byName().named("bound object").bind(["measure": Measure(extra: 20)])
  }

  /// The same with other names of inputs and outputs.
  package static func boundRenamed() throws -> Pipeline {
    try boundByName().named("bound renamed").renaming(
      inputs: ["measure": "ruler"], outputs: ["size": "length"])
  }

  /// Pipelines of one name, of which the program may run either.
  package static func either(bound: Bool) throws -> Pipeline {
    let either = try embed().named("either")
    return bound ? try either.bind(encoder.make { Encoder(weight: 6) }) : either
  }

  // MARK: Structs

  package struct Parts: Codable, Sendable {
    package var first: String
    package var rest: String?
    package var count: Int

    /// Nil for an empty text.
    package init?(_ text: String) {
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      guard let first = parts.first else { return nil }
      self.first = first
      rest = parts.count > 1 ? parts[1] : nil
      count = text.count
    }
  }

  package static func structs(
    _ name: String, _ parts: OutputNodes<Parts>
  ) throws -> Pipeline { try Pipeline("struct \(name)") { parts } }

  package static func rowStructs() throws -> Pipeline {
    try structs("row", outputs(of: Parts.self, from: text, options: .inWorkers) { Parts($0) })
  }

  package static func asyncStructs() throws -> Pipeline {
    let options = UDFOptions(maxConcurrency: 8, isolation: .process)
    return try structs(
      "async",
      outputs(of: Parts.self, from: text, options: options) { (text: String) async throws in
        try await Task.sleep(for: .microseconds(10))
        return Parts(text)
      })
  }

  package static func batchStructs() throws -> Pipeline {
    try structs(
      "batch",
      outputs(batchOf: Parts.self, from: text, options: .inWorkers) { texts in
        try texts.map { text in
          guard let parts = Parts(text) else { throw FixtureError.noModel }
          return parts
        }
      })
  }

  /// All pipelines that the fixture serves.
  package static func all() throws -> [Pipeline] {
    try [
      embed(), byName(), nested(), told(), toldNested(), bound(), boundNested(), boundByName(),
      boundObject(), boundRenamed(), either(bound: false), either(bound: true), rowStructs(),
      asyncStructs(),
      batchStructs(),
    ]
  }

  package final class Encoder {
    package let weight: Int
    package init(weight: Int) { self.weight = weight }
  }

  package final class Measure: Stateful, Sendable {
    private let extra: Int
    package init() throws { extra = 0 }
    package init(extra: Int) { self.extra = extra }
    func size(_ text: String) -> Int { text.utf8.count + extra }
  }
}
