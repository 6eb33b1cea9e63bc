import Foundation

/// The parts of Swift files that pages show, and the blocks of pages that show them.
///
/// In code a part stands between `// snippet: name` and `// snippet end`; on a page
/// `<!-- snippet: name -->` stands above the block.
enum Snippets {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A block of a page.
  struct Block: Equatable {
    /// What the comment above says: "snippet: name", "output: name"; nil without one.
    let mark: String?
    let language: String
    let text: String
  }

  /// The parts of all Swift files in a folder, by name, without the indentation they share.
  static func parts(in folder: String) throws -> [String: String] {
    var parts: [String: String] = [:]
    let url = root.appending(path: folder)
    for file in try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    where file.hasSuffix(".swift") {
      var open: (name: String, lines: [String])?
      for line in try lines(url.appending(path: file)) {
        let bare = line.trimmingCharacters(in: .whitespaces)
        if bare == "// snippet end" {
          if let open { parts[open.name] = dedented(open.lines) }
          open = nil
        } else if bare.hasPrefix("// snippet: ") {
          open = (String(bare.dropFirst("// snippet: ".count)), [])
        } else {
          open?.lines.append(line)
        }
      }
    }
    return parts
  }

  /// The fenced blocks of a page.
  static func blocks(of page: String) throws -> [Block] {
    var blocks: [Block] = []
    var open: (language: String, lines: [String])?
    var mark: String?
    for line in try lines(root.appending(path: page)) {
      if let (language, lines) = open {
        if line == "```" {
          blocks.append(Block(mark: mark, language: language, text: joined(lines)))
          (open, mark) = (nil, nil)
        } else {
          open = (language, lines + [line])
        }
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), [])
      } else if line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
        mark = String(line.dropFirst(5).dropLast(4))
      } else if !line.isEmpty {
        mark = nil
      }
    }
    return blocks
  }

  private static func lines(_ file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
  }

  private static func dedented(_ lines: [String]) -> String {
    let shared = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return joined(lines.map { String($0.dropFirst(shared)) })
  }

  private static func joined(_ lines: [String]) -> String {
    lines.joined(separator: "\n") + "\n"
  }
}
