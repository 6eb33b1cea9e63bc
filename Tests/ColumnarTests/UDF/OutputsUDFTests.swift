import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

@Suite struct OutputsUDFTests {
  static let split = UDF.row("split", outputs: "head", "tail") { (s: String) -> (String, Int) in
    (String(s.prefix(1)), s.count)
  }

  @Test func oneCallMakesSeveralColumns() throws {
    let frame = try DataFrame(["text": ["one", nil, "three"] as [String?], "head": [1, 2, 3]])
    for engine in KindTesting.engines {
      let result = try frame.lazy.with(Self.split("text"), (col("head") * 10).as("ten"))
        .collect(on: engine)
      #expect(result.schema.fields.map(\.name) == ["text", "head", "tail", "ten"])
      #expect(try Array(result["head", as: String?.self]) == ["o", nil, "t"])
      #expect(try Array(result["tail", as: Int?.self]) == [3, nil, 5])
      #expect(try Array(result["ten", as: Int.self]) == [10, 20, 30])
      let selected = try frame.lazy.select(Self.split("text")).collect(on: engine)
      #expect(selected.schema.fields.map(\.name) == ["head", "tail"])
    }
  }

  @Test func everyNumberOfOutputs() throws {
    let three = UDF.row("three", outputs: "a", "b", "c") { (x: Int, y: Int) in
      (x + y, "\(x)", y > 2 ? nil : Double(y))
    }
    let four = UDF.row("four", outputs: "p", "q", "r", "s") { (x: Int) in
      (x, x > 1, [x, x], x == 2 ? nil : "\(x)")
    }
    let state = State { 100 }
    let with = UDF.row("with", outputs: "m", "n", state: state) { (x: Int, s: Int) in (x + s, s) }
    let frame = try DataFrame(["x": [1, 2], "y": [2, 3]])
    for engine in KindTesting.engines {
      let result = try frame.lazy.with(three("x", "y"), four("x"), with("x")).collect(on: engine)
      #expect(try Array(result["a", as: Int.self]) == [3, 5])
      #expect(try Array(result["b", as: String.self]) == ["1", "2"])
      #expect(try Array(result["c", as: Double?.self]) == [2, nil])
      #expect(try Array(result["p", as: Int.self]) == [1, 2])
      #expect(try Array(result["q", as: Bool.self]) == [false, true])
      #expect(try Array(result["r", as: [Int].self]) == [[1, 1], [2, 2]])
      #expect(try Array(result["s", as: String?.self]) == ["1", nil])
      #expect(try Array(result["m", as: Int.self]) == [101, 102])
      #expect(try Array(result["n", as: Int.self]) == [100, 100])
    }
  }

  @Test func oneCallPerRowHoweverTheOutputsAreUsed() throws {
    let frame = try DataFrame(["x": Array(0..<20)])
    for contract in [nil, .once, .ordered] as [UDFOptions.Contract?] {
      for slots in [nil, 2] as [Int?] {
        for engine in KindTesting.engines {
          let calls = CallRecorder()
          let counted = UDF.row(
            "counted", outputs: "a", "b",
            options: UDFOptions(maxConcurrency: slots, contract: contract)
          ) { (x: Int) in calls.call { (x, x * 2) } }
          let both = frame.lazy.with(counted("x"))
          let optimizes = engine._configuration.disabledRules.isEmpty
          let queries: [(LazyFrame, calls: Int, rows: Int)] = [
            (both, 20, 20), (both.select("a"), 20, 20),
            (both.select((col("a") + col("b")).as("s"), "b"), 20, 20),
            (both.filter(col("a") > 4 && col("b") < 30), 20, 10),
            (both.filter(col("x") < 5), contract == nil && optimizes ? 5 : 20, 5),
            (both.select("x"), contract == nil && optimizes ? 0 : 20, 20),
            (both.groupBy("b").aggregate(col("a").sum().as("s")), 20, 20),
          ]
          for (number, query) in queries.enumerated() {
            let before = calls.calls
            let result = try query.0.collect(on: engine)
            #expect(result.count == query.rows, "\(number)")
            #expect(calls.calls - before == query.calls, "\(number), \(KindTesting.name(engine))")
          }
        }
      }
    }
  }

  /// The whole, under a name of its own, is one column.
  @Test func underANameItIsAStruct() throws {
    let frame = try DataFrame(["text": ["one"]])
    let result = try frame.lazy.with(Self.split("text").as("parts")).collect()
    #expect(
      result.schema.fields.map(\.name) == ["text", "parts"]
        && result.schema.fields[1].type
          == .structure([Field("head", .string), Field("tail", .int64)])
    )
  }

  @Test func mistakesAreErrors() throws {
    let frame = try DataFrame(["text": ["one"], "n": [1]])
    let twice = try #require(throws: ColumnarError.self) {
      try frame.lazy.with(Self.split("text"), col("n").as("tail")).explain()
    }
    #expect(twice.code == .duplicateName)
    struct Bad: Error {}
    let failing = UDF.row("failing", outputs: "a", "b") { (n: Int) throws -> (Int, Int) in
      throw Bad()
    }
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.with(failing("n")).collect()
    }
    #expect(error.row == 0 && error.message == "\"failing\" failed: Bad(). The inputs were (1).")
  }
}
