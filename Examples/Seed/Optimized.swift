import Pipelines
import Synchronization

/// Everything at once: state that is expensive to make, a batch size, and concurrency.
enum Optimized {
  /// Stands for a model: making one costs as much as 10,000 calls.
  ///
  /// `Stateful` has the engine make one per worker.
  final class Encoder: Stateful {
    /// How many were made, for the tests.
    static let made = Atomic(0)
    private let table: [Character: Int]

    init() {
      Self.made.add(1, ordering: .relaxed)
      table = (0..<20_000).reduce(into: [:]) { table, number in
        if let scalar = Unicode.Scalar(number) { table[Character(scalar), default: number] += 1 }
      }
    }

    func encode(_ text: String) -> Int { text.reduce(0) { $0 + (table[$1] ?? 0) } }
  }

  static func run(_ texts: [String], on engine: any Engine = .columnar) throws -> [Int] {
    let text = Input<String>("text")
    let result = Node("result", from: text, options: .init(batchSize: 1024, maxConcurrency: 4)) {
      (text: String, encoder: Encoder) in
      encoder.encode(text)
    }

    let pipeline = try Pipeline(engine: engine, outputs: result)
    return Array(try pipeline.map(text.each(texts))[result])
  }
}
