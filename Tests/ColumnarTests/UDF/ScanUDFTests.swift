import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

@Suite struct ScanUDFTests {
  static let running = UDF.scan("running", initial: 0.0) { (sum: inout Double, v: Double) in
    sum += v
    return sum
  }
  static let count = UDF.scan("count", initial: 0) { (n: inout Int, v: Int?) -> Int? in
    n += 1
    return v == nil ? nil : n
  }
  static let total = UDF.scan("total", initial: 0) { (n: inout Int, v: Int) in
    n &+= v
    return n
  }

  @Test func carriesTheStateFromRowToRow() throws {
    let frame = try DataFrame([
      "k": ["a", "b", "a", "b", "a"], "v": [1, 2, nil, 4, 5] as [Double?],
    ])
    for engine in KindTesting.engines {
      let result = try frame.lazy.with(
        Self.running("v"), Self.running("v").over("k").as("byKey"),
        Self.running(col("v") * 2).as("twice").over("k")
      ).collect(on: engine)
      #expect(try Array(result["running", as: Double?.self]) == [1, 3, nil, 7, 12])
      #expect(try Array(result["byKey", as: Double?.self]) == [1, 2, nil, 6, 6])
      #expect(try Array(result["twice", as: Double?.self]) == [2, 4, nil, 12, 12])
    }
    let sequential = try frame.lazy.with(Self.running("v"), Self.running("v").over("k").as("byKey"))
      .collect(on: .sequential)
    #expect(try Array(sequential["running", as: Double?.self]) == [1, 3, nil, 7, 12])
    #expect(try Array(sequential["byKey", as: Double?.self]) == [1, 2, nil, 6, 6])
  }

  /// What a loop in order gives.
  static func expected(_ keys: [String], _ values: [Int?]) -> (total: [Int?], count: [Int?]) {
    var (totals, counts): ([String: Int], [String: Int]) = ([:], [:])
    var result: (total: [Int?], count: [Int?]) = ([], [])
    for (key, value) in zip(keys, values) {
      counts[key, default: 0] += 1
      if let value { totals[key, default: 0] &+= value }
      result.total.append(value == nil ? nil : totals[key] ?? 0)
      result.count.append(value == nil ? nil : counts[key])
    }
    return result
  }

  /// On frames of every shape: sliced, constant, dictionary-coded, in batches and partitions.
  @Test(arguments: FrameGenerator.Shape.allCases)
  func equalsALoopInOrder(_ shape: FrameGenerator.Shape) throws {
    for seed in UInt64(1)...10 {
      var generator = FrameGenerator(seed: seed)
      let frame = generator.frame(rows: 60, shape)
      let values = try KindTesting.ints(frame, "k")
      let rows = RowTable(frame)
      let position = rows.fields.firstIndex { $0.name == "t" } ?? 0
      let keys = rows.rows.map { "\($0[position])" }
      let all = Self.expected(keys.map { _ in "" }, values)
      let byKey = Self.expected(keys, values)
      let pairs = Self.expected(zip(keys, values).map { "\($0) \($1 ?? -99)" }, values)
      for engine in KindTesting.some(&generator.random) {
        let result = try frame.lazy.select(
          Self.total("k").as("total"), Self.count("k").as("count"),
          Self.total("k").over("t").as("totals"), Self.count("k").over("t").as("counts"),
          Self.total("k").over("t", "k").as("pairs"), "k"
        ).collect(on: engine)
        let what = "seed \(seed), \(KindTesting.name(engine))"
        #expect(try KindTesting.ints(result, "total") == all.total, "\(what)")
        #expect(try KindTesting.ints(result, "count") == all.count, "\(what)")
        #expect(try KindTesting.ints(result, "totals") == byKey.total, "\(what)")
        #expect(try KindTesting.ints(result, "counts") == byKey.count, "\(what)")
        #expect(try KindTesting.ints(result, "pairs") == pairs.total, "\(what)")
        #expect(try KindTesting.ints(result, "k") == values, "\(what)")
      }
    }
  }

  @Test func manyRowsAndKeysOnSeveralThreads() throws {
    let rows = 300_000
    let keys = (0..<rows).map { ($0 &* 7_919) % 5_000 }
    let frame = try DataFrame(["k": keys, "v": Array(0..<rows)])
    var sums = [Int](repeating: 0, count: 5_000)
    let expected = (0..<rows).map { row -> Int in
      sums[keys[row]] += row
      return sums[keys[row]]
    }
    for threads in [1, 4] {
      let result = try frame.lazy.with(Self.total("v").over("k").as("s"), Self.total("v"))
        .collect(on: .columnar(threads: threads))
      #expect(try Array(result["s", as: Int.self]) == expected)
      #expect(try result["total", as: Int.self].last == rows * (rows - 1) / 2)
    }
  }

