import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

/// What goes wrong elsewhere with the batches that functions get.
///
/// Exact sizes: `UDFBatchSizeTests`, `BatchBytesTests`.
@Suite struct BatchingFaultTests {
  @Test("Daft #5793: UDFs are called with empty batches; here never")
  func noCallIsEmpty() throws {
    let calls = CallRecorder()
    func same(_ options: UDFOptions) -> RowUDF1<Int, Int> {
      UDF.batch("same", elementwise: true, options: options) { (xs: ColumnView<Int>) -> [Int] in
        calls.call(batch: xs.count) { Array(xs) }
      }
    }
    let frame = try DataFrame(["x": Array(0..<1_000)]).lazy.repartition(7)
    for options in [UDFOptions(), .init(batchSize: 3), .init(maxConcurrency: 2)] {
      let f = same(options)
      for engine in KindTesting.engines {
        // Most batches are empty behind the filter, and in most no row takes the branch.
        let late = frame.filter(col("x") % 331 == 5)
        _ = try late.select(f("x").as("r")).collect(on: engine)
        let branch = when(col("x") % 331 == 5).then(f("x")).otherwise(lit(0))
        _ = try frame.select(branch.as("r")).collect(on: engine)
        _ = try frame.filter(col("x") < 0).select(f("x").as("r")).collect(on: engine)
      }
    }
    #expect(calls.calls > 0 && !calls.batchSizes.contains(0))
  }

  @Test("Polars #18861: map_batches gets the whole column; here batches stay bounded")
  func batchesAreBounded() throws {
    let calls = CallRecorder()
    let same = UDF.batch("same") { (xs: ColumnView<Int>) -> [Int] in
      calls.call(batch: xs.count) { Array(xs) }
    }
    let frame = try DataFrame(["x": Array(0..<100_000)])
    _ = try frame.lazy.select(same("x").as("r")).collect()
    #expect(calls.batchSizes.reduce(0, +) == 100_000)
    #expect(try #require(calls.batchSizes.max()) <= ExecutionSize.batchRows)
  }

  @Test(
    "Daft: a small batch size makes the source read small chunks; here what is upstream keeps its batches"
  )
  func sizesStayWhereTheyAreAsked() throws {
    let (first, second) = (CallRecorder(), CallRecorder())
    let wide = UDF.batch("wide") { (xs: ColumnView<Int>) -> [Int] in
      first.call(batch: xs.count) { Array(xs) }
    }
    let narrow = UDF.batch("narrow", options: .init(batchSize: 8)) {
      (xs: ColumnView<Int>) -> [Int] in
      second.call(batch: xs.count) { Array(xs) }
    }
    let frame = try DataFrame(["x": Array(0..<20_000)])
    _ = try frame.lazy.select(narrow(wide("x")).as("r")).collect(on: ColumnarEngine(threads: 1))
    #expect(second.calls == 2_500 && first.calls <= 5)
    // Also where the call is made for some rows only.
    let branch = when(col("x") % 2 == 0).then(narrow(wide("x"))).otherwise(lit(-1))
    let result = try frame.lazy.select(branch.as("r")).collect(on: ColumnarEngine(threads: 1))
    #expect(try Array(result["r", as: Int.self]) == (0..<20_000).map { $0 % 2 == 0 ? $0 : -1 })
    #expect(first.calls <= 10 && first.batchSizes.reduce(0, +) == 30_000)
  }

  @Test(
    "Polars #25242, Duckdb #16359: chunk sizes have no effect or are fixed; here any size is, at both levels"
  )
  func sizesOfTheEngineAreExactToo() throws {
    for size in [1, 100, 2_049] {
      let calls = CallRecorder()
      let same = UDF.batch("same") { (xs: ColumnView<Int>) -> [Int] in
        calls.call(batch: xs.count) { Array(xs) }
      }
      let frame = try DataFrame(["x": Array(0..<5_000)]).lazy.filter(col("x") % 3 != 1)
      let engine = ColumnarEngine(threads: 2, defaults: .init(batchSize: size))
      let count = try frame.select(same("x").as("r")).collect(on: engine).count
      #expect(calls.calls == (count + size - 1) / size)
      #expect(calls.batchSizes.count { $0 != size } <= 1)
    }
  }

  @Test(
    "Daft: one value for many rows is repeated, which hides a wrong length; here any wrong length is an error",
    arguments: [0, 1, 9, 11])
  func oneValueIsNotRepeated(_ count: Int) throws {
    let wrong = UDF.batch("wrong") { (_: ColumnView<Int>) in [Int](repeating: 7, count: count) }
    let frame = try DataFrame(["x": Array(0..<10)]).lazy.select(wrong("x"))
    let error = try #require(throws: ColumnarError.self) {
      try frame.collect(on: ColumnarEngine(threads: 1))
    }
    #expect(error.code == .lengthMismatch && error.context.contains(.node("wrong")))
    #expect(error.message.contains("\"wrong\" returned \(count) values for 10 rows"))
  }
}
