import Columnar
import MiniLM
import Pipelines

/// The search: a pipeline that makes vectors of texts, and one that compares vectors.
enum GlossSearch {
  static let gloss = Input<String>("gloss")

  /// Made once, when the first text comes, and shared by all threads.
  static let tokenizer = State.shared("tokenizer") {
    try WordPieceTokenizer(vocabularyAt: ModelFolder.vocabulary)
  }
  static let model = State.shared("model") {
    try SentenceEncoder(weightsAt: ModelFolder.weights)
  }

  static let tokens = Node("tokens", from: gloss, tokenizer) { text, tokenizer in
    tokenizer.tokenize(text, addingSpecialTokens: true, limit: SentenceEncoder.longestText)
  }

  static let embedding = Node(
    batch: "embedding", from: tokens, model, elementwise: true, options: .init(batchSize: 64)
  ) { tokens, model in
    try model.embed(tokens)
  }

  static let vector = Input<[Float]>("embedding")
  static let query = Input<[Float]>("query")
  static let score = Node("score", from: vector, query) { vector, query in
    SentenceEncoder.likeness(vector, query)
  }
}
