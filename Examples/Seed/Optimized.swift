import Pipelines

/// State that is expensive to make, a batch size, and concurrency.
enum Optimized {
  static func run(_ texts: [String], on engine: any Engine = .columnar) throws -> [[Float]] {
    // snippet: optimized
    let text = Input<String>("text")
    let result = Node("result", from: text, options: .init(batchSize: 1024, maxConcurrency: 4)) {
      (text: String, encoder: Encoder) in encoder.encode(text)
    }

    let pipeline = try Pipeline(engine: engine, outputs: result)
    let vectors = try pipeline.map(text.each(texts))[result]
    // snippet end
    return Array(vectors)
  }
}
