import Foundation
import Testing

@testable import columnar_seed

/// The optimization guide shows the code of `Examples/Seed`, which the other tests run.
@Suite struct GuideTests {
  private static let page = "docs/optimization-guide.md"

  @Test func everySnippetIsCodeThatRuns() throws {
    let parts = try Snippets.parts(in: "Examples/Seed")
    let blocks = try Snippets.blocks(of: Self.page).filter { $0.language == "swift" }
    #expect(blocks.count > 10)
    for block in blocks {
      let name = try #require(
        block.mark.flatMap { $0.hasPrefix("snippet: ") ? $0.dropFirst("snippet: ".count) : nil },
        "no <!-- snippet: name --> above:\n\(block.text)")
      #expect(block.text == parts[String(name)], "the snippet \"\(name)\" of \(Self.page)")
    }
    let shown = Set(blocks.compactMap(\.mark))
    for name in parts.keys.sorted() {
      #expect(shown.contains("snippet: \(name)"), "\(Self.page) does not show \"\(name)\"")
    }
  }

  /// The README's examples compile as they stand there; the lines that import are left out.
  @Test func theReadmeCompiles() throws {
    let parts = try Snippets.parts(in: "Tests/ExamplesTests/Guide")
    let blocks = try Snippets.blocks(of: "README.md").filter { $0.mark != nil }
    #expect(blocks.count == 4)
    for block in blocks {
      let name = String(try #require(block.mark).dropFirst("snippet: ".count))
      let text = block.text.replacing(/(^|\n)(import \w+\n)+\n/) { _ in "" }
      #expect(text == parts[name], "the snippet \"\(name)\" of README.md")
    }
  }

  /// What a machine cannot change is printed as the guide says.
  @Test func whatIsPrintedIsWhatTheGuideSays() throws {
    let block = try #require(
      Snippets.blocks(of: Self.page).first { $0.mark == "output: hierarchy" })
    let explained = try Hierarchy.explained()
    #expect(explained.contains(block.text), "\(explained)")
  }

  /// The pages' links lead to files, and to headings that these have.
  @Test(arguments: ["README.md", "docs/optimization-guide.md", "docs/from-hypernodes.md"])
  func linksLeadSomewhere(page: String) throws {
    let url = Snippets.root.appending(path: page)
    let text = try String(contentsOf: url, encoding: .utf8)
    for match in text.matches(of: /\]\(([^)#:]*)(#[^)]*)?\)/) where !match.0.hasSuffix("()") {
      let path = String(match.1)
      let target = path.isEmpty ? url : url.deletingLastPathComponent().appending(path: path)
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(path)")
      guard let anchor = match.2 else { continue }
      let headings = try String(contentsOf: target, encoding: .utf8).split(separator: "\n")
        .filter { $0.hasPrefix("#") }.map(anchorName)
      #expect(headings.contains(String(anchor)), "\(page): \(path)\(anchor)")
    }
  }

  /// What a heading is linked by.
  private func anchorName(_ heading: Substring) -> String {
    "#"
      + heading.drop { $0 == "#" || $0 == " " }.lowercased().compactMap { letter in
        letter == " "
          ? "-" : letter.isLetter || letter.isNumber || letter == "-" ? "\(letter)" : nil
      }.joined()
  }
}
