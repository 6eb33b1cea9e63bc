import ColumnarTesting
import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

@Suite struct AggregateUDFTests {
  struct Mean: Sendable {
    var sum = 0.0
    var count = 0
  }

  static let sum = UDF.aggregate("mySum", initial: 0) { (s: inout Int, v: Int) in
    s &+= v
  } merge: {
    $0 &+= $1
  }
  static let mean = UDF.aggregate("myMean", initial: Mean()) { (s: inout Mean, v: Double) in
    s.sum += v
    s.count += 1
  } merge: {
    $0.sum += $1.sum
    $0.count += $1.count
  } finish: {
    $0.count == 0 ? nil : $0.sum / Double($0.count)
  }
  static let nulls = UDF.aggregate("nulls", initial: 0) { (s: inout Int, v: Double?) in
    if v == nil { s += 1 }
  } merge: {
    $0 += $1
  }

  @Test func worksInGroupsAndGlobally() throws {
    let frame = try DataFrame([
      "k": ["a", "b", "a", "c"], "v": [1, 2, nil, nil] as [Int?], "x": [0.5, 1, 2.5, 4],
    ])
    let groups = try frame.lazy.groupBy("k", maintainOrder: true).aggregate(
      Self.sum("v").as("s"), (Self.sum("v") + col("v").count()).as("both"), Self.mean("x")
    ).collect()
    #expect(try Array(groups["s", as: Int.self]) == [1, 2, 0])
    #expect(try Array(groups["both", as: Int.self]) == [2, 3, 0])
    #expect(try Array(groups["myMean", as: Double?.self]) == [1.5, 1, 4])
    let all = try frame.lazy.select(Self.sum("v").as("s"), Self.mean(col("x") * 2).as("m"))
      .collect()
    #expect(try Array(all["s", as: Int.self]) == [3])
    #expect(try Array(all["m", as: Double?.self]) == [4])
  }

  /// The example of the reference.
  @Test func geometricMean() throws {
    struct Logs: Sendable { var sum = 0.0, count = 0.0 }
    let geoMean = UDF.aggregate("geoMean", initial: Logs()) { (s: inout Logs, v: Double) in
      s.sum += log(v)
      s.count += 1
    } merge: { (a: inout Logs, b: Logs) in
      a.sum += b.sum
      a.count += b.count
    } finish: { s in
      s.count == 0 ? nil : exp(s.sum / s.count)
    }
    let frame = try DataFrame(["v": [1, 100] as [Double]])
    let result = try frame.lazy.select(geoMean("v").as("m")).collect()
    let mean = try #require(try result["m", as: Double?.self][0])
    #expect(abs(mean - 10) < 1e-9)
  }

  @Test func severalInputs() throws {
    let dot = UDF.aggregate("dot", initial: 0.0) { (s: inout Double, a: Double, b: Double) in
      s += a * b
    } merge: {
      $0 += $1
    }
    let last = UDF.aggregate("latest", initial: [Int]()) {
      (s: inout [Int], a: Int, b: Int?, c: String) in
      s.append(a + (b ?? 100) + c.count)
    } merge: {
      $0 += $1
    } finish: {
      $0.sorted()
    }
    let frame = try DataFrame([
      "k": [1, 1, 2], "a": [1, 2, 3], "b": [10, nil, 30] as [Int?], "c": ["", "x", "yy"],
    ])
    for engine in KindTesting.engines {
      let result = try frame.lazy.groupBy("k", maintainOrder: true).aggregate(
        dot("a", "b").as("d"), last("a", "b", "c").as("l"), dot("a", lit(2.0)).as("two")
      ).collect(on: engine)
      #expect(try Array(result["d", as: Double.self]) == [10, 90])
      #expect(try Array(result["l", as: [Int].self]) == [[11, 103], [35]])
      #expect(try Array(result["two", as: Double.self]) == [6, 6])
    }
  }

  /// Sums, means and counts of a user equal the built-in ones on frames of every shape.
  @Test(arguments: FrameGenerator.Shape.allCases)
  func equalsBuiltIns(_ shape: FrameGenerator.Shape) throws {
    for seed in UInt64(1)...6 {
      var generator = FrameGenerator(seed: seed)
      let frame = generator.frame(shape).lazy.with(
        when(col("f") < 1e9 && col("f") > -1e9).then(col("f")).otherwise(lit(0.25)).as("f"))
      for keys in [["k"], ["t"], ["k", "t", "b"], []] {
        let own: [Expr] = [
          Self.sum("j").as("s"), Self.mean("f").as("m"), Self.nulls("f").as("n"),
          Self.sum("k").as("k2"),
        ]
        let builtIn: [Expr] = [
          col("j").sum().as("s"), col("f").mean().as("m"), (rowCount() - col("f").count()).as("n"),
          col("k").sum().as("k2"),
        ]
        let query = { (exprs: [Expr]) in
          keys.isEmpty
            ? frame.select(exprs)
            : GroupBy(keys: keys.map { col($0) }, maintainOrder: true, plan: frame.plan)
              .aggregate(exprs)
        }
        let expected = try query(builtIn).collect()
        for engine in KindTesting.some(&generator.random) {
          let problem = RowTable(try query(own).collect(on: engine))
            .difference(from: RowTable(expected), ordered: true, inexact: [])
          let what = "seed \(seed), \(keys), \(KindTesting.name(engine))"
          #expect(problem == nil, "\(what): \(problem ?? "")")
        }
      }
    }
  }

