import Pipelines

/// The guide's section 1: what is expensive to make is made once per worker.
enum StatefulParameters {
  /// The problem: a model for every row.
  static func problem(_ texts: [String], on engine: any Engine) throws -> [[Float]] {
    let text = Input<String>("text")
    // snippet: state-problem
    let embedding = Node("embedding", from: text) { (text: String) in
      let model = Model()  // made for every row
      return model.encode(text)
    }
    // snippet end
    return try Array(Pipeline(engine: engine, outputs: embedding).map(text.each(texts))[embedding])
  }

  /// The solution, by handle.
  static func solution(_ texts: [String], on engine: any Engine) throws -> [[Float]] {
    // snippet: state-solution
    let text = Input<String>("text")
    let model = State("model") { Model() }  // made once per worker, when the first row comes

    let embedding = Node("embedding", from: text, model) { (text: String, model: Model) in
      model.encode(text)
    }
    let pipeline = try Pipeline(engine: engine, outputs: embedding)
    let vectors = try pipeline.map(text.each(texts))[embedding]
    // snippet end
    return Array(vectors)
  }

  /// A class that says so itself.
  static func byClass(_ texts: [String], on engine: any Engine) throws -> [[Float]] {
    let text = Input<String>("text")
    // snippet: state-class-node
    let embedding = Node("embedding", from: text) { (text: String, encoder: Encoder) in
      encoder.encode(text)
    }
    // snippet end
    return try Array(Pipeline(engine: engine, outputs: embedding).map(text.each(texts))[embedding])
  }

  /// A hint at the node, and an object that is detected.
  static func byName(_ texts: [String], on engine: any Engine) throws -> [[Float]] {
    // snippet: state-hint
    let embedding = Node("embedding", inputs: "text", "model", stateful: ["model"]) {
      (text: String, model: Model) in model.encode(text)
    }
    // snippet end
    let pipeline = try Pipeline(engine: engine, outputs: embedding)
    // snippet: state-detected
    let results = try pipeline.map(["text": texts, "model": Model()], over: "text")
    // snippet end
    return Array(try results[embedding])
  }
}

// snippet: state-class
final class Encoder: Stateful {
  private let model: Model
  init() throws { model = Model() }
  func encode(_ text: String) -> [Float] { model.encode(text) }
}
// snippet end
