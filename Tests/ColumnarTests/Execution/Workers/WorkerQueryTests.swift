import ColumnarCore
import Foundation
import Testing
import worker_fixture

@testable import Columnar

/// Whole queries whose functions run in worker processes.
@Suite struct WorkerQueryTests {
  private let engine = ColumnarEngine.columnar(
    threads: 2, workerExecutable: WorkerTesting.executable("worker"))

  private func values(_ count: Int, _ ends: [Int: End]) -> [Int] {
    (0..<count).map { ends[$0]?.rawValue ?? $0 }
  }

  /// The fixture's function with other options.
  private func call(_ function: RowUDF1<Int, Int>, _ options: UDFOptions) -> Expr {
    Expr(.call(UserFunction(function.function, options: options), [col("x")])).as("r")
  }

  @Test func functionsInWorkersChainWithExpressionsAndOthers() throws {
    let count = 50_000
    let frame = try DataFrame(["x": Array(0..<count)])
    let result = try frame.lazy.filter(col("x") % 2 == 0)
      .select(FixtureFunctions.double(FixtureFunctions.double(col("x") + 1)).as("r"))
      .collect(on: engine)
    #expect(
      try Array(result["r", as: Int.self]) == stride(from: 0, to: count, by: 2).map { ($0 + 1) * 4 }
    )
  }

  @Test func decimalsCross() throws {
    let frame = try DataFrame(["x": [Decimal128(unscaled: -125, scale: 2), Decimal128(7)]])
    let result = try frame.lazy.select(FixtureFunctions.next("x").as("r")).collect(on: engine)
    #expect(
      try Array(result["r", as: Decimal128.self]) == [
        Decimal128(unscaled: -124, scale: 2), Decimal128(unscaled: 701, scale: 2),
      ])
  }

  @Test func asyncFunctionsWaitInOneWorker() throws {
    let frame = try DataFrame(["x": Array(0..<200)])
    let result = try frame.lazy.select(FixtureFunctions.waiting("x").as("r")).collect(on: engine)
    #expect(try Array(result["r", as: Int.self]) == Array(1...200))
  }

  @Test func statesAreMadeAndFinishedInWorkers() throws {
    let frame = try DataFrame(["x": Array(repeating: 1, count: 20_000)])
    let query = frame.lazy.select(FixtureFunctions.stateful("x").as("r"))
    let sums = try Array(query.collect(on: engine)["r", as: Int.self])
    // One worker or two share the rows: each counts on from batch to batch.
    #expect((sums.max() ?? 0) >= 10_000)
  }

  /// A hundred workers are killed while one query runs; its result is right and complete.
  @Test func aHundredKilledWorkersDoNoHarm() throws {
    let count = 20_000
    let frame = try DataFrame(["x": Array(0..<count)])
    var options = UDFOptions.inWorkers(retry: Retry(attempts: 20, backoff: .zero))
    options.batchSize = 100
    let query = frame.lazy.select(call(FixtureFunctions.slow, options))
    let killed = Monitor(0)
    let rounds = Monitor(0)
    while killed.withLock({ $0 }) < 100, rounds.withLock({ $0 }) < 100 {
      rounds.withLock { $0 += 1 }
      let isRunning = Monitor(true)
      _ = ThreadPool.shared.start {
        var random = SystemRandomNumberGenerator()
        while isRunning.withLock({ $0 }) {
          // Not so often that no worker ever gets to serve.
          let slowness: UInt32 = WorkerTesting.isUnderThreadSanitizer ? 10 : 1
          usleep(slowness * UInt32.random(in: 5_000...40_000, using: &random))
          if let worker = self.slowWorkers().randomElement(), kill(worker, SIGKILL) == 0 {
            killed.withLock { $0 += 1 }
          }
        }
      }
      defer { isRunning.update { $0 = false } }
      let result = try query.collect(on: engine)
      #expect(try Array(result["r", as: Int.self]) == Array(1...count))
    }
    #expect(killed.withLock { $0 } >= 100)
  }

  /// Workers of this program that serve "slow": what their environment said is gone, but their name
  /// stands in what they were started with.
  private func slowWorkers() -> [Int32] {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return tasks.flatMap { task -> [Int32] in
      let path = "/proc/self/task/\(task)/children"
      let text = try? String(contentsOfFile: path, encoding: .utf8)
      return (text ?? "").split(separator: " ").compactMap { Int32($0) }
    }.filter { process in
      let name = try? String(contentsOfFile: "/proc/\(process)/environ", encoding: .utf8)
      return name?.contains("COLUMNAR_WORKER=slow ") ?? false
    }
  }

  /// The rows that kill their worker become null; all others have their result.
  @Test(arguments: [End.segmentationFault, .fatal, .killed, .exits])
  func theRowThatKillsItsWorkerIsFound(_ end: End) throws {
    let frame = try DataFrame(["x": values(5_000, [1_234: end, 4_999: end])])
    let result = try frame.lazy.select(
      call(FixtureFunctions.poison, .inWorkers(onError: .null))
    ).collect(on: engine)
    let found = try Array(result["r", as: Int?.self])
    #expect(found.indices.filter { found[$0] == nil } == [1_234, 4_999])
    #expect(found[4_998] == 49_980)
  }

  @Test func theRowThatKillsItsWorkerIsCollected() throws {
    let frame = try DataFrame(["x": values(3_000, [2_100: .abort])])
    let result = try frame.lazy.select(
      call(FixtureFunctions.poison, .inWorkers(onError: .collect))
    ).collect(on: engine)
    let failed = try #require(result.failedRows)
    #expect(failed.count == 1)
    #expect(try ColumnView<Int>(failed.columns[1])[0] == 2_100)
    #expect(try ColumnView<String>(failed.columns[2])[0] == "(-2)")
  }

  @Test func theRowThatKillsItsWorkerFailsTheQueryUnlessAsked() throws {
    let frame = try DataFrame(["x": values(3_000, [2_100: .segmentationFault])])
    let query = frame.lazy.select(FixtureFunctions.poison("x").as("r"))
    let error = try #require(WorkerTesting.error { try query.collect(on: engine) })
    #expect(error.code == .workerCrashed, "\(error)")
  }

  @Test func aRowThatHangsFollowsOnError() throws {
    let frame = try DataFrame(["x": values(16, [7: .hangs])])
    let options = UDFOptions.inWorkers(onError: .null, timeout: .perBatch(.seconds(1)))
    let result = try frame.lazy.select(call(FixtureFunctions.poison, options)).collect(on: engine)
    let found = try Array(result["r", as: Int?.self])
    #expect(found.indices.filter { found[$0] == nil } == [7])
  }

  /// What must be called once is not called again: the whole batch follows `onError`.
  @Test func aCrashUnderOnceCostsItsBatch() throws {
    let frame = try DataFrame(["x": values(5_000, [1_234: .killed])])
    let result = try frame.lazy.select(
      call(FixtureFunctions.poisonOnce, .inWorkers(onError: .null, contract: .once))
    ).collect(on: engine)
    let found = try Array(result["r", as: Int?.self])
    #expect(found.indices.filter { found[$0] == nil } == Array(1_000..<2_000))
  }

  @Test func rowsThatFailInAWorkerAreCollectedHere() throws {
    let frame = try DataFrame(["x": Array(0..<5_000)])
    let result = try frame.lazy.select(
      call(FixtureFunctions.failing, .inWorkers(onError: .collect))
    ).collect(on: engine)
    let failed = try #require(result.failedRows)
    #expect(failed.count == 1)
    #expect(try ColumnView<Int>(failed.columns[1])[0] == 1_234)
    #expect(try ColumnView<String>(failed.columns[3])[0].contains("unlucky(1234)"))
    #expect(try result["r", as: Int?.self][1_234] == nil)
  }

  @Test func cancellationEndsAWorkerThatHangs() throws {
    let frame = try DataFrame(["x": [End.hangs.rawValue]])
    let query = try Query(frame.lazy.select(FixtureFunctions.poison("x").as("r")), engine)
    let cancellation = Cancellation()
    _ = ThreadPool.shared.start {
      usleep(100_000)
      cancellation.cancel()
    }
    let began = ContinuousClock.now
    let error = WorkerTesting.error { try query.run(cancellation) }
    #expect(error?.code == .cancelled)
    #expect(ContinuousClock.now - began < .seconds(60))
  }

  @Test func aQueryOfNoRowsNeedsNoWorker() throws {
    let frame = try DataFrame(["x": [1, 2]])
    let result = try frame.lazy.filter(col("x") > 5)
      .select(FixtureFunctions.double("x").as("r")).collect(on: engine)
    #expect(result.count == 0)
  }
}
