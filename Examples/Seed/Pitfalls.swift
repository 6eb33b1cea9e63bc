import Pipelines

/// The guide's section 9: what costs time for nothing, and what the advisor says to it.
enum Pitfalls {
  static let text = Input<String>("text")

  static func modelPerRow() throws -> Pipeline {
    // snippet: pitfall-state
    let result = Node("result", from: text) { (text: String) in
      let model = Model()  // expensive
      return model.encode(text)
    }
    // snippet end
    return try Pipeline("pitfall 1", outputs: result)
  }

  static func smallBatches() throws -> Pipeline {
    // snippet: pitfall-batch
    let result = Node(batch: "result", from: text, options: .init(batchSize: 10)) {
      (texts: ColumnView<String>) in texts.map { $0.utf8.count }
    }
    // snippet end
    return try Pipeline("pitfall 2", outputs: result)
  }

  static func manyWorkers() throws -> Pipeline {
    // snippet: pitfall-workers
    let result = Node("result", from: text, options: .init(maxConcurrency: 32)) { (text: String) in
      text.lowercased()
    }
    // snippet end
    return try Pipeline("pitfall 3", outputs: result)
  }

  static func processThatWaits() throws -> Pipeline {
    // snippet: pitfall-process
    let result = Node("result", from: text, options: .init(isolation: .process)) {
      (text: String) async throws in try await fetch(text)
    }
    // snippet end
    return try Pipeline("pitfall 4", outputs: result)
  }

  /// What the advisor says to each of them.
  static func warnings(_ texts: [String]) throws -> [Advice.Warning] {
    try [modelPerRow(), smallBatches(), manyWorkers(), processThatWaits()].flatMap {
      // snippet: warnings
      try $0.advise(on: text.each(texts)).warnings
      // snippet end
    }
  }

  private static func fetch(_ text: String) async throws -> Int {
    try await Task.sleep(for: .milliseconds(1))
    return text.count
  }
}
