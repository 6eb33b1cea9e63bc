import Columnar
import MiniLM
import Pipelines

/// The guide's first lesson, measured: an expensive object made for every row, for every batch, and
/// once per worker.
enum StateComparison {
  private static let text = Input<String>("gloss")

  static func run() throws {
    let frame = try LazyFrame.scan(csv: DataFolder.path("glosses.csv")).select("gloss").collect()
    let texts = try Array(frame["gloss", as: String.self])
    // Making one per row over all texts would take minutes, so that case is timed on a few and said so.
    let few = 40
    let vocabulary = DataFolder.path("vocab.txt")
    let perRow = Node("count", from: text) { text in
      try WordPieceTokenizer(vocabularyAt: vocabulary).count(text)
    }
    let perBatch = Node(batch: "count", from: text, options: .init(batchSize: 1024)) { texts in
      let tokenizer = try WordPieceTokenizer(vocabularyAt: vocabulary)
      return texts.map { tokenizer.count($0) }
    }
    let tokenizer = State("tokenizer") { try WordPieceTokenizer(vocabularyAt: vocabulary) }
    let perWorker = Node("count", from: text, tokenizer) { $1.count($0) }

    let row = try time(perRow, Array(texts.prefix(few)))
    let batch = try time(perBatch, texts)
    let worker = try time(perWorker, texts)
    let rows: [(String, Int, Double)] = [
      ("once per row", few, row), ("once per batch of 1024", texts.count, batch),
      ("once per worker", texts.count, worker),
    ]
    let base = worker / Double(texts.count)
    let table = try DataFrame(
      [
        "tokenizer is made": rows.map(\.0), "texts timed": rows.map(\.1),
        "ms": rows.map { ($0.2 * 1e5).rounded() / 100 },
        "us per text": rows.map { ($0.2 / Double($0.1) * 1e8).rounded() / 100 },
        "times the cost": rows.map { ($0.2 / Double($0.1) / base * 10).rounded() / 10 },
      ] as KeyValuePairs)
    print(table)
  }

  /// Seconds of one run over `texts` after a warm-up, the result checked.
  private static func time(_ node: Node<Int>, _ texts: [String]) throws -> Double {
    let pipeline = try Pipeline(outputs: node)
    var seconds: [Double] = []
    for _ in 0..<3 {
      let clock = ContinuousClock()
      var total = 0
      let duration = try clock.measure {
        total = try pipeline.map(text.each(texts))[node].reduce(0, +)
      }
      guard total > texts.count else { fatalError("the token counts are wrong: \(total)") }
      seconds.append(
        Double(duration.components.attoseconds) / 1e18 + Double(duration.components.seconds))
    }
    return seconds.sorted()[1]
  }
}
