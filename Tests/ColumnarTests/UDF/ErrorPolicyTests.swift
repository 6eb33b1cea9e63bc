import Columnar
import ColumnarCore
import Glibc
import Synchronization
import Testing

/// `onError`, retries, timeouts and budgets, of row, batch and async functions.
@Suite struct ErrorPolicyTests {
  struct Bad: Error, CustomStringConvertible {
    let value: Int
    var description: String { "bad \(value)" }
  }

  static let engines: [ColumnarEngine] = [
    ColumnarEngine(threads: 1, batchRows: 1), ColumnarEngine(threads: 2, batchRows: 3),
    ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 97),
  ]

  private func numbers(_ count: Int) throws -> LazyFrame {
    try DataFrame(["x": Array(0..<count)]).lazy
  }

  /// One function of each kind that fails for multiples of 10.
  private static func functions(_ options: UDFOptions) -> [(String, RowUDF1<Int, Int>)] {
    let row = UDF.row("row", options: options) { (x: Int) throws -> Int in
      if x % 10 == 0 { throw Bad(value: x) }
      return x &* 2
    }
    let batch = UDF.batch("batch", elementwise: true, options: options) {
      (xs: ColumnView<Int>) throws -> [Int] in
      if let bad = xs.first(where: { $0 % 10 == 0 }) { throw Bad(value: bad) }
      return xs.map { $0 &* 2 }
    }
    let waiting = UDF.async("async", options: options) { (x: Int) async throws -> Int in
      await Task.yield()
      if x % 10 == 0 { throw Bad(value: x) }
      return x &* 2
    }
    return [("row", row), ("batch", batch), ("async", waiting)]
  }

  @Test(arguments: engines) func failedRowsBecomeNull(_ engine: ColumnarEngine) throws {
    for (name, f) in Self.functions(UDFOptions(onError: .null)) {
      let result = try numbers(205).select(f("x").as("y")).collect(on: engine)
      let values = try Array(result["y", as: Int?.self])
      #expect(values == (0..<205).map { $0 % 10 == 0 ? nil : $0 * 2 }, "\(name)")
      #expect(result.failures.count == 0)
    }
  }

  @Test(arguments: engines) func failedRowsAreCollected(_ engine: ColumnarEngine) throws {
    for (name, f) in Self.functions(UDFOptions(onError: .collect)) {
      // Rows count in the function's own input, behind the filter.
      let frame = try numbers(205).filter(col("x") >= 5).with(f("x").as("y"))
      let result = try frame.collect(on: engine)
      #expect(try Array(result["y", as: Int?.self]).count { $0 == nil } == 20, "\(name)")
      let failures = result.failures
      let rows = try Array(failures["row", as: Int.self])
      #expect(rows == (1...20).map { $0 * 10 - 5 }, "\(name)")
      let errors = try Array(failures["error", as: String.self])
      if name != "batch" {
        #expect(errors == (1...20).map { "bad \($0 * 10)" }, "\(name)")
        #expect(try Array(failures["inputs", as: String.self]) == (1...20).map { "(\($0 * 10))" })
      }
      #expect(try Set(failures["function", as: String.self]) == [name])
    }
  }

  @Test func rowsInBranchesKeepTheirNumbers() throws {
    for (name, f) in Self.functions(UDFOptions(onError: .collect)) {
      let frame = try numbers(60).select(
        when(col("x") % 3 == 0).then(f("x")).otherwise(lit(0)).as("y"))
      let failures = try frame.collect(on: ColumnarEngine(threads: 2, batchRows: 7)).failures
      #expect(try Array(failures["row", as: Int.self]) == [0, 30], "\(name)")
    }
  }

  @Test func failingIsTheDefault() throws {
    for (name, f) in Self.functions(UDFOptions()) {
      let error = try #require(throws: ColumnarError.self) {
        try numbers(20).select(f("x")).collect()
      }
      #expect(error.code == .udf && error.underlying is Bad, "\(name)")
    }
  }

  @Test func aBatchFunctionThatIsNotElementwiseFailsAsAWhole() throws {
    let calls = CallRecorder()
    let f = UDF.batch("f", options: UDFOptions(batchSize: 8, onError: .collect)) {
      (xs: ColumnView<Int>) throws -> [Int] in
      try calls.call(batch: xs.count) {
        if xs.contains(12) { throw Bad(value: 12) }
        return Array(xs)
      }
    }
    let result = try numbers(20).select(f("x").as("y")).collect()
    let values = try Array(result["y", as: Int?.self])
    #expect(values == (0..<20).map { (8..<16).contains($0) ? nil : $0 })
    #expect(try Array(result.failures["row", as: Int.self]) == Array(8..<16))
    #expect(calls.batchSizes.sorted() == [4, 8, 8])
  }

  @Test func onlyCallsThatMayBeRepeatedAre() throws {
    for contract in [UDFOptions.Contract.once, .ordered] {
      let calls = CallRecorder()
      let options = UDFOptions(
        batchSize: 8, onError: .null, retry: Retry(attempts: 5, backoff: .zero),
        contract: contract)
      let batch = UDF.batch("f", elementwise: true, options: options) {
        (xs: ColumnView<Int>) throws -> [Int] in
        return try calls.call(batch: xs.count) {
          if xs.contains(12) { throw Bad(value: 12) }
          return Array(xs)
        }
      }
      let result = try numbers(20).select(batch("x").as("y")).collect()
      #expect(try Array(result["y", as: Int?.self]).count { $0 == nil } == 8)
      #expect(calls.batchSizes.sorted() == [4, 8, 8])
      let rowCalls = Atomic<Int>(0)
      let row = UDF.row("g", options: options) { (x: Int) throws -> Int in
        rowCalls.add(1, ordering: .relaxed)
        throw Bad(value: x)
      }
      _ = try numbers(20).select(row("x").as("y")).collect()
      #expect(rowCalls.load(ordering: .relaxed) == 20)
    }
  }

  // MARK: Retries

  @Test(arguments: engines) func transientErrorsAreRetried(_ engine: ColumnarEngine) throws {
    for kind in 0..<3 {
      let failures = Counts()
      let options = UDFOptions(retry: Retry(attempts: 3, backoff: .microseconds(10)))
      let f: RowUDF1<Int, Int> =
        switch kind {
        case 0:
          UDF.row("f", options: options) { (x: Int) throws -> Int in
            if x % 7 == 0, failures.add(x) < 3 { throw Bad(value: x) }
            return x
          }
        case 1:
          UDF.batch("f", options: options) { (xs: ColumnView<Int>) throws -> [Int] in
            if let x = xs.first, failures.add(x) < 3 { throw Bad(value: x) }
            return Array(xs)
          }
        default:
          UDF.async("f", options: options) { (x: Int) async throws -> Int in
            if x % 7 == 0, failures.add(x) < 3 { throw Bad(value: x) }
            return x
          }
        }
      let result = try numbers(50).select(f("x").as("y")).collect(on: engine)
      #expect(try Array(result["y", as: Int.self]) == Array(0..<50), "kind \(kind)")
      #expect(failures.all.allSatisfy { $0.value == 3 }, "kind \(kind)")
    }
  }

  @Test func onlyTheErrorsThatAreAskedForAreRetried() throws {
    let calls = Counts()
    let retry = Retry(attempts: 4, backoff: .zero) { ($0 as? Bad)?.value == 3 }
    let f = UDF.row("f", options: UDFOptions(onError: .null, retry: retry)) {
      (x: Int) throws -> Int in
      _ = calls.add(x)
      throw Bad(value: x)
    }
    _ = try numbers(6).select(f("x")).collect()
    #expect(calls.all == [0: 1, 1: 1, 2: 1, 3: 4, 4: 1, 5: 1])
  }

  @Test func pausesGrowAndAreBounded() {
    let retry = Retry(
      attempts: 10, backoff: .milliseconds(10), multiplier: 3, maxBackoff: .milliseconds(100),
      jitter: 0.5)
    #expect(
      (1...5).map { retry.pause(after: $0, random: 0) / 1_000_000 } == [10, 30, 90, 100, 100])
    #expect(retry.pause(after: 1, random: 1) == 5_000_000)
    #expect(retry.pause(after: .max, random: 0) == 100_000_000)
  }

  // MARK: Budgets

  @Test func theBudgetBoundsWhatMayFail() throws {
    for (name, f) in Self.functions(UDFOptions(onError: .null, errorBudget: .count(4))) {
      _ = try numbers(40).select(f("x")).collect()
      let error = try #require(throws: ColumnarError.self) {
        try numbers(50).select(f("x")).collect()
      }
      #expect(error.code == .errorBudgetExceeded, "\(name): \(error)")
      #expect(error.description.contains("error budget is 4 rows"), "\(name): \(error)")
    }
    for (name, f) in Self.functions(UDFOptions(onError: .collect, errorBudget: .fraction(0.1))) {
      _ = try numbers(50).select(f("x")).collect()
      let error = try #require(throws: ColumnarError.self) {
        try numbers(51).select(f("x")).collect()
      }
      #expect(error.description.contains("6 of 51 rows failed"), "\(name): \(error)")
    }
  }

  // MARK: Timeouts

  @Test func rowsThatTakeTooLongFail() throws {
    let options = UDFOptions(onError: .collect, timeout: .perRow(.seconds(1)))
    let row = UDF.row("row", options: options) { (x: Int) throws -> Int in
      if x == 2 { usleep(1_500_000) }
      return x
    }
    let waiting = UDF.async("async", options: options) { (x: Int) async throws -> Int in
      if x == 2 { try await Task.sleep(for: .seconds(60)) }
      return x
    }
    for f in [row, waiting] {
      let result = try numbers(5).select(f("x").as("y")).collect()
      #expect(try Array(result["y", as: Int?.self]) == [0, 1, nil, 3, 4])
      #expect(try Array(result.failures["row", as: Int.self]) == [2])
      #expect(try result.failures["error", as: String.self].first?.contains("timeout") ?? false)
    }
    let failing = UDF.row("row", options: UDFOptions(timeout: .perRow(.seconds(1)))) {
      (x: Int) throws -> Int in
      if x == 2 { usleep(1_500_000) }
      return x
    }
    let error = try #require(throws: ColumnarError.self) {
      try numbers(5).select(failing("x")).collect()
    }
    #expect(error.code == .timeout && error.description.contains("row 2"))
  }

  @Test func batchesThatTakeTooLongFail() throws {
    let options = UDFOptions(batchSize: 4, onError: .null, timeout: .perBatch(.seconds(1)))
    let batch = UDF.batch("batch", elementwise: true, options: options) {
      (xs: ColumnView<Int>) throws -> [Int] in
      if xs.contains(6) { usleep(1_500_000) }
      return Array(xs)
    }
    let waiting = UDF.async("async", options: options) { (x: Int) async throws -> Int in
      if x == 6 { try await Task.sleep(for: .seconds(60)) }
      return x
    }
    for f in [batch, waiting] {
      let result = try numbers(12).select(f("x").as("y")).collect()
      #expect(try Array(result["y", as: Int?.self]) == (0..<12).map { $0 == 6 ? nil : $0 })
    }
  }

  @Test func senselessOptionsAreErrors() throws {
    let wrong: [UDFOptions] = [
      UDFOptions(maxBatchBytes: 0), UDFOptions(errorBudget: .count(-1)),
      UDFOptions(errorBudget: .fraction(1.5)), UDFOptions(retry: Retry(attempts: 0)),
      UDFOptions(retry: Retry(attempts: 1, jitter: 2)), UDFOptions(timeout: .perRow(.zero)),
      UDFOptions(retry: Retry(attempts: 1, multiplier: .nan)),
      UDFOptions(retry: Retry(attempts: 1, backoff: .seconds(-1))),
    ]
    for options in wrong {
      let f = UDF.row("f", options: options) { (x: Int) in x }
      let error = try #require(throws: ColumnarError.self) {
        try numbers(1).select(f("x")).collect()
      }
      #expect(error.code == .invalidPlan && error.description.contains("node \"f\""))
    }
  }
}

/// How often something was seen, by number.
final class Counts: Sendable {
  private let counts = Monitor<[Int: Int]>([:])

  /// Adds one; the count from then on.
  func add(_ key: Int) -> Int {
    counts.withLock {
      $0[key, default: 0] += 1
      return $0[key] ?? 0
    }
  }

  var all: [Int: Int] { counts.withLock { $0 } }
}
