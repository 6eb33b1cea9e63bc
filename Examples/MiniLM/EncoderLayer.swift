import CMiniLM

/// One of the model's layers: attention among the tokens of a text, then two linear layers over
/// each token, each followed by a norm of the sum with what came in.
struct EncoderLayer: Sendable {
  private let queriesKeysValues: Linear
  private let attended: Linear
  private let attentionNorm: AddNorm
  private let widened: Linear
  private let narrowed: Linear
  private let norm: AddNorm

  init(_ file: SafetensorsFile, _ index: Int) throws {
    let name = "encoder.layer.\(index)"
    let (width, inner) = (SentenceEncoder.width, SentenceEncoder.innerWidth)
    queriesKeysValues = try Linear(
      file, "\(name).attention.self.query", "\(name).attention.self.key",
      "\(name).attention.self.value", inputs: width, outputs: width)
    attended = try Linear(
      file, "\(name).attention.output.dense", inputs: width, outputs: width)
    attentionNorm = try AddNorm(file, "\(name).attention.output.LayerNorm", width: width)
    widened = try Linear(file, "\(name).intermediate.dense", inputs: width, outputs: inner)
    narrowed = try Linear(file, "\(name).output.dense", inputs: inner, outputs: width)
    norm = try AddNorm(file, "\(name).output.LayerNorm", width: width)
  }

  /// Runs the layer over the workspace's tokens, which are those of texts of the given lengths.
  func apply(_ space: Workspace, lengths: ArraySlice<Int>) {
    let width = SentenceEncoder.width
    let rows = lengths.reduce(0, +)
    queriesKeysValues.apply(to: space.tokens, rows: rows, into: space.inner)
    var first = 0
    for length in lengths {
      minilm_attention(
        space.inner + first * 3 * width, length, SentenceEncoder.heads,
        space.context + first * width, space.scores)
      first += length
    }
    attended.apply(to: space.context, rows: rows, into: space.change)
    attentionNorm.apply(to: space.tokens, adding: space.change, rows: rows)
    widened.apply(to: space.tokens, rows: rows, into: space.inner)
    minilm_gelu(space.inner, rows * SentenceEncoder.innerWidth)
    narrowed.apply(to: space.inner, rows: rows, into: space.change)
    norm.apply(to: space.tokens, adding: space.change, rows: rows)
  }
}
