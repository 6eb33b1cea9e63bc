import Columnar
import Pipelines

/// A test with one function of a text per row.
///
/// As it may run in worker processes, which serve
/// functions by name, it is a query from lists to records and no pipeline.
func oneFunction<Value: ColumnValue & Recorded>(
  _ texts: @escaping @Sendable () -> [String], _ function: RowUDF1<String, Value>
) -> AttemptMaker {
  { variant, isRecords in
    guard variant == "row" else { return nil }
    return isRecords
      ? .query(texts(), of: Value.self, function("input"))
      : try .columns(texts(), of: Value.self, function("input"))
  }
}

private let words = UDF.row("words") { (text: String) in countWords(text) }

/// The words of a text, counted without making them: the places where one begins.
///
/// No step waits for the one before, and the places of a block fit a byte, so that the loop is
/// vectorised, sixteen bytes at once.
func countWords(_ text: String) -> Int {
  var text = text
  return text.withUTF8 { bytes in
    guard let first = bytes.first else { return 0 }
    var (count, start) = (isBlank(first) ? 0 : 1, 1)
    while start < bytes.count {
      let end = min(start &+ 255, bytes.count)
      var begun: UInt8 = 0
      for i in start..<end {
        begun &+= (isBlank(bytes[i &- 1]) ? 1 : 0) & (isBlank(bytes[i]) ? 0 : 1)
      }
      count &+= Int(begun)
      start = end
    }
    return count
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte &- 9 < 5 }

/// The tests of worker processes: 3,000 long texts, and everything at once.
let processAttempts: [String: AttemptMaker] = [
  "process-off": oneFunction({ Texts.long(3_000) }, words),
  "process-on": oneFunction({ Texts.long(3_000) }, IsolatedFunctions.wordsOfLong),
  "combined": oneFunction({ Texts.helloUpper(10_000) }, IsolatedFunctions.predict),
]
