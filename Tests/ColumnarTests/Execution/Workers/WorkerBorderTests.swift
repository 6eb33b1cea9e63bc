import ColumnarCore
import Glibc
import Testing
import worker_fixture

@testable import Columnar

/// Worker processes at the borders: states that cannot be made, nothing or very much to send,
/// queries at once.
@Suite struct WorkerBorderTests {
  let engine = ColumnarEngine.columnar(
    threads: 2, workerExecutable: WorkerTesting.executable("worker"))

  private func expr(_ function: UserFunction, _ options: UDFOptions, _ args: Expr...) -> Expr {
    Expr(.call(UserFunction(function, options: options), args)).as("r")
  }

  @Test func allSizesComeAndGo() throws {
    let f = FixtureFunctions.self
    let frame = try DataFrame(["x": Array(0..<3000)])
    let c = try frame.lazy.select(f.constant().as("r")).collect(on: engine)
    #expect(try Array(c["r", as: Int.self]) == [Int](repeating: 7, count: 3000))
    let big = try DataFrame(["x": [0, 3_000_000, 1, 10_000_000, 2]])
    let s = try big.lazy.select(f.swell("x").as("r"), f.textLength(f.swell("x")).as("n")).collect(
      on: engine)
    #expect(try Array(s["n", as: Int.self]) == [0, 6_000_000, 2, 20_000_000, 4])
    #expect(try s["r", as: String.self][3].utf8.count == 20_000_000)
    let empty = try DataFrame(["x": [] as [Int]])
    #expect(try empty.lazy.select(f.double("x").as("r")).collect(on: engine).count == 0)
    let one = try DataFrame(["x": [21]])
    #expect(
      try Array(one.lazy.select(f.double("x").as("r")).collect(on: engine)["r", as: Int.self]) == [
        42
      ])
  }

  @Test func orderedStateInAWorker() throws {
    let frame = try DataFrame(["x": [Int](repeating: 1, count: 20_000)])
    let r = try frame.lazy.select(FixtureFunctions.orderedTally("x").as("r")).collect(on: engine)
    #expect(try Array(r["r", as: Int.self]) == Array(1...20_000))
  }

  @Test(.timeLimit(.minutes(2)), arguments: [UDFOptions.ErrorPolicy.fail, .null, .collect])
  func aStateThatKillsItsWorker(_ policy: UDFOptions.ErrorPolicy) throws {
    let frame = try DataFrame(["x": Array(0..<300)])
    let query = frame.lazy.select(
      expr(FixtureFunctions.deadlyState.function, .inWorkers(onError: policy), col("x")))
    let error = try #require(WorkerTesting.error { try query.collect(on: engine) })
    #expect(error.code == .workerCrashed && error.context.contains(.node("deadlyState")))
    #expect(error.message.contains("in a row before they had made their states"), "\(error)")
  }

  @Test func aWarmWorkerTriesAStateAgain() throws {
    let engine = ColumnarEngine(
      threads: 2, workerExecutable: WorkerTesting.executable("worker"), keepsStates: true)
    let frame = try DataFrame(["x": [1]])
    let query = frame.lazy.select(FixtureFunctions.lateState("x").as("r"))
    let path = FixtureFunctions.lateStatePath(of: getpid())
    TestFile.remove(path)
    #expect(throws: ColumnarError.self) { try query.collect(on: engine) }
    try #require(TestFile.write("", path))
    defer { TestFile.remove(path) }
    #expect(try Array(query.collect(on: engine)["r", as: Int.self]) == [2])
  }

  /// What a batch waits for its worker, and for states to be made, is not its own time.
  @Test func makingStatesTakesNoBatchsTime() throws {
    let frame = try DataFrame(["x": Array(0..<10)])
    let options = UDFOptions.inWorkers(timeout: .perBatch(.seconds(2)))
    let result = try frame.lazy.select(
      expr(FixtureFunctions.slowState.function, options, col("x"))
    ).collect(on: engine)
    #expect(try Array(result["r", as: Int.self]) == Array(1...10))
  }

  /// Rows with a null were not called, so they have not failed when their batch is lost.
  @Test func rowsWithNullsAreNotLost() throws {
    let frame = try DataFrame(["x": [1, nil, End.killed.rawValue, nil] as [Int?]])
    let options = UDFOptions.inWorkers(onError: .collect, contract: .once)
    let result = try frame.lazy.select(
      expr(FixtureFunctions.poisonOnce.function, options, col("x"))
    ).collect(on: engine)
    #expect(try Array(result["r", as: Int?.self]) == [nil, nil, nil, nil])
    #expect(try Array(result.failures["row", as: Int.self]) == [0, 2])
  }

  @Test func cancelledWhileAWorkerStarts() throws {
    let engine = ColumnarEngine.columnar(
      threads: 2, workerExecutable: .path("/bin/sleep", arguments: ["600"]))
    let query = try Query(
      DataFrame(["x": [1]]).lazy.select(FixtureFunctions.double("x").as("r")), engine)
    let token = Cancellation()
    _ = ThreadPool.shared.start {
      usleep(200_000)
      token.cancel()
    }
    let began = ContinuousClock.now
    #expect(WorkerTesting.error { try query.run(token) }?.code == .cancelled)
    #expect(ContinuousClock.now - began < .seconds(60))
  }

  @Test func concurrentQueries() throws {
    let warm = ColumnarEngine(
      threads: 2, workerExecutable: WorkerTesting.executable("worker"), keepsStates: true)
    let frame = try DataFrame(["x": Array(0..<5_000)])
    for engines in [[warm, warm, warm], [engine, engine, warm]] {
      ThreadPool.shared.run(width: 3) { k in
        let r = Result {
          try frame.lazy.select(FixtureFunctions.double("x").as("r")).collect(on: engines[k])
        }
        switch r {
        case .success(let d):
          #expect((try? Array(d["r", as: Int.self])) == (0..<5_000).map { $0 * 2 })
        case .failure(let e): Issue.record("\(e)")
        }
      }
    }
  }
}
