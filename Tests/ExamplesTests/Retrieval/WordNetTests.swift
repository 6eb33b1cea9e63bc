import Foundation
import Testing

@testable import columnar_retrieval

@Suite struct WordNetTests {
  private func entry(_ line: String) -> (words: String, gloss: String)? {
    WordNet.entry(Array(line.utf8)[...])
  }

  @Test func readsEntries() {
    let noun = entry(
      "02120997 05 n 02 big_cat 0 cat 1 004 @ 02120079 n 0000 ~ 02127808 n 0000 | any of several  ")
    #expect(noun?.words == "big cat, cat")
    #expect(noun?.gloss == "any of several")
    let adjective = entry(
      "00013887 00 a 01 galore(ip) 0 001 & 00013160 a 0000 | existing | so")
    #expect(adjective?.words == "galore")
    #expect(adjective?.gloss == "existing | so")
  }

  @Test(arguments: [
    "", "no bar", " | ", "1 2 n 02 a 0 | too few words", "1 2 n zz a 0 000 | no number",
    "1 2 n 00 a 0 000 | no words", "1 2 n -1 a 0 000 | fewer than none",
  ]) func refusesOtherLines(line: String) { #expect(entry(line) == nil) }

  @Test func namesTheLine() throws {
    let folder = NSTemporaryDirectory() + "columnar-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(throws: RetrievalError.self) { try WordNet.glosses(in: folder) }
    try Data("  1 licence\n1 2 n 01 cat 0 000 | it purrs\nnonsense\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/data.noun"))
    let one = try WordNet.glosses(in: folder, limit: 1)
    #expect(Array(try one["gloss", as: String.self]) == ["it purrs"])
    let error = #expect(throws: RetrievalError.self) { try WordNet.glosses(in: folder) }
    #expect(error?.description.contains("data.noun:3: ") == true)
  }

  @Test func readsArguments() throws {
    let options = try CommandLineOptions(["--top", "3", "a cat", "--limit", "100"])
    #expect(options.queries == ["a cat"])
    #expect(options.count == 3)
    #expect(options.limit == 100)
    for wrong in [[], ["--top"], ["--top", "0", "x"], ["--top", "x", "x"], ["--what", "x"]] {
      #expect(throws: RetrievalError.self) { try CommandLineOptions(wrong) }
    }
  }
}
