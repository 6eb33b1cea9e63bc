import Foundation
import Testing

@testable import MiniLM

/// The model against what scripts/make-embedding-golden.py computed from the same weights.
@Suite struct EmbeddingTests {
  struct Case: Decodable {
    var text: String
    var ids: [Int32]
    var embedding: [Float]
  }

  private static let cases = Result {
    try JSONDecoder().decode([Case].self, from: Data(contentsOf: golden))
  }
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("embeddings.golden.json")
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let weights =
    root.appendingPathComponent(".models/all-MiniLM-L6-v2/model.safetensors").path
  private static let model = Result { try SentenceEncoder(weightsAt: weights) }

  /// Whether the model is there; says so if not, so that a skipped test isn't taken for a passed one.
  private static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: weights)
    if !isThere {
      print("SKIPPED: tests of embeddings, as there is no \(weights); run `make model`")
    }
    return isThere
  }()

  @Test func tokensAreHuggingFaces() throws {
    let vocabulary = Self.root.appendingPathComponent("data/vocab.txt").path
    let tokenizer = try WordPieceTokenizer(vocabularyAt: vocabulary)
    for item in try Self.cases.get() {
      let ids = tokenizer.tokenize(
        item.text, addingSpecialTokens: true, limit: SentenceEncoder.longestText)
      #expect(ids == item.ids, "\(item.text.debugDescription)")
    }
  }

  @Test(.enabled(if: isThere)) func embeddingsAreTheReferences() throws {
    let cases = try Self.cases.get()
    #expect(cases.count == 20)
    let embeddings = try Self.model.get().embed(cases.map(\.ids))
    var worst: Float = 0
    for (embedding, item) in zip(embeddings, cases) {
      #expect(embedding.count == item.embedding.count)
      let difference = zip(embedding, item.embedding).map { abs($0 - $1) }.max() ?? .infinity
      #expect(difference < 1e-4, "\(item.text.debugDescription)")
      worst = max(worst, difference)
    }
    print("embeddings: at most \(worst) from the reference, \(SentenceEncoder.instructionSet)")
  }

  /// A pipeline may cut its batches as it likes.
  @Test(.enabled(if: isThere)) func embeddingsDependOnTheirTextAlone() throws {
    let model = try Self.model.get()
    let texts = try Self.cases.get().map(\.ids).filter { $0.count < 60 }
    let together = try model.embed(texts)
    let reversed = try model.embed(texts.reversed())
    #expect(Array(reversed.reversed()) == together)
    for (text, embedding) in zip(texts, together) {
      #expect(try model.embed([text]) == [embedding])
    }
    #expect(try model.embed([[Int32]]()).isEmpty)
  }

  @Test(.enabled(if: isThere)) func refusesWhatTheModelCannotTake() throws {
    let model = try Self.model.get()
    for (ids, words) in [
      ([], "0 tokens"), (Array(repeating: 101, count: 513), "513 tokens"),
      ([101, 30_522, 102], "30522"), ([-1], "-1"),
    ] as [([Int32], String)] {
      let error = #expect(throws: ModelError.self) { try model.embed([[101, 102], ids]) }
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
  }

  @Test(.enabled(if: isThere)) func likenessIsOfMeaning() throws {
    let cases = try Self.cases.get()
    func vector(_ text: String) throws -> [Float] {
      try #require(cases.first { $0.text == text }).embedding
    }
    let small = try vector("a plant or animal that is atypically small")
    #expect(SentenceEncoder.likeness(small, try vector("an unusually small organism")) > 0.6)
    #expect(SentenceEncoder.likeness(small, try vector("don't can't 3.14 $5 50%")) < 0.2)
    #expect(abs(SentenceEncoder.likeness(small, small) - 1) < 1e-6)
  }

  @Test func groupsKeepOrderAndBound() {
    #expect(SentenceEncoder.groups(of: []).isEmpty)
    #expect(SentenceEncoder.groups(of: [500]) == [0..<1])
    #expect(SentenceEncoder.groups(of: [100, 60, 60, 500, 1]) == [0..<2, 2..<3, 3..<4, 4..<5])
  }
}
