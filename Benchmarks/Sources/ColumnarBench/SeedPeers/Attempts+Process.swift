import Columnar
import Pipelines

/// A test with one function of a text per row.
func oneFunction<Value: Codable & ColumnValue & Digestible>(
  _ texts: @escaping @Sendable () -> [String], _ function: RowUDF1<String, Value>
) -> AttemptMaker {
  { variant, isRecords in
    guard variant == "row" else { return nil }
    return isRecords
      ? try .records(texts()) { Node("result", from: $0, function) }
      : try .columns(texts(), of: Value.self, function("input"))
  }
}

private let words = UDF.row("words") { (text: String) in countWords(text) }

/// The words between single spaces, without making them.
func countWords(_ text: String) -> Int {
  text.utf8.split(separator: UInt8(ascii: " ")).count
}

/// The tests of worker processes: 3,000 long texts, and everything at once.
let processAttempts: [String: AttemptMaker] = [
  "process-off": oneFunction({ Texts.long(3_000) }, words),
  "process-on": oneFunction({ Texts.long(3_000) }, IsolatedFunctions.wordsOfLong),
  "combined": oneFunction({ Texts.helloUpper(10_000) }, IsolatedFunctions.predict),
]
