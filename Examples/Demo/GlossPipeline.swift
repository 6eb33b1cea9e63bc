import Columnar
import MiniLM
import Pipelines

/// A pipeline of nodes over dictionary glosses: tokens by a real model's tokenizer, which every
/// worker makes once.
enum GlossPipeline {
  static let gloss = Input<String>("gloss")

  /// Reads and indexes 30,522 word pieces: what is really expensive here.
  static let tokenizer = State("tokenizer") {
    try WordPieceTokenizer(vocabularyAt: DataFolder.path("vocab.txt"))
  }

  static let definition = Node("definition", from: gloss) { text in
    // Examples follow the definition in quotes.
    String(text.prefix { $0 != "\"" })
  }
  static let tokens = Node("tokens", from: definition, tokenizer) { text, tokenizer in
    tokenizer.tokenize(text)
  }
  static let length = Node("length", from: tokens) { $0.count }
  static let rarest = Node("rarest piece", from: tokens, tokenizer) { ids, tokenizer in
    // The vocabulary is ordered by frequency.
    ids.max().flatMap { tokenizer.piece($0) }
  }

  static func run() throws {
    let pipeline = try Pipeline("glosses", outputs: length, rarest)
    let glosses = LazyFrame.scan(csv: DataFolder.path("glosses.csv"))
    let enriched = try glosses.with(pipeline)
    print(try enriched.select("word", "pos", "length", "rarest piece", "gloss").limit(6).collect())
    let lengths = try enriched.groupBy("pos").aggregate(
      rowCount().as("glosses"), col("length").mean().rounded(2).as("mean pieces"),
      col("length").max().as("most pieces")
    ).sort(by: "pos").collect()
    print(lengths)
    print(pipeline.explain())
  }
}
