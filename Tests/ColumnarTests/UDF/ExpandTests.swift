import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

@Suite struct ExpandTests {
  static let words = UDF.expand("words") { (s: String) in
    s.split(separator: " ").map(String.init)
  }
  static let upTo = UDF.expand("upTo") { (n: Int) in 0..<n }

  static func frame() throws -> DataFrame {
    try DataFrame(["id": [1, 2, 3, 4], "text": ["a b", "", nil, "c d e"] as [String?]])
  }

  @Test func oneRowPerElement() throws {
    for engine in KindTesting.engines {
      let result = try Self.frame().lazy.expand(Self.words("text").as("word"), origin: "row")
        .collect(on: engine)
      #expect(result.schema.fields.map(\.name) == ["id", "text", "word", "row"])
      #expect(try Array(result["id", as: Int.self]) == [1, 1, 4, 4, 4])
      #expect(try Array(result["word", as: String.self]) == ["a", "b", "c", "d", "e"])
      #expect(try Array(result["row", as: Int.self]) == [0, 0, 3, 3, 3])
      #expect(
        try Array(result["text", as: String.self]) == ["a b", "a b"]
          + Array(repeating: "c d e", count: 3))
      let kept = try Self.frame().lazy.expand(Self.words("text"), keepEmpty: true)
        .select("words", "id").collect(on: engine)
      #expect(
        try Array(kept["words", as: String?.self]) == ["a", "b", nil, nil, "c", "d", "e"])
      #expect(try Array(kept["id", as: Int.self]) == [1, 1, 2, 3, 4, 4, 4])
    }
  }

  @Test func replacesAColumnOfItsName() throws {
    let result = try Self.frame().lazy.expand(Self.words("text").as("text")).collect()
    #expect(result.schema.fields.map(\.name) == ["id", "text"])
    #expect(try Array(result["text", as: String.self]) == ["a", "b", "c", "d", "e"])
  }

  @Test func everyArityAndState() throws {
    let two = UDF.expand("two") { (a: Int, b: Int) in [a, b] }
    let three = UDF.expand("three") { (a: Int, b: Int?, c: Int) in [a, b ?? -1, c] }
    let four = UDF.expand("four") { (a: Int, b: Int, c: Int, d: Int) in [a, b, c, d] as Set }
    let prefix = State { "x" }
    let with = UDF.expand("with", state: prefix) { (a: Int, p: String) in
      repeatElement(p, count: a)
    }
    final class Maker: Stateful {
      init() {}
      func make(_ n: Int) -> [Double?] { [nil, Double(n)] }
    }
    let made = UDF.expand("made") { (a: Int, m: Maker) in m.make(a) }
    let frame = try DataFrame(["a": [1, 2]])
    let a = try frame.lazy.expand(two("a", lit(9))).collect()
    #expect(try Array(a["two", as: Int.self]) == [1, 9, 2, 9])
    let b = try frame.lazy.expand(three("a", lit(nil as Int?), "a")).collect()
    #expect(try Array(b["three", as: Int.self]) == [1, -1, 1, 2, -1, 2])
    let c = try frame.lazy.expand(four("a", "a", "a", "a")).collect()
    #expect(try Array(c["four", as: Int.self]) == [1, 2])
    let d = try frame.lazy.expand(with("a")).collect()
    #expect(try Array(d["with", as: String.self]) == ["x", "x", "x"])
    let e = try frame.lazy.expand(made("a")).collect()
    #expect(try Array(e["made", as: Double?.self]) == [nil, 1, nil, 2])
  }

  /// On frames of every shape and engines of every kind, against a loop.
  @Test(arguments: FrameGenerator.Shape.allCases)
  func equalsALoop(_ shape: FrameGenerator.Shape) throws {
    let spread = UDF.expand("spread") { (k: Int, t: String?) -> [String?] in
      (0..<(abs(k) % 4)).map { $0 == 1 ? nil : (t ?? "-") + "\($0)" }
    }
    for seed in UInt64(1)...10 {
      var generator = FrameGenerator(seed: seed)
      let frame = generator.frame(rows: 40, shape)
      let keys = try KindTesting.ints(frame, "k")
      let texts = Array(try frame["t", as: String?.self])
      for keepEmpty in [false, true] {
        var expected: [(row: Int, key: Int?, element: String?)] = []
        for (row, key) in keys.enumerated() {
          let count = key.map { abs($0) % 4 } ?? 0
          for n in 0..<count {
            expected.append((row, key, n == 1 ? nil : (texts[row] ?? "-") + "\(n)"))
          }
          if count == 0, keepEmpty { expected.append((row, key, nil)) }
        }
        for engine in KindTesting.some(&generator.random) {
          let result = try frame.lazy.expand(
            spread("k", "t").as("e"), origin: "row", keepEmpty: keepEmpty
          ).collect(on: engine)
          let what = "seed \(seed), \(KindTesting.name(engine))"
          #expect(try KindTesting.ints(result, "row") == expected.map(\.row), "\(what)")
          #expect(try KindTesting.ints(result, "k") == expected.map(\.key), "\(what)")
          let elements = Array(try result["e", as: String?.self])
          #expect(elements == expected.map(\.element), "\(what)")
        }
      }
    }
  }

  /// A row of ten million elements leaves in batches, and only as many are made as are wanted.
  @Test func largeRowsLeaveInBatches() throws {
    let frame = try DataFrame(["n": [3, 10_000_000]])
    let largest = Monitor(0)
    let seen = UDF.batch("seen") { (v: ColumnView<Int>) -> [Int] in
      largest.withLock { $0 = max($0, v.count) }
      return [Int](repeating: 1, count: v.count)
    }
    let count = try frame.lazy.expand(Self.upTo("n").as("e")).select(seen("e").sum().as("c"))
      .collect()
    #expect(try Array(count["c", as: Int.self]) == [10_000_003])
    #expect(largest.withLock { $0 } == ExecutionSize.batchRows)
  }

  @Test func endlessSequencesStopAtALimit() throws {
    let endless = UDF.expand("endless") { (n: Int) in sequence(first: n) { $0 + 1 } }
    let frame = try DataFrame(["n": [5, 6]])
    for threads in [1, 3] {
      let result = try frame.lazy.expand(endless("n")).limit(3).collect(
        on: .columnar(threads: threads))
      #expect(try Array(result["endless", as: Int.self]) == [5, 6, 7])
    }
  }

  @Test func endlessSequencesCanBeCancelled() async throws {
    let endless = UDF.expand("endless") { (n: Int) in sequence(first: n) { $0 + 1 } }
    let frame = try DataFrame(["n": [5]])
    let task = Task { try await frame.lazy.expand(endless("n")).select(rowCount()).collect() }
    try await Task.sleep(for: .milliseconds(30))
    task.cancel()
    await #expect(throws: ColumnarError.self) { try await task.value }
  }

  @Test func explodesLists() throws {
    let frame = try DataFrame([
      "id": [1, 2, 3, 4], "l": [[1, 2], [], nil, [3, 4, 5]] as [[Int]?],
    ])
    for engine in KindTesting.engines {
      let result = try frame.lazy.explode("l", origin: "row").collect(on: engine)
      #expect(result.schema.fields.map(\.name) == ["id", "l", "row"])
      #expect(try Array(result["l", as: Int.self]) == [1, 2, 3, 4, 5])
      #expect(try Array(result["row", as: Int.self]) == [0, 0, 3, 3, 3])
      let kept = try frame.lazy.explode(col("l").as("e"), keepEmpty: true).collect(on: engine)
      #expect(try Array(kept["e", as: Int?.self]) == [1, 2, nil, nil, 3, 4, 5])
      let sliced = try frame.lazy.limit(3, offset: 1).explode("l").collect(on: engine)
      #expect(try Array(sliced["id", as: Int.self]) == [4, 4, 4])
      let filtered = try frame.lazy.filter(col("id") != 2).explode("l", keepEmpty: true)
        .filter(col("id") > 1).collect(on: engine)
      #expect(try Array(filtered["l", as: Int?.self]) == [nil, 3, 4, 5])
      let twice = try DataFrame(["l": [[["a"], ["b", "c"]], [[]]]]).lazy.explode("l").explode("l")
        .collect(on: engine)
      #expect(try Array(twice["l", as: String.self]) == ["a", "b", "c"])
    }
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.explode("id").collect()
    }
    #expect(error.code == .typeMismatch && error.message.contains("explode takes lists"))
  }

  @Test func expandsRowsAgainAndAggregates() throws {
    let frame = try DataFrame(["n": [1, 2, 3]])
    for engine in KindTesting.engines {
      let result = try frame.lazy.expand(Self.upTo("n").as("a")).expand(Self.upTo("n").as("b"))
        .groupBy("n", maintainOrder: true).aggregate(rowCount().as("c")).collect(on: engine)
      #expect(try Array(result["c", as: Int.self]) == [1, 4, 9])
      let scan = try frame.lazy.expand(Self.upTo("n").as("a"))
        .with(ScanUDFTests.total("a")).filter(col("total") > 1).collect(on: engine)
      #expect(try Array(scan["total", as: Int.self]) == [2, 4])
      let both = try LazyFrame.concat([frame.lazy, frame.lazy])
        .expand(Self.upTo("n").as("a"), origin: "row").collect(on: engine)
      #expect(
        try Array(both["row", as: Int.self]) == [0, 1, 1, 2, 2, 2, 3, 4, 4, 5, 5, 5])
    }
  }

  struct Bad: Error {}

  @Test func errorsNameTheFirstRowAndItsInputs() throws {
    let picky = UDF.expand("picky") { (n: Int) throws -> [Int] in
      if n >= 30_001 { throw Bad() }
      return [n, n]
    }
    let frame = try DataFrame(["n": Array(0..<50_000)])
    for threads in [1, 4] {
      for origin in [nil, "row"] {
        let error = try #require(throws: ColumnarError.self) {
          try frame.lazy.filter(col("n") % 2 == 1).expand(picky("n"), origin: origin).collect(
            on: .columnar(threads: threads))
        }
        #expect(error.code == .udf && error.row == 15_000 && error.underlying is Bad)
        #expect(error.message == "\"picky\" failed: Bad(). The inputs were (30001).")
      }
    }
    // An error further down is that of the operator there.
    let late = UDF.row("late") { (n: Int) throws -> Int in
      if n >= 40_000 { throw Bad() }
      return n
    }
    let below = UDF.expand("below") { (n: Int) in [n, n] }
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.expand(below("n")).select(late("n")).collect()
    }
    #expect(error.row == 80_000 && error.message.hasPrefix("\"late\" failed"))
  }

  @Test func callsUnderContracts() throws {
    let frame = try DataFrame(["n": Array(0..<30)])
    for contract in [nil, .once, .ordered] as [UDFOptions.Contract?] {
      for slots in [nil, 2] as [Int?] {
        for engine in KindTesting.engines {
          let calls = CallRecorder()
          let order = Monitor<[Int]>([])
          let counted = UDF.expand(
            "counted", options: UDFOptions(maxConcurrency: slots, contract: contract)
          ) { (n: Int) in
            calls.call {
              order.withLock { $0.append(n) }
              return [n, n]
            }
          }
          let rows = frame.lazy.expand(counted("n").as("e"))
          let optimizes = engine._configuration.disabledRules.isEmpty
          let result = try rows.filter(col("n") < 10).collect(on: engine)
          #expect(result.count == 20)
          #expect(calls.calls == (contract == nil && optimizes ? 10 : 30))
          #expect(slots == nil || calls.mostInFlight <= 2)
          let before = calls.calls
          let limited = try rows.limit(2).collect(on: engine)
          #expect(limited.count == 2)
          if contract != nil { #expect(calls.calls - before == 30) }
          let numbers = try rows.select("n").collect(on: engine)
          #expect(numbers.count == 60)
          if contract == .ordered {
            #expect(calls.mostInFlight == 1)
            #expect(order.withLock { $0 } == Array(0..<30) + Array(0..<30) + Array(0..<30))
          }
          // With the numbers of the rows, a condition waits above.
          let numbered = try frame.lazy.expand(counted("n").as("e"), origin: "row")
            .filter(col("n") >= 28).select("row").collect(on: engine)
          #expect(try Array(numbered["row", as: Int.self]) == [28, 28, 29, 29])
        }
      }
    }
  }

  /// A function further down may ask for the state that the expanding one holds.
  @Test func statesAreSharedWithFunctionsBehind() throws {
    let state = State { 2 }
    let expanding = UDF.expand("expanding", state: state) { (n: Int, s: Int) in [n * s, n] }
    let behind = UDF.row("behind", state: state) { (n: Int, s: Int) in n + s }
    let frame = try DataFrame(["n": Array(0..<20_000)])
    for engine in [
      ColumnarEngine(threads: 1), ColumnarEngine(threads: 3),
      ColumnarEngine(threads: 2, batchRows: 7),
    ] {
      let result = try frame.lazy.expand(expanding("n").as("e")).select(behind("e")).collect(
        on: engine)
      let sum = try result["behind", as: Int.self].reduce(0, +)
      #expect(sum == 3 * 199_990_000 + 80_000)
    }
  }

  @Test func mistakesAreErrors() throws {
    let frame = try DataFrame(["n": [1], "s": ["x"]])
    let type = try #require(throws: ColumnarError.self) {
      try frame.lazy.expand(Self.upTo("s")).explain()
    }
    #expect(type.code == .typeMismatch && type.message.hasPrefix("Argument 1 of \"upTo\""))
    let name = try #require(throws: ColumnarError.self) {
      try frame.lazy.expand(Self.upTo("n").as("e"), origin: "e").explain()
    }
    #expect(name.code == .duplicateName)
  }
}
