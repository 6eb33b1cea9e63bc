import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Rows that fail in aggregates, scans, expanding functions and functions of several outputs, under
/// each policy.
@Suite struct KindPolicyTests {
  struct Bad: Error {}

  static func options(_ policy: UDFOptions.ErrorPolicy) -> UDFOptions {
    UDFOptions(onError: policy)
  }

  static let frame: DataFrame? = try? DataFrame([
    "k": (0..<60).map { $0 % 4 }, "v": Array(0..<60),
  ])

  static func checked(_ v: Int) throws -> Int {
    if v % 20 == 7 { throw Bad() }
    return v
  }

  private func rows(_ result: DataFrame) throws -> [Int?] {
    let failed = try #require(result.failedRows)
    return Array(try ColumnView<Int?>(try failed.column("row")))
  }

  @Test func aggregatesLeaveFailedRowsOut() throws {
    let frame = try #require(Self.frame)
    for engine in KindTesting.engines {
      for policy in [UDFOptions.ErrorPolicy.null, .collect] {
        let sum = UDF.aggregate("sum", initial: 0, options: Self.options(policy)) {
          (s: inout Int, v: Int) throws in
          s += try Self.checked(v)
        } merge: {
          $0 += $1
        }
        let result = try frame.lazy.groupBy("k").aggregate(sum("v").as("s")).collect(on: engine)
        let sums = try result["s", as: Int.self].reduce(0, +)
        #expect(sums == 1770 - 81)
        if policy == .collect { #expect(try rows(result) == [7, 27, 47]) }
      }
    }
  }

  /// Also where rows were split by hash before they were grouped.
  @Test func spreadRowsKeepTheirNumbers() throws {
    let count = 200_000
    let frame = try DataFrame(["k": (0..<count).map { ($0 &* 7_919) % count }])
    let sum = UDF.aggregate("sum", initial: 0, options: Self.options(.collect)) {
      (s: inout Int, v: Int) throws in
      if v % 50_000 == 7 { throw Bad() }
      s += 1
    } merge: {
      $0 += $1
    }
    let expected = (0..<count).filter { ($0 &* 7_919) % count % 50_000 == 7 }
    for threads in [1, 3] {
      let result = try frame.lazy.groupBy("k").aggregate(sum("k").as("s"))
        .collect(on: .columnar(threads: threads))
      #expect(try rows(result) == expected)
      let sums = try result["s", as: Int.self].reduce(0, +)
      #expect(sums == count - 4)
    }
  }

  @Test func scansGoOnBehindFailedRows() throws {
    let frame = try #require(Self.frame)
    for engine in KindTesting.engines {
      let total = UDF.scan("total", initial: 0, options: Self.options(.collect)) {
        (s: inout Int, v: Int) throws -> Int in
        s += try Self.checked(v)
        return s
      }
      for hasKeys in [false, true] {
        var sums: [Int: Int] = [:]
        let expected = (0..<60).map { v -> Int? in
          let key = hasKeys ? v % 4 : 0
          if v % 20 == 7 { return nil }
          sums[key, default: 0] += v
          return sums[key]
        }
        let call = hasKeys ? total("v").over("k") : total("v")
        let result = try frame.lazy.with(call).collect(on: engine)
        #expect(try KindTesting.ints(result, "total") == expected)
        #expect(try rows(result) == [7, 27, 47])
      }
    }
  }

  @Test func failedRowsHaveNoElements() throws {
    let frame = try #require(Self.frame)
    for engine in KindTesting.engines {
      let twice = UDF.expand("twice", options: Self.options(.collect)) { (v: Int) throws in
        [try Self.checked(v), v]
      }
      let result = try frame.lazy.expand(twice("v")).collect(on: engine)
      #expect(result.count == 2 * 57)
      #expect(try rows(result) == [7, 27, 47])
      let kept = try frame.lazy.expand(twice("v"), keepEmpty: true).collect(on: engine)
      #expect(kept.count == 2 * 57 + 3)
      let numbered = try frame.lazy.expand(twice("v"), origin: "row").collect(on: engine)
      #expect(try rows(numbered) == [7, 27, 47])
    }
  }

  @Test func failedRowsHaveNoOutputs() throws {
    let frame = try #require(Self.frame)
    for engine in KindTesting.engines {
      let two = UDF.row("two", outputs: "a", "b", options: Self.options(.null)) {
        (v: Int) throws in (try Self.checked(v), "\(v)")
      }
      let result = try frame.lazy.with(two("v")).collect(on: engine)
      #expect(try result["a", as: Int?.self].count { $0 == nil } == 3)
      #expect(try result["b", as: String?.self].count { $0 == nil } == 3)
    }
  }

  @Test func rowsAreCalledAgain() throws {
    let failures = Monitor(0)
    let flaky = UDF.expand(
      "flaky", options: UDFOptions(retry: Retry(attempts: 3, backoff: .milliseconds(1)))
    ) { (v: Int) throws -> [Int] in
      let fails = failures.withLock { count in
        count += 1
        return count < 3
      }
      if fails { throw Bad() }
      return [v]
    }
    let frame = try DataFrame(["v": [1, 2]])
    let result = try frame.lazy.expand(flaky("v")).collect(on: .columnar(threads: 1))
    #expect(try Array(result["flaky", as: Int.self]) == [1, 2])
    #expect(failures.withLock { $0 } == 4)
  }

  @Test func processesAreForRowsAndBatches() throws {
    let frame = try #require(Self.frame)
    let isolated = UDF.expand("isolated", options: UDFOptions(isolation: .process)) { (v: Int) in
      [v]
    }
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.expand(isolated("v")).collect()
    }
    #expect(error.code == .unsupported && error.context.contains(.node("isolated")))
  }
}