  @Test func emptyInputAndAllNull() throws {
    let empty = try DataFrame(["k": [Int](), "v": [Int](), "x": [Double]()])
    let all = try empty.lazy.select(Self.sum("v").as("s"), Self.mean("x").as("m")).collect()
    #expect(try Array(all["s", as: Int.self]) == [0])
    #expect(try Array(all["m", as: Double?.self]) == [nil])
    let groups = try empty.lazy.groupBy("k").aggregate(Self.sum("v").as("s")).collect()
    #expect(groups.count == 0)
    let nulls = try DataFrame(["v": [nil, nil] as [Int?]])
    let none = try nulls.lazy.select(Self.sum("v").as("s")).collect()
    #expect(try Array(none["s", as: Int.self]) == [0])
  }

  /// More groups than a thread's table takes before it only splits rows by their hash.
  @Test(arguments: [1, 2, 4], [false, true])
  func manyGroups(_ threads: Int, _ maintainOrder: Bool) throws {
    let rows = 300_000
    let frame = try DataFrame([
      "key": (0..<rows).map { ($0 &* 7_919) % 120_000 }, "row": Array(0..<rows),
    ])
    let largest = UDF.aggregate("largest") { Largest() }
    let result = try frame.lazy.groupBy("key", maintainOrder: maintainOrder).aggregate(
      Self.sum("row").as("own"), col("row").sum().as("sum"), largest("row").as("largest"),
      col("row").max().as("max"), Self.mean("row").as("mean"), col("row").mean().as("m")
    ).collect(on: .columnar(threads: threads))
    #expect(result.count == 120_000)
    #expect(
      try Array(result["own", as: Int.self]) == Array(result["sum", as: Int.self]))
    #expect(
      try Array(result["largest", as: Int?.self]) == Array(result["max", as: Int?.self]))
    #expect(
      try Array(result["mean", as: Double?.self]) == Array(result["m", as: Double?.self]))
  }

  struct Largest: GroupedAggregate {
    var values: [Int?] = []
    mutating func grow(to groupCount: Int) {
      values += [Int?](repeating: nil, count: groupCount - values.count)
    }
    mutating func update(_ column: ColumnView<Int>, groups: GroupNumbers) {
      for (value, group) in zip(column, groups) { add(value, group) }
    }
    mutating func merge(_ other: Largest, groups: GroupPairs) {
      for (from, into) in groups { if let value = other.values[from] { add(value, into) } }
    }
    private mutating func add(_ value: Int, _ group: Int) {
      values[group] = max(values[group] ?? value, value)
    }
    func finish() -> [Int?] { values }
  }

  @Test func batchForm() throws {
    let largest = UDF.aggregate("largest") { Largest() }
    for seed in UInt64(1)...10 {
      var generator = FrameGenerator(seed: seed)
      let frame = generator.frame().lazy
      let expected = try frame.groupBy("k", maintainOrder: true).aggregate(
        col("i").max().as("l")
      ).collect()
      for engine in KindTesting.engines {
        let result = try frame.groupBy("k", maintainOrder: true).aggregate(largest("i").as("l"))
          .collect(on: engine)
        let problem = RowTable(result)
          .difference(from: RowTable(expected), ordered: true, inexact: [])
        #expect(problem == nil, "seed \(seed), \(KindTesting.name(engine)): \(problem ?? "")")
      }
    }
    let all = try DataFrame(["i": [nil, 3, 7, nil] as [Int?]]).lazy.select(largest("i")).collect()
    #expect(try Array(all["largest", as: Int?.self]) == [7])
  }

  @Test func batchFormOfTheWrongLengthIsAnError() throws {
    struct Short: GroupedAggregate {
      mutating func grow(to groupCount: Int) {}
      mutating func update(_ values: ColumnView<Int>, groups: GroupNumbers) {}
      mutating func merge(_ other: Short, groups: GroupPairs) {}
      func finish() -> [Int] { [] }
    }
    let short = UDF.aggregate("short") { Short() }
    let frame = try DataFrame(["i": [1]])
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.select(short("i")).collect()
    }
    #expect(error.code == .lengthMismatch && error.context.contains(.node("short")))
  }

  /// Under `.ordered` the rows of a group come in order, whatever the threads and batches.
  @Test func orderedTakesRowsInOrder() throws {
    let rows = 60_000
    let frame = try DataFrame(["k": (0..<rows).map { $0 % 3 }, "v": Array(0..<rows)])
    let collect = UDF.aggregate(
      "collect", initial: [Int](), options: UDFOptions(contract: .ordered)
    ) { (s: inout [Int], v: Int) in
      s.append(v)
    } merge: {
      $0 += $1
    }
    for threads in [1, 4] {
      let result = try frame.lazy.groupBy("k", maintainOrder: true)
        .aggregate(collect("v").as("l")).collect(on: .columnar(threads: threads))
      let expected = (0..<3).map { k in stride(from: k, to: rows, by: 3).map { $0 } }
      #expect(try Array(result["l", as: [Int].self]) == expected)
    }
  }

  struct Bad: Error {}

  /// Several threads fail at once; the lowest row is reported, in every run and on every path.
  @Test(arguments: [1_000, 200_000])
  func errorsNameRowAndInputs(_ groups: Int) throws {
    let frame = try DataFrame([
      "k": (0..<200_000).map { ($0 &* 7_919) % groups }, "v": Array(0..<200_000),
    ])
    let picky = UDF.aggregate("picky", initial: 0) { (s: inout Int, v: Int, w: Int) throws in
      if v >= 150_001 { throw Bad() }
      s += v
    } merge: {
      $0 += $1
    }
    for threads in [1, 4] {
      for _ in 0..<3 {
        let error = try #require(throws: ColumnarError.self) {
          try frame.lazy.filter(col("v") % 2 == 1).groupBy("k").aggregate(picky("v", "k").as("p"))
            .collect(on: .columnar(threads: threads))
        }
        #expect(error.code == .udf && error.row == 75_000 && error.underlying is Bad)
        #expect(error.message.hasPrefix("\"picky\" failed: Bad(). The inputs were (150001, "))
      }
    }
  }

  @Test func errorsInMergeAndFinishNameTheFunction() throws {
    let frame = try DataFrame(["k": (0..<100_000).map { $0 % 10 }])
    let failing = UDF.aggregate("failing", initial: 0) { (s: inout Int, v: Int) in
      s += v
    } merge: {
      $0 += $1
    } finish: { (s: Int) throws -> Int in
      throw Bad()
    }
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.groupBy("k").aggregate(failing("k").as("f")).collect()
    }
    #expect(error.code == .udf && error.context.contains(.node("failing")))
    #expect(error.message == "\"failing\" failed at finishing a group: Bad().")
  }

  @Test func standsOnlyWhereAggregatesStand() throws {
    let frame = try DataFrame(["v": [1]])
    for query in [
      frame.lazy.with(Self.sum("v")), frame.lazy.filter(Self.sum("v") > 0),
      frame.lazy.select(Self.sum(Self.sum("v"))), frame.lazy.select(col("v").sum(), "v"),
    ] {
      let error = try #require(throws: ColumnarError.self) { try query.collect() }
      #expect(error.code == .invalidPlan)
    }
    let wrong = try #require(throws: ColumnarError.self) {
      try frame.lazy.select(Self.sum(lit("x"))).collect()
    }
    #expect(wrong.code == .typeMismatch)
  }

  @Test func contractsHold() throws {
    let frame = try DataFrame(["k": [1, 2, 1, 2], "v": [1, 2, 3, 4]])
    for contract in [nil, .once, .ordered] as [UDFOptions.Contract?] {
      for engine in KindTesting.engines {
        let calls = CallRecorder()
        let counted = UDF.aggregate(
          "counted", initial: 0, options: UDFOptions(contract: contract)
        ) { (s: inout Int, v: Int) in
          calls.call { s += v }
        } merge: {
          $0 += $1
        }
        let groups = frame.lazy.groupBy("k").aggregate(counted("v").as("c"), rowCount().as("n"))
        let pruned = try groups.select("n").collect(on: engine)
        let optimizes = engine._configuration.disabledRules.isEmpty
        #expect(pruned.count == 2)
        #expect(calls.calls == (contract == nil && optimizes ? 0 : 4))
        let filtered = try groups.filter(col("k") == 1).collect(on: engine)
        #expect(try Array(filtered["c", as: Int.self]) == [4])
        let fewer = contract == nil && optimizes
        #expect(calls.calls == (fewer ? 2 : 8))
      }
    }
  }
}
