import Columnar
import Foundation
import MiniLM
import Pipelines

/// The glosses with their vectors, kept in an Arrow file.
struct Corpus {
  let path: String

  /// Keeps the model from query to query.
  private static let warm = ColumnarEngine(keepsStates: true)

  /// The corpus of the first `limit` glosses, from its file or, the first time, made.
  static func loaded(limit: Int = .max) throws -> Corpus {
    let part = limit == .max ? "" : "-\(limit)"
    let path = "\(ModelFolder.path)/wordnet\(part).arrow"
    if !FileManager.default.fileExists(atPath: path) { try make(path, limit) }
    return Corpus(path: path)
  }

  private static func make(_ path: String, _ limit: Int) throws {
    guard let folder = ModelFolder.wordNet else { throw RetrievalError("run `make model`") }
    let glosses = try WordNet.glosses(in: folder, limit: limit)
    try write(glosses, to: path, on: ColumnarEngine(listeners: [ProgressDisplay()]))
  }

  /// Embeds glosses into a file, which appears when it is complete: an interrupted run leaves
  /// nothing behind.
  static func write(
    _ glosses: DataFrame, to path: String, on engine: any Engine = .columnar
  ) throws {
    let embed = try Pipeline("embed", outputs: GlossSearch.embedding)
    try glosses.lazy.with(embed).write(arrow: path, on: engine)
  }

  /// The glosses nearest in meaning to a text, best first: `score`, `words`, `pos` and `gloss`.
  func nearest(to text: String, count: Int) throws -> DataFrame {
    let embed = try Pipeline("embed", engine: Self.warm, outputs: GlossSearch.embedding)
    let vector = try embed.run(GlossSearch.gloss.always(text))[GlossSearch.embedding]

    let score = try Pipeline("score", outputs: GlossSearch.score)
    return try LazyFrame.scan(arrow: path)
      .with(score, GlossSearch.query.always(vector))
      .sort(by: col("score").descending)
      .limit(count)
      .select("score", "words", "pos", "gloss")
      .collect()
  }
}
