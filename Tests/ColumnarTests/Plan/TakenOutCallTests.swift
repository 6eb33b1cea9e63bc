import Columnar
import ColumnarCore
import Glibc
import Testing

/// Calls with slots of their own are taken out of expressions, but see no row that they would not
/// have seen there.
@Suite struct TakenOutCallTests {
  struct Zero: Error {}

  @Test func earlierConditionsGuardLaterOnes() throws {
    let f = UDF.row("f", options: .init(maxConcurrency: 2)) { (x: Int) throws -> Int in
      if x == 0 { throw Zero() }
      return 10 / x
    }
    let frame = try DataFrame(["x": [0, 1, 2, 0, 5]])
    for query in [
      frame.lazy.limit(5).filter(col("x") != 0).filter(f("x") > 2),
      frame.lazy.filter(col("x") != 0 && f("x") > 2),
      frame.lazy.limit(5).filter(f(col("x") + 1) > 0 && col("x") != 0 && f("x") > 2),
    ] {
      #expect(try Array(query.collect()["x", as: Int.self]) == [1, 2])
    }
  }

  /// `maxConcurrency: n` means n inside a choice too, and the call is made for the rows of its
  /// branch alone.
  @Test(arguments: [1, 4]) func choicesKeepConcurrency(_ n: Int) throws {
    let recorder = CallRecorder()
    let f = UDF.row("f", options: .init(batchSize: 1, maxConcurrency: n)) { (x: Int) -> Int in
      recorder.call(together: n) {
        usleep(500)
        return x
      }
    }
    let frame = try DataFrame(["x": Array(0..<200)])
    let result = try frame.lazy
      .select(when(col("x") % 2 == 0).then(f("x")).otherwise(lit(-1)).as("y")).collect()
    #expect(try Array(result["y", as: Int.self]) == (0..<200).map { $0 % 2 == 0 ? $0 : -1 })
    #expect(recorder.calls == 100 && recorder.mostInFlight == n)
  }

  @Test func choicesWithinChoices() throws {
    let recorder = CallRecorder()
    let f = UDF.row("f", options: .init(maxConcurrency: 1)) { (x: Int) throws -> Int in
      try recorder.call {
        if x == 0 { throw Zero() }
        return 100 / x
      }
    }
    let frame = try DataFrame(["x": [0, 1, nil, 3, 50, -5, 0] as [Int?]])
    let small = lit(10).integerDivided(by: col("x")) == 0
    let choice = when(col("x") == 0).then(lit(-1))
      .when(f("x") > 50).then(f(col("x") * 2))
      .otherwise(when(small).then(f("x")).otherwise(f(-col("x"))))
    let engines: [any Engine] = [
      ColumnarEngine(threads: 2), SequentialEngine(),
      ColumnarEngine(threads: 2, disabledRules: ["all"]),
    ]
    for engine in engines {
      let result = try frame.lazy.select(choice.as("y")).collect(on: engine)
      #expect(try Array(result["y", as: Int?.self]) == [-1, 50, nil, -33, 2, 20, -1])
    }
    #expect(recorder.calls == 3 * 8 && recorder.mostInFlight == 1)
  }

  @Test func theSequentialEngineMakesOneCallAtATime() throws {
    let recorder = CallRecorder()
    let f = UDF.row("f", options: .init(batchSize: 1, maxConcurrency: 4)) { (x: Int) -> Int in
      recorder.call {
        usleep(1_000)
        return x
      }
    }
    let frame = try DataFrame(["x": Array(0..<50)])
    let result = try frame.lazy.select(f("x").as("y")).collect(on: .sequential)
    #expect(try Array(result["y", as: Int.self]) == Array(0..<50))
    #expect(recorder.calls == 50 && recorder.mostInFlight == 1)
  }
}