  /// A filter stays where it was written: it decides which rows the scan sees, or not.
  @Test func filtersStayOnTheirSide() throws {
    let frame = try DataFrame(["v": [1, 2, 3, 4, 5, 6]])
    for engine in KindTesting.engines {
      let above = try frame.lazy.with(Self.total("v")).filter(col("v") % 2 == 0).collect(on: engine)
      #expect(try Array(above["total", as: Int.self]) == [3, 10, 21])
      let below = try frame.lazy.filter(col("v") % 2 == 0).with(Self.total("v")).collect(on: engine)
      #expect(try Array(below["total", as: Int.self]) == [2, 6, 12])
      let inside = try frame.lazy.filter(Self.total("v") > 5).filter(col("v") < 6)
        .collect(on: engine)
      #expect(try Array(inside["v", as: Int.self]) == [3, 4, 5])
      let sorted = try frame.lazy.sort(by: "v", descending: true).filter(Self.total("v") < 16)
        .collect(on: engine)
      #expect(try Array(sorted["v", as: Int.self]) == [6, 5, 4])
      let joined = try LazyFrame.concat([frame.lazy, frame.lazy]).filter(Self.total("v") > 35)
        .collect(on: engine)
      #expect(try Array(joined["v", as: Int.self]) == [5, 6])
      let limited = try frame.lazy.with(Self.total("v")).limit(2, offset: 3).collect(on: engine)
      #expect(try Array(limited["total", as: Int.self]) == [10, 15])
      let sum = try frame.lazy.select(Self.total("v").max().as("m")).collect(on: engine)
      #expect(try Array(sum["m", as: Int.self]) == [21])
    }
  }

  /// In a branch of a choice the scan sees the rows of that branch.
  @Test func branchesScanTheirRowsAlone() throws {
    let frame = try DataFrame(["v": [1, 2, 3, 4, 5, 6], "k": [0, 0, 0, 0, 1, 1]])
    for engine in KindTesting.engines {
      let result = try frame.lazy.select(
        when(col("v") % 2 == 0).then(Self.total("v")).otherwise(lit(0)).as("t"),
        when(col("v") % 2 == 0).then(Self.total("v").over("k")).otherwise(lit(0)).as("k")
      ).collect(on: engine)
      #expect(try Array(result["t", as: Int.self]) == [0, 2, 0, 6, 0, 12])
      #expect(try Array(result["k", as: Int.self]) == [0, 2, 0, 6, 0, 6])
    }
  }

  @Test func isLeftOutWhereNothingNeedsIt() throws {
    let frame = try DataFrame(["v": [1, 2, 3], "k": [1, 1, 2]])
    for contract in [nil, .once, .ordered] as [UDFOptions.Contract?] {
      for hasKeys in [false, true] {
        for engine in KindTesting.engines {
          let calls = CallRecorder()
          let counted = UDF.scan(
            "counted", initial: 0, options: UDFOptions(contract: contract)
          ) { (s: inout Int, v: Int) in calls.call { s + v } }
          let call = hasKeys ? counted("v").over("k") : counted("v")
          let query = frame.lazy.with(call.as("c"))
          let optimizes = engine._configuration.disabledRules.isEmpty
          _ = try query.select("v").collect(on: engine)
          #expect(calls.calls == (contract == nil && optimizes ? 0 : 3))
          let before = calls.calls
          _ = try query.filter(col("v") > 1).collect(on: engine)
          #expect(calls.calls - before == 3)
          #expect(hasKeys || calls.mostInFlight <= 1)
        }
      }
    }
  }

  struct Bad: Error {}

  @Test func errorsNameTheFirstRowAndItsInputs() throws {
    let rows = 50_000
    let frame = try DataFrame(["k": (0..<rows).map { $0 % 97 }, "v": Array(0..<rows)])
    let picky = UDF.scan("picky", initial: 0) { (s: inout Int, v: Int, k: Int) throws -> Int in
      if v >= 30_001 { throw Bad() }
      s += v
      return s
    }
    for threads in [1, 4] {
      for hasKeys in [false, true] {
        for _ in 0..<3 {
          let call = hasKeys ? picky("v", "k").over("k") : picky("v", "k")
          let error = try #require(throws: ColumnarError.self) {
            try frame.lazy.filter(col("v") % 2 == 1).with(call).collect(
              on: .columnar(threads: threads))
          }
          #expect(error.code == .udf && error.row == 15_000 && error.underlying is Bad)
          #expect(
            error.message
              == "\"picky\" failed: Bad(). The inputs were (30001, \(30_001 % 97)).")
        }
      }
    }
  }

  @Test func onlyScansGoOverKeys() throws {
    let frame = try DataFrame(["v": [1]])
    for query in [
      frame.lazy.select(col("v").over("v")), frame.lazy.select(Self.total("v").over()),
      frame.lazy.select((Self.total("v") + 1).over("v")),
    ] {
      let error = try #require(throws: ColumnarError.self) { try query.collect() }
      #expect(error.code == .invalidPlan && error.message.contains("over"))
    }
  }

  @Test func explainShowsKeys() throws {
    let frame = try DataFrame(["v": [1], "k": [1]])
    let text = try frame.lazy.with(Self.total("v").over("k")).explain()
    #expect(text.contains("total(v) over [k]"))
  }
}
