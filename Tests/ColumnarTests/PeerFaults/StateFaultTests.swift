import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// What goes wrong elsewhere with states.
///
/// Construction, sharing, `finish`: `UDFStateTests`, `WarmStateTests`; state from row to row:
/// `ScanUDFTests`.
@Suite struct StateFaultTests {
  /// An object that only one thread may use at a time, as most models.
  private final class Model {
    private let busy = Monitor(false)
    var calls = 0

    func use() throws {
      struct InUse: Error {}
      if busy.withLock({ busy in
        defer { busy = true }
        return busy
      }) {
        throw InUse()
      }
      calls += 1
      usleep(20)
      busy.withLock { $0 = false }
    }
  }

  @Test(
    "Daft: threads share one instance unasked, and race to make it; here each has its own, made once"
  )
  func instancesAreUsedByOneCallAtATime() throws {
    let states = StateRecorder()
    let state = State("model") {
      states.made()
      usleep(1_000)
      return Model()
    } finish: { _ in
      states.finished()
    }
    let f = UDF.row("f", state: state, options: .init(batchSize: 5, maxConcurrency: 6)) {
      (x: Int, model: Model) throws -> Int in
      try model.use()
      return x
    }
    let frame = try DataFrame(["x": Array(0..<2_000)])
    let result = try frame.lazy.select(f("x").as("r")).collect(on: ColumnarEngine(threads: 2))
    #expect(result.count == 2_000)
    #expect((1...6).contains(states.madeCount) && states.finishedCount == states.madeCount)
  }

  @Test(
    "Daft: a model is loaded once per method that uses it; here two functions share an instance")
  func functionsShareAnInstance() throws {
    let states = StateRecorder()
    let state = State("model") {
      states.made()
      return Model()
    }
    let f = UDF.row("f", state: state) { (x: Int, model: Model) throws -> Int in
      try model.use()
      return model.calls
    }
    let g = UDF.batch("g", state: state) { (xs: ColumnView<Int>, model: Model) throws -> [Int] in
      try model.use()
      return [Int](repeating: model.calls, count: xs.count)
    }
    let frame = try DataFrame(["x": Array(0..<10)])
    let result = try frame.lazy.with(f("x").as("f"), g("x").as("g"))
      .collect(on: ColumnarEngine(threads: 1))
    #expect(states.madeCount == 1)
    #expect(try result["g", as: Int.self][9] + result["f", as: Int.self][0] >= 11)
  }

  @Test("Polars #25786: no state from batch to batch; here it lasts over batches and partitions")
  func statesLastOverPartitions() throws {
    let states = StateRecorder()
    let state = State("counter") {
      states.made()
      return Model()
    }
    let f = UDF.row("f", state: state) { (x: Int, model: Model) throws -> Int in
      try model.use()
      return model.calls
    }
    let frame = try DataFrame(["x": Array(0..<100)]).lazy.repartition(5)
    let result = try frame.select(f("x").as("r")).collect(
      on: ColumnarEngine(threads: 1, batchRows: 7))
    #expect(try Array(result["r", as: Int.self]) == Array(1...100))
    #expect(states.madeCount == 1)
  }

  @Test("Daft: states are made before they are needed; here none is without a row to call for")
  func noRowsNoState() throws {
    let states = StateRecorder()
    let state = State("model") {
      states.made()
      return 1
    }
    let frame = try DataFrame(["x": [1, nil, 3] as [Int?]]).lazy
    for options in [UDFOptions(), .init(batchSize: 2, maxConcurrency: 3)] {
      let f = UDF.row("f", state: state, options: options) { (x: Int, one: Int) in x + one }
      _ = try frame.filter(col("x") > 5).select(f("x").as("r")).collect()
      _ = try frame.select(f("x").as("r"), lit(1).as("s")).select("s").collect()
      _ = try frame.select(f("x").as("r")).explain()
    }
    #expect(states.madeCount == 0)
  }

  @Test(
    "Daft archetype#667: no teardown is promised; here finish runs once, also when a query is cancelled"
  )
  func finishRunsWhenCancelled() async throws {
    let (states, journal) = (StateRecorder(), Journal<String>())
    let state = State("model") {
      states.made()
      return 1
    } finish: { _ in
      states.finished()
    }
    for options in [UDFOptions(), .init(batchSize: 1, maxConcurrency: 3)] {
      let f = UDF.row("f", state: state, options: options) { (x: Int, one: Int) in
        journal.add("called")
        usleep(1_000)
        return x + one
      }
      let before = journal.all.count
      let frame = try DataFrame(["x": Array(0..<100_000)]).lazy.select(f("x").as("r"))
      let token = Cancellation()
      let query = try Query(frame, ColumnarEngine(threads: 2))
      _ = ThreadPool.shared.start {
        try? journal.wait { $0.count > before + 3 }
        token.cancel()
      }
      #expect(throws: ColumnarError.self) { try query.run(token) }
      #expect(states.madeCount > 0 && states.finishedCount == states.madeCount)
    }
  }
}
