import Pipelines

/// The guide's section 6: who decides an option.
enum Hierarchy {
  static func explained() throws -> String {
    let text = Input<String>("text")
    // snippet: hierarchy
    let engine = ColumnarEngine(threads: 2, defaults: .init(batchSize: 2048, maxConcurrency: 2))

    let first = Node("result1", from: text) { $0.lowercased() }
    let second = Node("result2", from: text, options: .init(batchSize: 512)) { $0.uppercased() }

    let pipeline = try Pipeline(engine: engine, outputs: first, second)
    print(pipeline.explain())
    // snippet end
    return pipeline.explain()
  }
}
