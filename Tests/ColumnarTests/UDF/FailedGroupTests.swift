import ColumnarTesting
import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Groups whose merge or finish fails, under each policy.
@Suite struct FailedGroupTests {
  struct Bad: Error {}

  private func sum(_ options: UDFOptions) -> AggregateUDF1<Int, Int> {
    UDF.aggregate("sum", initial: 0, options: options) { (s: inout Int, v: Int) in
      s += v
    } merge: {
      $0 += $1
    } finish: { (s: Int) throws -> Int in
      if s % 3 == 1 { throw Bad() }
      return s
    }
  }

  /// Few groups on one table, and so many that they are merged, or only split, by hash.
  @Test(arguments: [7, 60_000]) func aGroupThatCannotBeFinishedIsNull(_ groups: Int) throws {
    let frame = try DataFrame([
      "k": (0..<120_000).map { ($0 &* 7_919) % groups }, "v": Array(repeating: 1, count: 120_000),
    ]).lazy
    for engine in [ColumnarEngine(threads: 1), ColumnarEngine(threads: 3)] {
      let exact = try frame.groupBy("k").aggregate(col("v").sum().as("sum")).sort(by: "k")
        .collect(on: engine)
      let sums = try Array(exact["sum", as: Int.self])
      let collected = try frame.groupBy("k")
        .aggregate(sum(UDFOptions(onError: .collect))("v").as("sum")).sort(by: "k")
        .collect(on: engine)
      let expected = sums.map { $0 % 3 == 1 ? nil : $0 }
      #expect(try Array(collected["sum", as: Int?.self]) == expected)
      let keys = try Set(collected.failures["inputs", as: String.self])
      #expect(keys == Set(sums.indices.filter { sums[$0] % 3 == 1 }.map { "(\($0))" }))
      #expect(try collected.failures.column("row").nullCount == collected.failures.count)
      let nulled = try frame.groupBy("k").aggregate(sum(UDFOptions(onError: .null))("v").as("sum"))
        .collect(on: engine)
      #expect(nulled.failures.count == 0)
    }
  }

  @Test func aGroupThatCannotBeMergedIsNull() throws {
    let made = { (policy: UDFOptions.ErrorPolicy?) in
      UDF.aggregate("m", initial: -1, options: UDFOptions(onError: policy)) {
        (s: inout Int, k: Int) in
        s = k
      } merge: { (s: inout Int, other: Int) throws in
        if other == 1 { throw Bad() }
      }
    }
    // Directly: how many threads find rows is not fixed.
    let f = made(.collect).function
    let run = FunctionRun(f)
    guard case .aggregate(let make)? = f.special else { return }
    let parts = [make(run, Cancellation()), make(run, Cancellation())]
    let groups: [UInt32] = [0, 1]
    try groups.withUnsafeBufferPointer { groups in
      let start = try #require(groups.baseAddress)
      for part in parts {
        part.grow(to: 2)
        try part.update(Int.column(of: [0, 1]), groups: start, firstRow: 0)
      }
      try parts[0].merge(parts[1].partialState(), groups: start)
    }
    #expect(try Array(ColumnView<Int?>(parts[0].finish())) == [0, nil])
    #expect(run.failedCount == 1)
  }

  @Test func budgetsCountGroupsAndFailEndsTheQuery() throws {
    let frame = try DataFrame(["k": Array(0..<9), "v": Array(0..<9)]).lazy
    let within = UDFOptions(onError: .null, errorBudget: .count(3))
    #expect(throws: Never.self) {
      try frame.groupBy("k").aggregate(sum(within)("v")).collect()
    }
    for (options, code) in [
      (UDFOptions(onError: .null, errorBudget: .count(2)), ColumnarError.Code.errorBudgetExceeded),
      (UDFOptions(), .udf),
    ] {
      let error = try #require(throws: ColumnarError.self) {
        try frame.groupBy("k").aggregate(sum(options)("v")).collect()
      }
      #expect(error.code == code)
    }
    // A whole frame is a group without keys.
    let whole = try DataFrame(["v": [1]]).lazy.select(sum(UDFOptions(onError: .collect))("v"))
      .collect()
    #expect(try Array(whole["sum", as: Int?.self]) == [nil])
    #expect(try Array(whole.failures["inputs", as: String.self]) == ["()"])
  }

  struct Last: GroupedAggregate {
    var values: [Int] = []
    mutating func grow(to count: Int) {
      values += Array(repeating: 0, count: count - values.count)
    }
    mutating func update(_ column: ColumnView<Int>, groups: GroupNumbers) {
      for (value, group) in zip(column, groups) { values[group] = value }
    }
    mutating func merge(_ other: Last, groups: GroupPairs) {
      for (from, into) in groups { values[into] = other.values[from] }
    }
    func finish() -> [Int] { values }
  }

  @Test func aGroupedAggregateRefusesOtherPolicies() throws {
    let frame = try DataFrame(["k": [1], "v": [1]]).lazy
    for policy in [UDFOptions.ErrorPolicy.null, .collect] {
      let last = UDF.aggregate("last", options: UDFOptions(onError: policy)) { Last() }
      let error = try #require(throws: ColumnarError.self) {
        try frame.groupBy("k").aggregate(last("v")).schema()
      }
      #expect(error.code == .invalidPlan && error.message.contains("GroupedAggregate"))
    }
    let last = UDF.aggregate("last", options: UDFOptions(onError: .fail)) { Last() }
    #expect(try frame.groupBy("k").aggregate(last("v")).collect().count == 1)
  }

  @Test func aWrittenQueryGivesItsFailures() throws {
    let frame = try DataFrame(["v": Array(0..<40_000)]).lazy.filter(col("v") >= 100)
    let f = UDF.row("f", options: UDFOptions(onError: .collect)) { (v: Int) throws -> Int in
      if v % 10_000 == 500 { throw Bad() }
      return v
    }
    for ending in ["csv", "arrow"] {
      let path = "/tmp/columnar-failures-\(MonotonicClock.nanoseconds()).\(ending)"
      defer { unlink(path) }
      let query = frame.select(f("v"))
      let summary =
        try ending == "csv" ? query.write(csv: path) : query.write(arrow: path)
      #expect(summary.rows == 39_900)
      let rows = try Array(summary.failures["row", as: Int?.self])
      #expect(rows == [400, 10_400, 20_400, 30_400])
      #expect(try Array(summary.failures["inputs", as: String.self])[1] == "(10500)")
    }
    let plain = try DataFrame(["v": [1, 2]]).write(csv: "/tmp/columnar-plain.csv")
    defer { unlink("/tmp/columnar-plain.csv") }
    #expect(plain.rows == 2 && plain.failures.count == 0)
  }
}
