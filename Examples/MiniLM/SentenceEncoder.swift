import CMiniLM

/// The model all-MiniLM-L6-v2: token ids of texts in, a vector of 384 numbers for each out, such
/// that texts of like meaning have vectors of like direction.
///
/// Six BERT layers, the mean over a text's tokens, and the length made 1. Making one maps the file
/// and packs its weights (43 MB, some 50 ms); then it never changes, so that all threads share one.
/// A vector depends on its own text alone, to the last bit, not on the batch that it comes in.
package final class SentenceEncoder: Sendable {
  /// The length of an embedding.
  package static let width = 384
  /// The most tokens of a text, the special ones included; the model was trained with no more.
  package static let longestText = 256

  static let innerWidth = 1536
  static let heads = 12
  private static let layerCount = 6
  private static let vocabulary = 30_522
  private static let positionCount = 512
  /// Tokens that go through all layers together: their numbers, 1.5 MB, stay in a core's cache.
  private static let tokensAtOnce = 168

  private let words: WordTable
  /// What is added to the first, second, … token of a text.
  private let positions: Floats
  private let norm: AddNorm
  private let layers: [EncoderLayer]

  /// Loads the weights.
  ///
  /// - Throws: `ModelError` when the file can't be read, is damaged, or is another model's.
  package init(weightsAt path: String) throws {
    let width = Self.width
    let file = try SafetensorsFile(path: path)
    words = try WordTable(
      file, "embeddings.word_embeddings.weight", shape: [Self.vocabulary, width])
    positions = Floats(
      try file.floats(
        "embeddings.position_embeddings.weight", shape: [Self.positionCount, width]))
    let kinds = try file.floats("embeddings.token_type_embeddings.weight", shape: [2, width])
    // Every token here is of the first kind, that of a first text.
    for index in 0..<positions.count { positions.start[index] += kinds[index % width] }
    norm = try AddNorm(file, "embeddings.LayerNorm", width: width)
    layers = try (0..<Self.layerCount).map { try EncoderLayer(file, $0) }
  }

  /// The embeddings of texts given as token ids, special ones included.
  ///
  /// Texts need not be of like length: their tokens stand one after the other without padding.
  ///
  /// - Throws: `ModelError` when a text is empty or too long, or an id is not in the vocabulary.
  package func embed(_ texts: some Collection<[Int32]>) throws -> [[Float]] {
    let texts = Array(texts)
    for text in texts { try check(text) }
    let lengths = texts.map(\.count)
    let groups = Self.groups(of: lengths)
    let space = Workspace(
      tokens: groups.map { lengths[$0].reduce(0, +) }.max() ?? 0, longest: lengths.max() ?? 0)
    return groups.flatMap { embed(texts[$0], lengths[$0], space) }
  }

  private func embed(
    _ texts: ArraySlice<[Int32]>, _ lengths: ArraySlice<Int>, _ space: Workspace
  ) -> [[Float]] {
    let width = Self.width
    var place = space.tokens
    for text in texts {
      for (position, id) in text.enumerated() {
        let row = UnsafeMutableBufferPointer(start: place + position * width, count: width)
        _ = row.update(fromContentsOf: words.row(id))
      }
      norm.apply(to: place, adding: positions.start, rows: text.count)
      place += text.count * width
    }
    for layer in layers { layer.apply(space, lengths: lengths) }
    place = space.tokens
    return lengths.map { length in
      defer { place += length * width }
      return Array(unsafeUninitializedCapacity: width) { buffer, count in
        minilm_mean_unit(place, length, width, buffer.baseAddress)
        count = width
      }
    }
  }

  private func check(_ text: [Int32]) throws {
    guard !text.isEmpty, text.count <= Self.positionCount else {
      throw ModelError(
        "a text of \(text.count) tokens: the model takes 1 to \(Self.positionCount); tokenize with "
          + "addingSpecialTokens: true, limit: SentenceEncoder.longestText")
    }
    if let id = text.first(where: { $0 < 0 || $0 >= Self.vocabulary }) {
      throw ModelError(
        "the token id \(id) is not in the model's vocabulary of \(Self.vocabulary): does the "
          + "tokenizer belong to another model?")
    }
  }

  /// Runs of texts of about `tokensAtOnce` tokens together.
  static func groups(of lengths: [Int]) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var (first, tokens) = (0, 0)
    for (index, length) in lengths.enumerated() {
      if tokens > 0, tokens + length > tokensAtOnce {
        groups.append(first..<index)
        (first, tokens) = (index, 0)
      }
      tokens += length
    }
    if first < lengths.count { groups.append(first..<lengths.count) }
    return groups
  }
}

extension SentenceEncoder {
  /// How much alike two embeddings are: their cosine, as both have length 1.
  package static func likeness(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == width, b.count == width else { return .nan }
    var result: Float = 0
    minilm_scores(a, 1, width, b, &result)
    return result
  }

  /// The multiplications and additions that a text of so many tokens takes, those of vectors apart.
  package static func operations(tokens: Int) -> Int {
    let linear = 2 * (4 * width * width + 2 * width * innerWidth)
    return layerCount * tokens * (linear + 4 * tokens * width)
  }

  /// The vector instructions that the arithmetic uses on this machine.
  package static var instructionSet: String {
    minilm_kernels_at(0).map { String(cString: $0.pointee.name) } ?? "none"
  }
}

/// The word embeddings, where they lie in the file.
///
/// `@unchecked Sendable`: mapped for reading for as long as the file is kept, which is here.
private struct WordTable: @unchecked Sendable {
  private let file: SafetensorsFile
  private let values: UnsafeBufferPointer<Float>

  init(_ file: SafetensorsFile, _ name: String, shape: [Int]) throws {
    self.file = file
    values = try file.floats(name, shape: shape)
  }

  func row(_ id: Int32) -> Slice<UnsafeBufferPointer<Float>> {
    values[Int(id) * SentenceEncoder.width..<(Int(id) + 1) * SentenceEncoder.width]
  }
}
