import Testing

@testable import Columnar
@testable import ColumnarCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What errors tell a user beyond what went wrong.
@Suite struct ErrorMessageTests {
  struct Refused: LocalizedError { var errorDescription: String? { "the number is refused." } }

  private func message(_ body: () throws -> DataFrame) -> String {
    do {
      _ = try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func batchesNameTheirRows() throws {
    let fails = UDF.batch("fails", options: .init(batchSize: 30)) { (x: ColumnView<Int>) in
      if x.contains(100) { throw Refused() }
      return Array(x)
    }
    let frame = try DataFrame(["x": Array(0..<200)])
    for threads in [1, 2] {
      let text = message {
        try frame.lazy.with(fails("x").as("y")).collect(on: ColumnarEngine(threads: threads))
      }
      #expect(
        text.contains(
          "\"fails\" failed: the number is refused. The batch of 30 rows begins with (90)."))
      #expect(text.contains("at rows 90..<120 of those that reached node \"fails\""))
    }
  }

  @Test func errorsAreLocalized() {
    let error: any Error = ColumnarError(.io, "no such file", context: [.file("a.csv")])
    #expect((error as? any LocalizedError)?.errorDescription == "\(error)")
  }

  @Test func textInsteadOfNumbersHintsAtNullValues() throws {
    let frame = try DataFrame(["s": ["1", "NA"], "n": [1, 2]] as KeyValuePairs)
    let late = UDF.row("late") { (delay: Double?) in (delay ?? 0) > 60 }
    #expect(
      message { try frame.lazy.with(late("s").as("y")).collect() }.contains("nullValues = [\"NA\"]")
    )
    #expect(message { try frame.lazy.filter(col("s") > 1).collect() }.contains("nullValues"))
    #expect(message { try frame.lazy.select(col("s").sum()).collect() }.contains("nullValues"))
    #expect(
      !message { try frame.lazy.with(UDF.row("f") { (s: String) in s }("n").as("y")).collect() }
        .contains("nullValues"))
  }

  @Test func textThatIsNoDateIsNamed() throws {
    let frame = try DataFrame(["day": [CalendarDate(daysSinceEpoch: 1)]])
    let text = message { try frame.lazy.filter(col("day") >= "2010-13-01").collect() }
    #expect(text.contains("\"2010-13-01\" is no date; one is written as 2010-12-31."))
  }

  @Test func sumsNameTheirExpression() throws {
    let frame = try DataFrame(["g": [1, 1], "x": [Int.max, 1]] as KeyValuePairs)
    for text in [
      message { try frame.lazy.select(col("x").sum()).collect() },
      message { try frame.lazy.groupBy("g").aggregate(col("x").sum()).collect() },
    ] { #expect(text.contains("expression"), "\(text)") }
  }

  @Test func numbersAreArguments() throws {
    let norm = UDF.row("norm") { (v: Double, mean: Double, isOn: Bool, n: Int) in
      isOn ? v - mean + Double(n) : v
    }
    let frame = try DataFrame(["x": [1.0, 2.0]])
    let result = try frame.lazy.select(norm("x", 0.5, true, 2).as("z")).collect()
    #expect(try Array(result["z", as: Double.self]) == [2.5, 3.5])
  }

  @Test(arguments: [1, 2])
  func sourcesAndResultsHaveFigures(_ threads: Int) throws {
    let frame = try DataFrame(["g": [1, 2, 1], "x": [1, 2, 3]] as KeyValuePairs)
    let text = try frame.lazy.groupBy("g").aggregate(col("x").uniqueCount()).sort(by: "g")
      .explain(on: ColumnarEngine(threads: threads), analyze: true)
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("Physical") }
    func figures(_ label: String) -> String {
      lines.first { $0.drop { $0 == " " }.hasPrefix(label) }.map(String.init) ?? ""
    }
    #expect(figures("Scan").contains("(rows out 3, batches 1, time "), "\(text)")
    #expect(figures("Aggregate").contains("[uniqueCount(x)]  (rows out 2, done in "), "\(text)")
    #expect(figures("Sort").contains("(rows out 2, done in "), "\(text)")
  }
}
