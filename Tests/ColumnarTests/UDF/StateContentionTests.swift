import ColumnarCore
import Glibc
import Synchronization
import Testing

@testable import Columnar

/// States that several calls or queries want at once, or whose making fails or is cut short.
@Suite struct StateContentionTests {
  struct Bad: Error {}
  final class Instance { let used = Atomic<Bool>(false) }

  @Test(.timeLimit(.minutes(1))) func aQueryInsideAFunctionHasTheSameStates() throws {
    let engine = ColumnarEngine(threads: 1, keepsStates: true)
    let state = State("s") { 1 }
    let g = UDF.row("g", state: state) { (x: Int, one: Int) in x + one }
    let frame = try DataFrame(["x": [1, 2, 3]]).lazy
    let f = UDF.row("f", state: state) { (x: Int, one: Int) throws -> Int in
      try frame.select(g("x").as("r")).collect(on: engine).count + one
    }
    let query = try Query(frame.select(f("x").as("r")), engine)
    let token = Cancellation()
    let isDone = Monitor(false)
    _ = ThreadPool.shared.start {
      for _ in 0..<500 where !isDone.withLock({ $0 }) { usleep(100_000) }
      token.cancel()
    }
    let result = try query.run(token)
    isDone.withLock { $0 = true }
    #expect(try Array(result["r", as: Int.self]) == [4, 4, 4])
  }

  @Test func cancelledDuringConstruction() throws {
    for isShared in [false, true] {
      let states = StateRecorder()
      let begun = Monitor(false)
      let token = Cancellation()
      let make: @Sendable () -> Int = {
        states.made()
        begun.update { $0 = true }
        for _ in 0..<6_000 where !token.isCancelled { usleep(10_000) }
        return 1
      }
      let state =
        isShared
        ? State.shared("s", make: make) { _ in states.finished() }
        : State("s", make: make) { _ in states.finished() }
      let calls = CallRecorder()
      let f = UDF.row("f", state: state, options: .init(batchSize: 1, maxConcurrency: 4)) {
        (x: Int, one: Int) in calls.call { x + one }
      }
      let query = try Query(
        DataFrame(["x": Array(0..<100)]).lazy.select(f("x").as("r")), ColumnarEngine(threads: 2))
      _ = ThreadPool.shared.start {
        begun.wait { $0 ? () : nil }
        token.cancel()
      }
      let error = WorkerTesting.error { try query.run(token) }
      #expect(error?.code == .cancelled)
      #expect(
        states.madeCount == 1 && states.finishedCount == 1,
        "\(states.madeCount) \(states.finishedCount)")
      #expect(calls.calls == 0, "calls \(calls.calls)")
    }
  }

  @Test func aThrowingConstructorIsCalledOnce() throws {
    let tries = StateRecorder()
    let state = State<Int>("model") {
      tries.made()
      usleep(20_000)
      throw Bad()
    }
    let f = UDF.row("f", state: state, options: .init(batchSize: 1, maxConcurrency: 8)) {
      (x: Int, one: Int) in x + one
    }
    for _ in 0..<2 {
      let error = WorkerTesting.error {
        try DataFrame(["x": Array(0..<200)]).lazy.select(f("x").as("r")).collect()
      }
      #expect(error?.context.contains(.node("f")) ?? false)
    }
    #expect(tries.madeCount == 2, "\(tries.madeCount)")
  }

  @Test func aThrowingConstructorIsNoRowsError() throws {
    let state = State<Int>("model") { throw Bad() }
    let f = UDF.row("f", state: state, options: .init(onError: .null)) { (x: Int, one: Int) in
      x + one
    }
    let g = UDF.batch("g", state: state, elementwise: true, options: .init(onError: .null)) {
      (x: ColumnView<Int>, one: Int) in x.map { $0 + one }
    }
    for e in [f("x"), g("x")] {
      let error = WorkerTesting.error {
        try DataFrame(["x": Array(0..<200)]).lazy.select(e.as("r")).collect()
      }
      #expect(error?.message.contains("model") ?? false)
    }
  }

  @Test func twoQueriesOnAWarmEngine() throws {
    let states = StateRecorder()
    let clashes = Monitor(0)
    let state = State("s") { () -> Instance in
      states.made()
      return Instance()
    } finish: { _ in
      states.finished()
    }
    let f = UDF.row("f", state: state, options: .init(batchSize: 5, maxConcurrency: 2)) {
      (x: Int, one: Instance) in
      if one.used.exchange(true, ordering: .sequentiallyConsistent) { clashes.withLock { $0 += 1 } }
      usleep(200)
      one.used.store(false, ordering: .sequentiallyConsistent)
      return x
    }
    do {
      let engine = ColumnarEngine(threads: 2, keepsStates: true)
      let frame = try DataFrame(["x": Array(0..<400)]).lazy.select(f("x").as("r"))
      ThreadPool.shared.run(width: 3) { _ in
        let r = try? frame.collect(on: engine)
        #expect(r?.count == 400)
      }
      #expect(states.finishedCount == 0)
    }
    // A thread may still be letting go of the engine.
    for _ in 0..<6_000 where states.finishedCount < states.madeCount { usleep(10_000) }
    #expect(clashes.withLock { $0 } == 0)
    #expect(
      (1...2).contains(states.madeCount) && states.finishedCount == states.madeCount,
      "\(states.madeCount) \(states.finishedCount)")
  }
}
