import ColumnarTesting
import Testing

@testable import ColumnarCore

/// The user's data in messages, and the names that are proposed for wrong ones.
@Suite struct MessageTextTests {
  @Test func dataIsEscapedAndCut() {
    #expect(MessageText.shown("a\nb\u{1B}[31m") == "a\\nb\\u{1B}[31m")
    #expect(
      MessageText.quoted(String(repeating: "x", count: 61))
        == "\"\(String(repeating: "x", count: 60))…\"")
    #expect(MessageText.quoted(String(repeating: "x", count: 60)).hasSuffix("x\""))
  }

  @Test func castErrorsShowTextInQuotes() throws {
    let long = "1\u{1B}" + String(repeating: "y", count: 100)
    let column = String.column(of: ["1", long])
    let error = #expect(throws: ColumnarError.self) { try column.cast(to: .int64, strict: true) }
    let message = try #require(error?.message)
    #expect(message.hasPrefix("The string \"1\\u{1B}yyy"))
    #expect(message.contains("y…\" does not fit in int64"))
    let null = #expect(throws: ColumnarError.self) {
      try String.column(of: ["NA"]).cast(to: .float64, strict: true)
    }
    #expect(null?.message.contains("nullValues") == true)
  }

  @Test(
    arguments: [
      ("nope", nil), ("y", nil), ("nmae", "name"), ("Name", "name"), ("X", "x"), ("naem", "name"),
      ("distnace", "distance"), ("dist", nil),
    ] as [(String, String?)])
  func onlySlipsAreProposed(_ wrong: String, _ expected: String?) {
    #expect(Suggestion.nearest(to: wrong, among: ["name", "x", "distance"]) == expected)
  }

  @Test func rowsAreShifted() {
    let error = ColumnarError(.udf, "no", context: [.rows(3..<5), .node("f")]).shiftingRow(by: 10)
    #expect(error.row == 13)
    #expect("\(error)".hasSuffix("(at rows 13..<15 of those that reached node \"f\")"))
  }
}
