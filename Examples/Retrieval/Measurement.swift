import Columnar
import MiniLM
import Pipelines

/// How long glosses take through the pipeline, for scripts/compare-retrieval.py.
struct Measurement {
  /// Glosses at equal distances, as their lengths differ from part to part of WordNet.
  private let texts: [String]

  init(count: Int) throws {
    guard let folder = ModelFolder.wordNet else { throw RetrievalError("run `make model`") }
    let all = Array(try WordNet.glosses(in: folder)["gloss", as: String.self])
    texts = (0..<count).map { all[$0 * all.count / count % all.count] }
  }

  func run(printingTexts: Bool) throws {
    if printingTexts {
      print(texts.joined(separator: "\n"))
      return
    }
    // The model stays with the engine, so it is loaded before the clock starts.
    let engine = ColumnarEngine(keepsStates: true)
    let embed = try Pipeline("embed", engine: engine, outputs: GlossSearch.embedding)
    _ = try embed.map(GlossSearch.gloss.each(Array(texts.prefix(256))))
    let seconds = try ContinuousClock().measure {
      _ = try embed.map(GlossSearch.gloss.each(texts))
    }

    let counts = try Pipeline("count", outputs: GlossSearch.tokens)
    let lengths = try counts.map(GlossSearch.gloss.each(texts))[GlossSearch.tokens].map(\.count)
    print("seconds: \(seconds / .seconds(1))")
    print("tokens: \(lengths.reduce(0, +))")
    print("flops: \(lengths.reduce(0) { $0 + SentenceEncoder.operations(tokens: $1) })")
    print("instructions: \(SentenceEncoder.instructionSet)")
  }
}
