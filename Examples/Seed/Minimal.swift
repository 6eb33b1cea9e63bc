import Pipelines

/// The shortest useful pipeline: one node, mapped over texts.
///
/// Rows go in batches without being asked.
enum Minimal {
  static func run(_ texts: [String], on engine: any Engine = .columnar) throws -> [String] {
    // snippet: minimal
    let text = Input<String>("text")
    let result = Node("result", from: text) { $0.lowercased() }

    let pipeline = try Pipeline(engine: engine, outputs: result)
    let lowered = try pipeline.map(text.each(texts))[result]
    // snippet end
    return Array(lowered)
  }
}
