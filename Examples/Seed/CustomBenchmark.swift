import Pipelines

/// A benchmark of one's own: the same pipeline with one configuration after the other.
enum CustomBenchmark {
  static func run(_ texts: [String], on engine: any Engine = .columnar) throws -> [String] {
    var lines: [String] = []
    func print(_ line: String) { lines.append(line) }
    // snippet: benchmark
    let text = Input<String>("text")
    let result = Node("result", from: text) { $0.lowercased() }
    let pipeline = try Pipeline(engine: engine, outputs: result)

    let configurations: [UDFOptions] = [
      .init(batchSize: 512),
      .init(batchSize: 1024),
      .init(batchSize: 2048, maxConcurrency: 4),
    ]
    for options in configurations {
      let tuned = try pipeline.with(options, for: "result")
      let seconds = try ContinuousClock().measure { _ = try tuned.map(text.each(texts)) }
      print("\(options): \(seconds)")
    }
    // snippet end
    return lines
  }
}
