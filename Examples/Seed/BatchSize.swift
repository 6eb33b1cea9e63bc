import Pipelines

/// The guide's section 2: how many rows a call gets.
enum BatchSize {
  /// At a node.
  static func ofNode(_ texts: [String]) throws -> [String] {
    let text = Input<String>("text")
    // snippet: batch-node
    let result = Node(batch: "result", from: text, options: .init(batchSize: 2048)) {
      (texts: ColumnView<String>) in texts.map { $0.lowercased() }
    }
    // snippet end
    return try Array(Pipeline(outputs: result).map(text.each(texts))[result])
  }

  /// For all nodes of an engine.
  static func ofEngine(_ texts: [String]) throws -> [String] {
    let text = Input<String>("text")
    let result = Node("result", from: text) { $0.lowercased() }
    // snippet: batch-engine
    let engine = ColumnarEngine(defaults: .init(batchSize: 2048))
    let pipeline = try Pipeline(engine: engine, outputs: result)
    // snippet end
    return try Array(pipeline.map(text.each(texts))[result])
  }

  /// By the kind of work.
  static func ofPreset(_ texts: [String], on engine: any Engine) throws -> [[Float]] {
    let text = Input<String>("text")
    let model = State("model") { Model() }
    // snippet: batch-preset
    let embedding = Node(batch: "embedding", from: text, model, options: .modelInference) {
      (texts: ColumnView<String>, model: Model) in texts.map { model.encode($0) }
    }
    // snippet end
    return try Array(Pipeline(engine: engine, outputs: embedding).map(text.each(texts))[embedding])
  }
}
