import CMiniLM

/// Memory for the numbers between the layers, for so many tokens at once.
struct Workspace {
  private let memory: Floats
  /// Per token what goes from layer to layer.
  let tokens: UnsafeMutablePointer<Float>
  /// Per token what a layer adds.
  let change: UnsafeMutablePointer<Float>
  /// Per token the widest layer; before it, queries, keys and values.
  let inner: UnsafeMutablePointer<Float>
  /// Per token what attention makes, behind queries, keys and values.
  let context: UnsafeMutablePointer<Float>
  /// For the attention of one text.
  let scores: UnsafeMutablePointer<Float>

  init(tokens count: Int, longest: Int) {
    let (width, inner) = (SentenceEncoder.width, SentenceEncoder.innerWidth)
    memory = Floats(
      count: count * (2 * width + max(inner, 4 * width)) + minilm_attention_scratch(longest))
    tokens = memory.start
    change = tokens + count * width
    self.inner = change + count * width
    context = self.inner + count * 3 * width
    scores = self.inner + count * max(inner, 4 * width)
  }
}
