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

  /// What a machine cannot change is printed as the guide says.
  @Test func whatIsPrintedIsWhatTheGuideSays() throws {
    let block = try #require(
      Snippets.blocks(of: Self.page).first { $0.mark == "output: hierarchy" })
    let explained = try Hierarchy.explained()
    #expect(explained.contains(block.text), "\(explained)")
  }

  /// The pages' links lead to files.
  @Test(arguments: ["README.md", "docs/optimization-guide.md", "docs/from-hypernodes.md"])
  func linksLeadSomewhere(page: String) throws {
    let url = Snippets.root.appending(path: page)
    let text = try String(contentsOf: url, encoding: .utf8)
    for match in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
      let target = url.deletingLastPathComponent().appending(path: String(match.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.1)")
    }
  }
}
