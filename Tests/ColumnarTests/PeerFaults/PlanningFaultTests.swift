import Testing

@testable import Columnar
@testable import ColumnarCore

/// What goes wrong elsewhere with the number of calls.
///
/// Contracts under every rule: `CallCountTests`; outputs: `OutputsUDFTests`; branches:
/// `TakenOutCallTests`.
@Suite struct PlanningFaultTests {
  private let calls = CallRecorder()

  private func counted(_ options: UDFOptions = .init()) -> RowUDF1<Int, Int> {
    UDF.row("counted", options: options) { [calls] (x: Int) in calls.call { x } }
  }

  private static func numbers(_ count: Int) throws -> LazyFrame {
    try DataFrame(["x": Array(0..<count)]).lazy
  }

  @Test(
    "Polars #20260, #25496, #26645: extra calls on made-up rows; here none to plan, one per row to run"
  )
  func planningMakesNoCall() throws {
    let batches = UDF.batch("batches") { [calls] (xs: ColumnView<Int>) in
      calls.call { xs.map { $0 + 1 } }
    }
    let query = try Self.numbers(10).with(counted()("x").as("y"), batches("x").as("z"))
      .filter(col("y") > 3).sort(by: "z")
    _ = try query.explain()
    _ = try query.limit(0).collect()
    _ = try Self.numbers(0).with(counted()("x").as("y"), batches("x").as("z")).collect()
    #expect(calls.calls == 0)
    _ = try query.collect(on: ColumnarEngine(threads: 1))
    #expect(calls.calls == 10 + 1)
  }

  @Test(
    "DuckDB #7773: a UDF of constants is folded when planning; here .once is called for every row, and never before"
  )
  func constantArgumentsAreNotFolded() throws {
    let f = counted(.init(contract: .once))
    let query = try Self.numbers(10).with(f(lit(3)).as("y"))
    _ = try query.explain()
    #expect(calls.calls == 0)
    let result = try query.collect()
    #expect(try Array(result["y", as: Int.self]) == [Int](repeating: 3, count: 10))
    #expect(calls.calls == 10)
  }

  @Test(
    "DuckDB #23367: two calls of a volatile function are merged; here .once written twice is called twice"
  )
  func callsAreNotMerged() throws {
    let f = counted(.init(contract: .once))
    _ = try Self.numbers(10).select(f("x").as("a"), f("x").as("b")).collect()
    #expect(calls.calls == 20)
  }

  @Test(
    "Daft #3993: filters stay above UDFs; here those on other columns move below a pure one, also with slots"
  )
  func filtersMoveBelow() throws {
    for options in [UDFOptions(), .init(batchSize: 5, maxConcurrency: 2)] {
      let before = calls.calls
      let query = try Self.numbers(1_000).with(counted(options)("x").as("y"))
        .filter(col("x") % 100 == 0)
      #expect(try query.collect().count == 10)
      #expect(calls.calls - before == 10)
    }
  }

  @Test(
    "Daft #7424: a limit doesn't stop the UDFs above it; here it does, also when a filter asks them"
  )
  func limitsStopCalls() throws {
    let engine = ColumnarEngine(threads: 2, batchRows: 100)
    for options in [UDFOptions(), .init(batchSize: 50, maxConcurrency: 2)] {
      let f = counted(options)
      var before = calls.calls
      #expect(
        try Self.numbers(100_000).with(f("x").as("y")).limit(10).collect(on: engine).count == 10)
      #expect(calls.calls - before == 10)
      before = calls.calls
      #expect(
        try Self.numbers(100_000).filter(f("x") > 20).limit(10).collect(on: engine).count == 10)
      // The batches that are under way when there are enough rows are finished.
      #expect(calls.calls - before < 50_000)
    }
  }
}
