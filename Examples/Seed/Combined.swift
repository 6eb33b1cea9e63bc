import Pipelines

/// The guide's section 5: everything at once.
enum Combined {
  static let text = Input<String>("text")

  static func pipeline(on engine: any Engine = .columnar) throws -> Pipeline {
    // snippet: combined
    let options = UDFOptions(batchSize: 1024, maxConcurrency: 4, isolation: .process)
    let embedding = Node("embedding", from: text, options: options) {
      (text: String, encoder: Encoder) in  // a Stateful class: one per worker
      encoder.encode(text)
    }
    let embed = try Pipeline("embed", engine: engine, outputs: embedding)
    // snippet end
    return embed
  }

  static func run(_ texts: [String], on engine: any Engine = .columnar) throws -> [[Float]] {
    Array(try pipeline(on: engine).map(text.each(texts))["embedding", as: [Float].self])
  }
}
