import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Cancelling stops a query soon, however it is run.
@Suite(.serialized) struct CancellationTests {
  private static let rows = 200_000

  /// A query that would take minutes: every row sleeps for five milliseconds.
  private func slow(_ options: UDFOptions = UDFOptions(), _ started: Monitor<Bool>) throws
    -> LazyFrame
  {
    let sleeping = UDF.row("sleeping", options: options) { (x: Int) -> Int in
      started.update { $0 = true }
      usleep(5_000)
      return x
    }
    return try DataFrame(["x": Array(0..<Self.rows)]).lazy.select(sleeping("x"))
  }

  /// Whether an error says that the query was cancelled.
  private func isCancellation(_ error: any Error) -> Bool {
    (error as? ColumnarError)?.code == .cancelled
  }

  /// A minute, where 50 ms are meant: the machine may be busy, but the queries take longer than that.
  private static let patience: UInt64 = 60_000_000_000

  private static let optionSets: [UDFOptions] = [
    UDFOptions(), UDFOptions(maxConcurrency: 3), UDFOptions(maxConcurrency: 1, contract: .ordered),
  ]

  @Test(arguments: optionSets.indices)
  func byToken(_ number: Int) throws {
    let started = Monitor(false)
    let token = Cancellation()
    let query = try Query(slow(Self.optionSets[number], started), ColumnarEngine(threads: 2))
    let began = Monitor<UInt64>(0)
    _ = ThreadPool.shared.start {
      started.wait { $0 ? () : nil }
      began.withLock { $0 = MonotonicClock.nanoseconds() }
      token.cancel()
    }
    let error = #expect(throws: ColumnarError.self) { try query.run(token) }
    #expect(error?.code == .cancelled)
    let took = MonotonicClock.nanoseconds() - began.withLock { $0 }
    #expect(took < Self.patience, "\(took / 1_000_000) ms")
  }

  @Test(arguments: optionSets.indices, [false, true])
  func byTask(_ number: Int, _ isAsync: Bool) async throws {
    let started = Monitor(false)
    let frame = try slow(Self.optionSets[number], started)
    let task = Task.detached { () -> ((any Error)?, UInt64) in
      do {
        if isAsync {
          _ = try await frame.collect(on: ColumnarEngine(threads: 2))
        } else {
          try Self.collectSync(frame)
        }
        return (nil, 0)
      } catch { return (error, MonotonicClock.nanoseconds()) }
    }
    // Cancelled by a thread of its own: those of the tasks may all be busy with other tests.
    let began = Monitor<UInt64>(0)
    _ = ThreadPool.shared.start {
      started.wait { $0 ? () : nil }
      began.withLock { $0 = MonotonicClock.nanoseconds() }
      task.cancel()
    }
    let (failure, ended) = await task.value
    let error = try #require(failure)
    #expect(isCancellation(error), "\(error)")
    // Whoever awaits a query needs a thread of the tasks to go on with.
    let took = ended - began.withLock { $0 }
    if !isAsync { #expect(took < Self.patience, "\(took / 1_000_000) ms") }
  }

  private static func collectSync(_ frame: LazyFrame) throws {
    _ = try frame.collect(on: ColumnarEngine(threads: 2))
  }

  @Test func fastRowsAreStoppedToo() throws {
    let frame = try DataFrame(["k": [Int](repeating: 1, count: 200_000)]).lazy
    // Forty billion pairs.
    let query = try Query(frame.join(frame, on: "k").select(rowCount()), ColumnarEngine(threads: 2))
    let token = Cancellation()
    _ = ThreadPool.shared.start {
      usleep(50_000)
      token.cancel()
    }
    let began = MonotonicClock.nanoseconds()
    let error = #expect(throws: ColumnarError.self) { try query.run(token) }
    #expect(error?.code == .cancelled)
    #expect(MonotonicClock.nanoseconds() - began < Self.patience)
  }

  @Test func queriesInsideFunctionsStopToo() throws {
    let started = Monitor(false)
    let inner = try slow(UDFOptions(), started)
    let nested = UDF.row("nested") { (x: Int) throws in try inner.collect().count + x }
    let token = Cancellation()
    let query = try Query(
      DataFrame(["x": [1]]).lazy.select(nested("x")), ColumnarEngine(threads: 2))
    _ = ThreadPool.shared.start {
      started.wait { $0 ? () : nil }
      token.cancel()
    }
    let began = MonotonicClock.nanoseconds()
    let error = #expect(throws: ColumnarError.self) { try query.run(token) }
    #expect(error?.code == .cancelled)
    #expect(MonotonicClock.nanoseconds() - began < Self.patience)
  }

  @Test func cancelledBeforeItStarts() throws {
    let token = Cancellation()
    token.cancel()
    let query = try Query(DataFrame(["x": [1]]).lazy.filter(col("x") > 0), ColumnarEngine())
    let error = #expect(throws: ColumnarError.self) { try query.run(token) }
    #expect(error?.code == .cancelled)
  }
}
