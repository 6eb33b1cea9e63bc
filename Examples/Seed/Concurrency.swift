import Pipelines

/// The guide's section 3: how many calls are in flight.
enum Concurrency {
  /// Calls that keep a thread.
  static func ofThreads(_ texts: [String], on engine: any Engine) throws -> [Int] {
    let text = Input<String>("text")
    // snippet: concurrency
    let result = Node("result", from: text, options: .init(maxConcurrency: 4)) { (text: String) in
      expensiveOperation(text)
    }
    // snippet end
    return try Array(Pipeline(engine: engine, outputs: result).map(text.each(texts))[result])
  }

  /// Calls that wait without one.
  static func ofTasks(_ texts: [String], on engine: any Engine) throws -> [Int] {
    let text = Input<String>("text")
    // snippet: concurrency-async
    let answer = Node("answer", from: text) { (text: String) async throws in
      try await ask(text)  // 64 calls in flight, or maxConcurrency
    }
    // snippet end
    return try Array(Pipeline(engine: engine, outputs: answer).map(text.each(texts))[answer])
  }

  private static func expensiveOperation(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 &* 31 &+ Int($1.value) }
  }

  private static func ask(_ text: String) async throws -> Int {
    try await Task.sleep(for: .milliseconds(1))
    return text.count
  }
}
