import Testing

@testable import Columnar

@Suite struct DisplayWidthTests {
  @Test func agreesWithWcwidth() {
    for (text, width) in DisplayWidthSamples.all {
      #expect(DisplayWidth.of(text) == width, "\(text.debugDescription)")
    }
  }

  @Test func joinerBetweenLettersHidesNothing() {
    #expect(DisplayWidth.of("a\u{200D}b") == 2)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\r\\nb"), ("\t", "\\t"), ("\0", "\\0"),
    ("\u{1B}[31m", "\\u{1B}[31m"), ("\u{7F}\u{85}", "\\u{7F}\\u{85}"),
    ("\u{202E}x", "\\u{202E}x"), ("\u{2028}", "\\u{2028}"), ("é漢", "é漢"),
  ])
  func escapesWhatWouldBreakATable(text: String, expected: String) {
    #expect(DisplayWidth.escaped(text) == expected)
  }

  @Test(arguments: [
    ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""), ("", 0, ""),
    ("漢字漢字", 8, "漢字漢字"), ("漢字漢字", 7, "漢字漢…"), ("漢字漢字", 6, "漢字…"), ("漢字", 1, "…"),
    ("👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"), ("👨‍👩‍👧👨‍👩‍👧", 2, "…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ("ab\ncd", 6, "ab\\ncd"), ("ab\ncd", 5, "ab\\n…"), ("ab\ncd", 4, "ab…"),
  ])
  func fitsWithoutCuttingSigns(text: String, maximum: Int, expected: String) {
    #expect(DisplayWidth.fitted(text, to: maximum) == expected)
    #expect(DisplayWidth.of(DisplayWidth.fitted(text, to: maximum)) <= max(maximum, 0))
  }

  @Test func fitsAnEndlessClusterInBoundedRoom() {
    let endless = "a" + String(repeating: "\u{301}", count: 100_000)
    #expect(DisplayWidth.fitted(endless, to: 10) == "…")
    let invisible = String(repeating: "\u{200B}", count: 100_000)
    #expect(DisplayWidth.fitted(invisible, to: 10).unicodeScalars.count < 300)
  }
}
