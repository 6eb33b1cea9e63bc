import Pipelines

/// The guide's section 7: which options a pipeline needs.
enum DecisionTree {
  static let text = Input<String>("text")

  static func pipeline(on engine: any Engine = .columnar) throws -> Pipeline {
    let model = State("model") { Model() }
    let embedding = Node("embedding", from: text, model) { $1.encode($0) }
    return try Pipeline("embed", engine: engine, outputs: embedding)
  }

  static func run(_ texts: [String], on engine: any Engine = .columnar) throws -> Int {
    let pipeline = try pipeline(on: engine)
    // snippet: advise
    let advice = try pipeline.advise(on: text.each(texts))
    print(advice)
    let results = try pipeline.with(advice).map(text.each(texts))
    // snippet end
    return results.count
  }

  static func automatic(_ texts: [String]) throws -> Int {
    let pipeline = try pipeline()
    // snippet: automatic
    let results = try pipeline.on(.columnar(tuning: .automatic)).map(text.each(texts))
    // snippet end
    return results.count
  }
}
