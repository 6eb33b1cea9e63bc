import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// What goes wrong elsewhere when calls fail.
///
/// Policies, budgets, retries, timeouts: `ErrorPolicyTests`, `KindPolicyTests`.
@Suite struct ErrorFaultTests {
  struct Bad: Error {}

  @Test(
    "Polars #19315, #14821: exceptions silently become null; here every kind fails by default, naming row and inputs"
  )
  func nothingIsSwallowed() throws {
    @Sendable func check(_ x: Int) throws -> Int {
      if x == 33 { throw Bad() }
      return x
    }
    let row = UDF.row("f") { (x: Int) throws in try check(x) }
    let waiting = UDF.async("f") { (x: Int) async throws in try check(x) }
    let two = UDF.row("f", outputs: "a", "b") { (x: Int) throws in (try check(x), x) }
    let expand = UDF.expand("f") { (x: Int) throws in [try check(x)] }
    let scan = UDF.scan("f", initial: 0) { (_: inout Int, x: Int) throws in try check(x) }
    let sum = UDF.aggregate("f", initial: 0) { (s: inout Int, x: Int) throws in
      s += try check(x)
    } merge: {
      $0 += $1
    }
    let frame = try DataFrame(["x": Array(0..<50)]).lazy
    let queries = [
      frame.select(row("x")), frame.select(waiting("x")), frame.with(two("x")),
      frame.expand(expand("x")), frame.select(scan("x")), frame.select(sum("x")),
      frame.filter(row("x") >= 0), frame.sort(by: row("x")),
      frame.groupBy(row("x").as("k")).aggregate(rowCount().as("n")),
      frame.select(when(col("x") >= 0).then(row("x")).otherwise(lit(0))),
    ]
    for (number, query) in queries.enumerated() {
      for engine in [ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 7)] {
        let error = try #require(throws: ColumnarError.self, "\(number)") {
          try query.collect(on: engine)
        }
        #expect(error.code == .udf && error.underlying is Bad, "\(number)")
        #expect(error.row == 33 && error.message.contains("The inputs were (33)"), "\(number)")
        #expect(error.context.contains(.node("f")), "\(number)")
      }
    }
  }

  @Test("Daft: on_error makes a whole async batch null; here the row alone")
  func failuresStayWithTheirRow() throws {
    let options = UDFOptions(maxConcurrency: 8, onError: .null)
    let f = UDF.async("f", options: options) { (x: Int) async throws -> Int in
      if x % 50 == 7 { throw Bad() }
      return x
    }
    let frame = try DataFrame(["x": Array(0..<200)])
    let result = try frame.lazy.select(f("x").as("r")).collect()
    #expect(try Array(result["r", as: Int?.self]) == (0..<200).map { $0 % 50 == 7 ? nil : $0 })
  }

  /// An option that is set, and whether a run shows that it acted.
  struct Setting: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let options: UDFOptions
    let acts: @Sendable (Trial) -> Bool
  }

  /// One run of a batch function of 20 rows which fails for rows 5 and 6, twice for row 9, and takes
  /// long for row 12.
  struct Trial {
    let error: ColumnarError?
    let values: [Int?]
    let failures: Int
    let calls: CallRecorder

    init(node: UDFOptions, engine: UDFOptions) throws {
      let (calls, tries) = (CallRecorder(), Monitor(0))
      let isTimed = node.timeout != nil || engine.timeout != nil
      let isConcurrent = node.maxConcurrency != nil || engine.maxConcurrency != nil
      let f = UDF.batch("f", elementwise: true, options: node) { (xs: ColumnView<Int>) throws in
        // A busy machine makes neither fewer calls at once nor other rows late.
        try calls.call(batch: xs.count, together: isConcurrent ? 2 : 1) {
          if isTimed, xs.contains(12) { usleep(1_500_000) }
          if xs.contains(5) || xs.contains(6) { throw Bad() }
          if xs.contains(9),
            tries.withLock({ count in
              count += 1
              return count <= 2
            })
          {
            throw Bad()
          }
          return xs.map { $0 * 2 }
        }
      }
      let frame = try DataFrame(["x": Array(0..<20)]).lazy.select(f("x").as("r"))
      let engine = ColumnarEngine(threads: 1, defaults: engine)
      var (failed, result): (ColumnarError?, DataFrame?) = (nil, nil)
      do { result = try frame.collect(on: engine) } catch { failed = error as? ColumnarError }
      error = failed
      values = try result.map { Array(try $0["r", as: Int?.self]) } ?? []
      failures = result?.failures.count ?? 0
      self.calls = calls
    }
  }

  static let settings: [Setting] = [
    .init(testDescription: "none", options: .init()) {
      // The batch, and its halves down to row 5.
      $0.error?.code == .udf && $0.error?.row == 5 && $0.calls.calls == 5
    },
    .init(testDescription: "batchSize", options: .init(batchSize: 5, onError: .null)) {
      $0.error == nil && $0.calls.batchSizes.max() == 5
    },
    .init(testDescription: "maxBatchBytes", options: .init(maxBatchBytes: 24, onError: .null)) {
      $0.error == nil && $0.calls.batchSizes.max() == 3
    },
    .init(
      testDescription: "maxConcurrency",
      options: .init(batchSize: 1, maxConcurrency: 4, onError: .null)
    ) { (2...4).contains($0.calls.mostInFlight) },
    .init(testDescription: "onError null", options: .init(onError: .null)) {
      $0.error == nil && $0.values[5] == nil && $0.values[4] == 8 && $0.failures == 0
    },
    .init(testDescription: "onError collect", options: .init(onError: .collect)) {
      $0.error == nil && $0.values[6] == nil && $0.failures >= 2
    },
    .init(
      testDescription: "errorBudget", options: .init(onError: .null, errorBudget: .count(1))
    ) { $0.error?.code == .errorBudgetExceeded },
    .init(
      testDescription: "retry",
      options: .init(batchSize: 1, onError: .null, retry: Retry(attempts: 3, backoff: .zero))
    ) { $0.values.count == 20 && $0.values[9] == 18 && $0.values[5] == nil },
    .init(
      testDescription: "timeout",
      options: .init(batchSize: 1, onError: .null, timeout: .perBatch(.seconds(1)))
    ) { $0.values.count == 20 && $0.values[12] == nil && $0.values[13] == 26 },
    .init(
      testDescription: "contract",
      options: .init(
        batchSize: 5, onError: .null, retry: Retry(attempts: 3, backoff: .zero), contract: .once)
    ) { $0.calls.calls == 4 && $0.values[7] == nil },
  ]

  @Test(
    "Daft #6710: options are accepted and ignored; here each acts, on the function and on the engine",
    arguments: settings)
  func everyOptionActs(_ setting: Setting) throws {
    #expect(setting.acts(try Trial(node: setting.options, engine: .init())), "on the function")
    #expect(setting.acts(try Trial(node: .init(), engine: setting.options)), "on the engine")
  }

  @Test(
    "Daft #6711: an error suggests an option that isn't there; here kinds that run on threads say what to leave out"
  )
  func processesAreRefusedWhereTheyCannotBe() throws {
    let options = UDFOptions(isolation: .process)
    let expand = UDF.expand("spread", options: options) { (x: Int) in [x] }
    let scan = UDF.scan("spread", initial: 0, options: options) { (s: inout Int, x: Int) in x }
    let sum = UDF.aggregate("spread", initial: 0, options: options) { (s: inout Int, x: Int) in
      s += x
    } merge: {
      $0 += $1
    }
    let frame = try DataFrame(["k": [1, 2], "x": [1, 2]]).lazy
    let queries: [(String, LazyFrame)] = [
      ("expand", frame.expand(expand("x"))), ("scan", frame.with(scan("x"))),
      ("scan", frame.with(scan("x").over("k"))), ("aggregate", frame.select(sum("x"))),
      ("aggregate", frame.groupBy("k").aggregate(sum("x"))),
    ]
    for (kind, query) in queries {
      // The plan says so already.
      for run in [{ _ = try query.explain() }, { _ = try query.collect() }] {
        let error = try #require(throws: ColumnarError.self) { try run() }
        #expect(error.code == .unsupported && error.context.contains(.node("spread")))
        #expect(
          error.message.hasPrefix(
            "\"spread\" is \(kind == "expand" ? "an expand" : kind == "scan" ? "a scan" : "an aggregate") function, and those run on threads of this process"
          ))
        #expect(error.message.contains("Leave out isolation: .process"))
      }
    }
  }
}
