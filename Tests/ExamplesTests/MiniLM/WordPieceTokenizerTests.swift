import Foundation
import Testing

@testable import MiniLM

@Suite struct WordPieceTokenizerTests {
  /// One for all tests: it never changes.
  private static let shared = Result { try WordPieceTokenizer(vocabularyAt: data("vocab.txt")) }

  private static func data(_ name: String) -> String {
    var path = #filePath.split(separator: "/").dropLast(4)
    path += ["data", Substring(name)]
    return "/" + path.joined(separator: "/")
  }

  @Test func agreesWithHuggingFace() throws {
    let tokenizer = try Self.shared.get()
    for (text, ids) in WordPieceGolden.texts {
      #expect(tokenizer.tokenize(text) == ids, "\(text.debugDescription)")
      #expect(tokenizer.count(text) == ids.count)
    }
  }

  @Test func agreesWithHuggingFaceOnAllGlosses() throws {
    let tokenizer = try Self.shared.get()
    let text = try String(contentsOfFile: Self.data("glosses.csv"), encoding: .utf8)
    var pieces = 0
    var fingerprint: UInt64 = 0xCBF2_9CE4_8422_2325
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let ids = tokenizer.tokenize(String(line))
      pieces += ids.count
      for id in ids { fingerprint = (fingerprint ^ UInt64(id)) &* 0x100_0000_01B3 }
      fingerprint = (fingerprint ^ 0xFFFF_FFFF) &* 0x100_0000_01B3
    }
    #expect(pieces == WordPieceGolden.glossPieces)
    #expect(fingerprint == WordPieceGolden.glossFingerprint)
  }

  @Test func addsSpecialTokensWhenAsked() throws {
    let tokenizer = try Self.shared.get()
    #expect(tokenizer.tokenize("hello", addingSpecialTokens: true) == [101, 7592, 102])
    #expect(tokenizer.tokenize("", addingSpecialTokens: true) == [101, 102])
  }

  @Test func namesPieces() throws {
    let tokenizer = try Self.shared.get()
    #expect(
      tokenizer.tokenize("embeddings").map { tokenizer.piece($0) } == [
        "em", "##bed", "##ding", "##s",
      ])
    #expect(tokenizer.piece(-1) == nil)
    #expect(tokenizer.piece(30_522) == nil)
    #expect(tokenizer.piece(30_521) == "##～")
  }

  @Test func saysWhatIsWrongWithAVocabulary() {
    #expect(throws: ModelError.self) { try WordPieceTokenizer(vocabularyAt: "/no/such/file") }
    let error = #expect(throws: ModelError.self) {
      try WordPieceTokenizer(vocabularyAt: Self.data("airlines.csv"))
    }
    #expect(error?.description.contains("[UNK]") == true)
  }
}
