import Foundation
import MiniLM
import Pipelines
import Testing

@testable import columnar_retrieval

/// The pipeline as a whole; skipped, and saying so, where `make model` hasn't run.
@Suite struct GlossSearchTests {
  private static let isThere: Bool = {
    if let missing = ModelFolder.missing { print("SKIPPED: tests of the search; \(missing)") }
    return ModelFolder.missing == nil
  }()

  @Test(.enabled(if: isThere)) func bothEnginesAgree() throws {
    let texts = ["a large cat", "", "the act of flying an aeroplane", "a feeling of joy"]
    let pipeline = try Pipeline(outputs: GlossSearch.embedding)
    let vectors = try [.columnar, .sequential].map { (engine: any Engine) in
      Array(try pipeline.on(engine).map(GlossSearch.gloss.each(texts))[GlossSearch.embedding])
    }
    #expect(vectors[0] == vectors[1])
    #expect(vectors[0].map(\.count) == [384, 384, 384, 384])
  }

  @Test(.enabled(if: isThere)) func findsWhatIsMeant() throws {
    let path = NSTemporaryDirectory() + "columnar-\(UUID().uuidString).arrow"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let glosses = try DataFrame([
      "words": ["airplane", "tiger", "joy", "mouse"],
      "pos": ["noun", "noun", "noun", "noun"],
      "gloss": [
        "an aircraft that has a fixed wing", "large feline of forests having a tawny coat",
        "the emotion of great happiness", "any of numerous small rodents",
      ],
    ])
    try Corpus.write(glosses, to: path)
    let corpus = Corpus(path: path)
    let found = try corpus.nearest(to: "a big wild cat", count: 2)
    #expect(try found["words", as: String.self].first == "tiger")
    let scores = Array(try found["score", as: Float.self])
    #expect(scores.count == 2 && scores == scores.sorted(by: >))
    let joy = try corpus.nearest(to: "gladness", count: 1)
    #expect(try joy["words", as: String.self].first == "joy")
  }
}
