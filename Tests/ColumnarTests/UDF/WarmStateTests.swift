import ColumnarCore
import Testing
import worker_fixture

@testable import Columnar

/// Engines that keep states and workers from query to query.
@Suite struct WarmStateTests {
  private func frame() throws -> LazyFrame { try DataFrame(["x": Array(0..<1000)]).lazy }

  private func function(_ states: StateRecorder) -> RowUDF1<Int, Int> {
    let state = State("state") {
      states.made()
      return 1
    } finish: { _ in
      states.finished()
    }
    return UDF.row("f", state: state) { (x: Int, one: Int) in x + one }
  }

  @Test func statesOutliveQueriesAndAreFinishedOnce() throws {
    let states = StateRecorder()
    let f = function(states)
    do {
      let engine = ColumnarEngine(threads: 1, keepsStates: true)
      for _ in 0..<5 {
        let result = try frame().select(f("x").as("y")).collect(on: engine)
        #expect(try result["y", as: Int.self].last == 1000)
      }
      #expect(states.madeCount == 1 && states.finishedCount == 0)
    }
    #expect(states.finishedCount == 1)
  }

  @Test func otherEnginesFinishTheirsAtOnce() throws {
    let states = StateRecorder()
    let f = function(states)
    for _ in 0..<3 { _ = try frame().select(f("x")).collect(on: ColumnarEngine(threads: 1)) }
    #expect(states.madeCount == 3 && states.finishedCount == 3)
  }

  @Test func aConstructorThatFailedIsTriedAgain() throws {
    struct NotYet: Error {}
    let attempts = StateRecorder()
    let state = State<Int>("state") {
      attempts.made()
      if attempts.madeCount == 1 { throw NotYet() }
      return 1
    }
    let f = UDF.row("f", state: state) { (x: Int, one: Int) in x + one }
    let engine = ColumnarEngine(threads: 1, keepsStates: true)
    #expect(throws: ColumnarError.self) { try frame().select(f("x")).collect(on: engine) }
    #expect(try frame().select(f("x")).collect(on: engine).count == 1000)
  }

  @Test func workersOutliveQueries() throws {
    let engine = ColumnarEngine(
      threads: 2, workerExecutable: WorkerTesting.executable("worker"), keepsStates: true)
    let query = try DataFrame(["x": Array(repeating: 1, count: 500)]).lazy
      .select(FixtureFunctions.stateful("x").as("r"))
    // The state counts the rows it has seen, so one that is kept counts on.
    let most = try (0..<4).map { _ in
      try query.collect(on: engine)["r", as: Int.self].max() ?? 0
    }
    #expect(most == [500, 1000, 1500, 2000])
  }
}
