import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

@Suite struct ThreadPoolTests {
  /// Every worker waits for all others: if one were not started because a busy thread was taken for
  /// idle, this would never end.
  @Test func allWorkersRunAtOnce() {
    for round in 0..<3_000 {
      let width = 2 + round % 3
      let arrived = Monitor(0)
      ThreadPool.shared.run(width: width) { _ in
        arrived.update { $0 += 1 }
        arrived.wait { $0 == width ? () : nil }
      }
    }
  }

  /// The closure that kernels lend is let go of before the lender returns; the runtime checks that
  /// and traps.
  @Test func lentClosuresDoNotEscape() {
    let query = QueryContext(EngineConfiguration(threads: 4), cancellation: Cancellation())
    for _ in 0..<3_000 {
      let counts = Monitor([Int](repeating: 0, count: 4))
      query.lending.run(4) { task in counts.withLock { $0[task] += 1 } }
      #expect(counts.withLock { $0 } == [1, 1, 1, 1])
    }
  }

  @Test func parallelReportsTheLowestFailure() {
    let query = QueryContext(EngineConfiguration(threads: 4), cancellation: Cancellation())
    for _ in 0..<200 {
      let error = #expect(throws: ColumnarError.self) {
        try query.parallel(20) { task in
          if task % 7 == 3 { throw ColumnarError(.udf, "\(task)") }
        }
      }
      #expect(error?.message == "3")
    }
  }

  // MARK: A system that gives no threads

  /// A pool whose system gives only so many threads.
  private func pool(_ most: Int) -> ThreadPool {
    let made = Monitor(0)
    return ThreadPool { body in
      let mayMake = made.withLock { made in
        made += 1
        return made <= most
      }
      return mayMake && ThreadPool.systemThread(body)
    }
  }

  private func engine(_ most: Int) -> ColumnarEngine {
    var engine = ColumnarEngine(threads: 4, batchRows: 10)
    engine._configuration.threadPool = pool(most)
    return engine
  }

  @Test func workThatNoThreadIsForIsNotRun() {
    let ran = Monitor(0)
    #expect(!pool(0).start { ran.withLock { $0 += 1 } })
    let one = pool(1)
    let gate = Monitor(false)
    #expect(one.start { gate.wait { $0 ? () : nil } })
    #expect(!one.start { ran.withLock { $0 += 1 } })
    #expect(ran.withLock { $0 } == 0)
    gate.update { $0 = true }
  }

  @Test(arguments: 0...4)
  func allWorkersRunOnFewerThreads(_ threads: Int) {
    let pool = pool(threads)
    for _ in 0..<50 {
      let counts = Monitor([Int](repeating: 0, count: 4))
      pool.run(width: 4) { worker in counts.withLock { $0[worker] += 1 } }
      #expect(counts.withLock { $0 } == [1, 1, 1, 1])
    }
  }

  /// Everything that runs on compute threads alone needs no further ones.
  @Test(arguments: 0...2)
  func queriesRunOnFewerThreads(_ threads: Int) throws {
    let frame = try DataFrame(["k": (0..<1_000).map { $0 % 7 }, "x": Array(0..<1_000)])
    let query = frame.lazy.filter(col("x") > 10)
      .join(frame.lazy.groupBy("k").aggregate(col("x").sum().as("sum")), on: "k")
      .sort(by: "x", descending: true)
    let result = try query.collect(on: engine(threads))
    let expected = try query.collect()
    for name in ["x", "k", "sum"] {
      #expect(try Array(result[name, as: Int.self]) == Array(expected[name, as: Int.self]))
    }
  }

  /// Consumers are made as long as there are threads, and one is enough.
  @Test(arguments: 1...5)
  func callsAreMadeByFewerConsumers(_ threads: Int) throws {
    let options = UDFOptions(batchSize: 3, maxConcurrency: 4)
    let first = UDF.row("first", options: options) { (x: Int) in x + 1 }
    let second = UDF.row("second", options: UDFOptions(maxConcurrency: 2)) { (x: Int) in x * 2 }
    let frame = try DataFrame(["x": Array(0..<1_000)])
    var engine = engine(threads)
    // One compute thread, so that the pool's are the consumers'.
    engine._configuration.threads = 1
    let one = try frame.lazy.select(first("x").as("y")).collect(on: engine)
    #expect(try Array(one["y", as: Int.self]) == Array(1...1_000))
    guard threads > 1 else { return }
    do {
      let two = try frame.lazy.with(first("x").as("y")).select(second("y").as("z"))
        .collect(on: engine)
      #expect(try Array(two["z", as: Int.self]) == (1...1_000).map { $0 * 2 })
    } catch let error as ColumnarError {
      // All threads may be the first function's.
      #expect(error.code == .resourcesExhausted && error.message.contains("Call second("))
    }
  }

  /// Async calls then run on threads of Swift's own.
  @Test(.timeLimit(.minutes(1)), arguments: 0...2)
  func asyncCallsRunOnFewerThreads(_ threads: Int) async {
    let executor = AsyncExecutor(threadPool: pool(threads))
    let sum = await withTaskGroup(of: Int.self) { group in
      for k in 1...200 {
        group.addTask(executorPreference: executor) {
          await Task.yield()
          return k
        }
      }
      return await group.reduce(0, +)
    }
    #expect(sum == 20_100)
  }

  @Test func noThreadForACall() async throws {
    let f = UDF.row("clean", options: UDFOptions(maxConcurrency: 2)) { (x: Int) in x }
    let query = try DataFrame(["x": Array(0..<200_000)]).lazy.select(f("x").as("y"))
    for _ in 0..<20 {
      let error = #expect(throws: ColumnarError.self) {
        _ = try Query(query, engine(0)).run(Cancellation())
      }
      #expect(error?.code == .resourcesExhausted)
      let message = error?.message ?? ""
      #expect(message.hasPrefix("The system gave no thread for Call clean(x). Raise"), "\(message)")
    }
    let error = await #expect(throws: ColumnarError.self) { try await query.collect(on: engine(0)) }
    #expect(error?.code == .resourcesExhausted)
  }
}
