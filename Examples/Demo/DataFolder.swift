import Foundation

/// Where the demo's data lies: in `data` below the current folder, else beside the sources it was
/// built from.
enum DataFolder {
  /// The path of a data file.
  static func path(_ name: String) -> String {
    let here = "data/\(name)"
    if FileManager.default.fileExists(atPath: here) { return here }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return root.appendingPathComponent(here).path
  }
}
