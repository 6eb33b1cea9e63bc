import ColumnarCore
import Glibc
import Testing

@testable import Columnar

/// Failed rows are counted once, at their budget's border too, and told with their numbers.
@Suite struct FailureCountTests {
  struct Bad: Error {}

  /// Eight rows take longer than a batch may, four of them don't.
  private static func slow(_ x: Int) throws -> Int {
    usleep(20_000)
    if x == 3 { throw Bad() }
    return x
  }

  private func late(
    _ policy: UDFOptions.ErrorPolicy, _ budget: UDFOptions.ErrorBudget?
  ) -> UDFOptions {
    UDFOptions(
      batchSize: 8, maxConcurrency: 1, onError: policy, errorBudget: budget,
      timeout: .perBatch(.milliseconds(140)))
  }

  @Test func collectedOnceWhenABatchIsLate() throws {
    let f = UDF.row("f", options: late(.collect, nil)) { (x: Int) throws -> Int in try Self.slow(x)
    }
    let result = try DataFrame(["x": Array(0..<8)]).lazy.select(f("x").as("r")).collect()
    #expect(try Array(result["r", as: Int?.self]) == [0, 1, 2, nil, 4, 5, 6, 7])
    #expect(try Array(result.failures["row", as: Int?.self]) == [3], "\(result.failures)")
  }

  @Test func aBudgetCountsRowsOnceWhenABatchIsLate() throws {
    let f = UDF.row("f", options: late(.null, .count(1))) { (x: Int) throws -> Int in
      try Self.slow(x)
    }
    let result = try DataFrame(["x": Array(0..<8)]).lazy.select(f("x").as("r")).collect()
    #expect(try Array(result["r", as: Int?.self]) == [0, 1, 2, nil, 4, 5, 6, 7])
  }

  @Test(arguments: [
    (0.29, 100, 29), (0.07, 100, 7), (0.57, 100, 57), (0.58, 100, 58), (1, 3, 3), (0, 3, 0),
  ])
  func fractionsAtTheirBorder(_ part: Double, _ rows: Int, _ failing: Int) throws {
    let f = UDF.row("f", options: .init(onError: .null, errorBudget: .fraction(part))) {
      (x: Int) throws -> Int in
      if x < failing { throw Bad() }
      return x
    }
    let result = try DataFrame(["x": Array(0..<rows)]).lazy.select(f("x").as("r")).collect()
    #expect(result.count == rows)
  }

  @Test func rowsAreThoseOfTheInput() throws {
    for (batch, slots) in [(nil, nil), (7, 3), (nil, 2)] as [(Int?, Int?)] {
      let options = UDFOptions(batchSize: batch, maxConcurrency: slots, onError: .collect)
      let row = UDF.row("f", options: options) { (x: Int) throws -> Int in
        if x % 10 == 0 { throw Bad() }
        return x
      }
      let vector = UDF.batch("f", elementwise: true, options: options) {
        (xs: ColumnView<Int>) throws -> [Int] in
        if xs.contains(where: { $0 % 10 == 0 }) { throw Bad() }
        return xs.map { $0 }
      }
      let waiting = UDF.async("f", options: options) { (x: Int) async throws -> Int in
        if x % 10 == 0 { throw Bad() }
        return x
      }
      let base = try DataFrame(["x": Array(0..<100)]).lazy
      let other = try DataFrame(["x": Array(stride(from: 0, to: 100, by: 5)), "z": Array(0..<20)])
        .lazy
      for engine in [
        ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 6),
        ColumnarEngine(threads: 2, batchRows: 9, disabledRules: ["all"]),
      ] {
        for (kind, f) in [("row", row), ("batch", vector), ("async", waiting)] {
          func rows(_ q: LazyFrame) throws -> [Int?] {
            Array(try q.collect(on: engine).failures["row", as: Int?.self])
          }
          #expect(
            try rows(base.filter(col("x") % 2 == 0).with(f("x").as("r")))
              == (0..<10).map { $0 * 5 }, "filter before \(kind)")
          #expect(
            try rows(base.sort(by: "x", descending: true).with(f("x").as("r")))
              == (0..<10).map { $0 * 10 + 9 }, "sort before \(kind)")
          #expect(
            try rows(base.with(f("x").as("r")).sort(by: "x", descending: true))
              == (0..<10).map { $0 * 10 }, "sort after \(kind)")
          #expect(
            try rows(base.join(other, on: "x").with(f("x").as("r"))) == (0..<10).map { $0 * 2 },
            "join before \(kind)")
          #expect(
            try rows(base.with(f("x").as("r")).filter(col("r") > 50)) == (0..<10).map { $0 * 10 },
            "filter after \(kind)")
          let choice = when(col("x") % 2 == 0).then(
            when(col("x") % 20 == 0).then(f("x")).otherwise(lit(0))
          ).otherwise(f(col("x") + 5))
          #expect(
            try rows(base.select(choice.as("r")))
              == (0..<20).filter { $0 % 2 == 1 || $0 % 4 == 0 }.map { $0 * 5 },
            "nested choice \(kind)")
          #expect(
            try rows(base.filter(col("x") >= 3).filter(f("x") > 0)) == (1..<10).map { $0 * 10 - 3 },
            "in a filter \(kind)")
          #expect(
            try rows(
              base.limit(50).filter(col("x") >= 3).groupBy(f("x").as("k")).aggregate(
                rowCount().as("n"))) == (1..<5).map { $0 * 10 - 3 }, "group key \(kind)")
        }
      }
    }
  }

  /// Kinds whose rows are timed one by one say so, where else the option would do nothing.
  @Test func batchTimeoutsOfOtherKindsAreErrors() throws {
    let options = UDFOptions(timeout: .perBatch(.milliseconds(5)))
    let words = UDF.expand("words", options: options) { (x: Int) in [x] }
    let running = UDF.scan("running", initial: 0, options: options) { (_: inout Int, x: Int) in x }
    let frame = try DataFrame(["x": [1]]).lazy
    for query in [frame.expand(words("x").as("r")), frame.with(running("x").as("r"))] {
      let error = try #require(throws: ColumnarError.self) { try query.collect() }
      #expect(error.code == .unsupported && error.message.contains("timeout: .perRow"), "\(error)")
    }
  }
}
