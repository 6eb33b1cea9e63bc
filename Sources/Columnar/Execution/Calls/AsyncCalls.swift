import ColumnarCore

/// The calls of an async function for the rows of one batch: each a task, as many in flight, over
/// all batches, as the function's `maxConcurrency` says.
@usableFromInline
package final class AsyncCalls<Value: Sendable>: Sendable {
  private struct State {
    var results: [Result<Value, any Error>?]
    var tasks: [Int: Task<Void, Never>] = [:]
    /// Rows behind the first that fails the query are cancelled, those before it end.
    var firstFailed = Int.max
    var isCancelled = false
  }

  private let run: FunctionRun
  private let wanted: WorkInHand.Wanted
  private let items: ItemPlace?
  private let state: Monitor<State>

  init(_ run: FunctionRun, count: Int, _ wanted: WorkInHand.Wanted, _ items: ItemPlace?) {
    self.run = run
    self.wanted = wanted
    self.items = items
    state = Monitor(State(results: [Result<Value, any Error>?](repeating: nil, count: count)))
  }

  /// Starts the calls of the rows that `called` holds, or of all, as there is room for them in
  /// flight; fewer, if the time that `limit` gives the batch is over.
  ///
  /// That time begins with the first call: until then the batch waits for earlier ones. Gives when
  /// it began, and when it ends.
  func start(
    _ called: Bitmap?, of count: Int, limit: UInt64?,
    _ makeCall: (Int) throws -> @Sendable () async throws -> Value
  ) throws -> (began: UInt64, deadline: UInt64) {
    let gate = run.gate
    var time = (began: MonotonicClock.nanoseconds(), deadline: UInt64.max)
    var rest = called?.setCount ?? count
    var room = 0
    let turn = gate.enter(wanted)
    defer {
      gate.leave(turn)
      gate.release(room)
    }
    for row in 0..<count where called?.isSet(row) ?? true {
      if room == 0 {
        room = try gate.acquire(turn, most: rest, wanted, until: time.deadline)
        if room == 0 { break }
        rest -= room
        // The next batch need not wait until these are started.
        if rest == 0 { gate.leave(turn) }
        if let limit, time.deadline == .max {
          time.began = MonotonicClock.nanoseconds()
          time.deadline = time.began &+ limit
        }
      }
      guard start(row, try makeCall(row)) else { break }
      room -= 1
    }
    return time
  }

  /// Starts the call of `row`, unless its result is not wanted any more.
  private func start(_ row: Int, _ body: @escaping @Sendable () async throws -> Value) -> Bool {
    state.withLock { state in
      guard row < state.firstFailed, !state.isCancelled else { return false }
      state.tasks[row] = Task(executorPreference: AsyncExecutor.shared) { [self] in
        await call(row, body)
      }
      return true
    }
  }

  /// Waits until all calls have ended; those that are still running at the deadline, or when the
  /// query is cancelled, are cancelled first.
  func results(deadline: UInt64) -> [Result<Value, any Error>?] {
    let look = { [self] in
      if wanted.isGone || MonotonicClock.nanoseconds() > deadline { cancel() }
    }
    return state.wait(polling: look) { $0.tasks.isEmpty ? $0.results : nil }
  }

  /// Cancels all calls.
  func cancel() {
    let tasks = state.withLock { state in
      state.isCancelled = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
  }

  // MARK: One call

  private func call(_ row: Int, _ body: @escaping @Sendable () async throws -> Value) async {
    let began = MonotonicClock.nanoseconds()
    let result = await attempts(body)
    if run.timesRows {
      let ended = MonotonicClock.nanoseconds()
      run.meter?.finishedItem(
        items?.path(of: row), from: began, to: ended, mayOverlap: true)
    }
    let late = state.update { state -> [Task<Void, Never>] in
      state.results[row] = result
      state.tasks[row] = nil
      guard case .failure = result, run.options.onError.value == .fail else { return [] }
      state.firstFailed = min(state.firstFailed, row)
      return state.tasks.filter { $0.key > row }.map(\.value)
    }
    run.gate.callEnded(since: began)
    for task in late { task.cancel() }
  }

  private func attempts(
    _ body: @escaping @Sendable () async throws -> Value
  ) async -> Result<Value, any Error> {
    var failures = 0
    while true {
      do { return .success(try await timed(body)) } catch {
        failures += 1
        guard !Task.isCancelled, let retry = run.options.effectiveRetry,
          retry.allows(failures, after: error)
        else { return .failure(error) }
        run.countRetry(after: error)
        let pause = retry.pause(after: failures)
        guard (try? await Task.sleep(nanoseconds: pause)) != nil else { return .failure(error) }
      }
    }
  }

  /// One call, cancelled when its time is over.
  private func timed(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    guard let limit = run.options.timeout.value?.row else { return try await body() }
    return try await withThrowingTaskGroup(of: Value?.self) { [run] group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let value = first else {
        throw run.lateError("a row", limit.nanoseconds, limit)
      }
      return value
    }
  }
}

/// How the batches of async functions are cut and run.
package enum AsyncExchange {
  /// Jobs that wait for their rows' calls at once, so that the next rows' calls fill what the last
  /// ones of a job leave free.
  package static let jobs = 4

  /// The rows of a job.
  package static func rows(inFlight: Int) -> Int { min(8_192, max(16, inFlight)) }
}

extension UDFCall {
  /// Calls an async closure for every row whose arguments are there; the results stand in the order
  /// of the rows.
  @usableFromInline
  package func asyncRows<Value: Sendable>(
    _ makeCall: (Int) throws -> @Sendable () async throws -> Value
  ) throws -> Column {
    try column(asyncResults(makeCall))
  }

  /// What the calls of an async closure came to, for each row; nil where none was made.
  func asyncResults<Value: Sendable>(
    _ makeCall: (Int) throws -> @Sendable () async throws -> Value
  ) throws -> [Result<Value, any Error>?] {
    let limit = run.options.timeout.value?.batch
    let wanted = WorkInHand.wanted(cancellation)
    let calls = AsyncCalls<Value>(run, count: count, wanted, items)
    let time: (began: UInt64, deadline: UInt64)
    do {
      time = try calls.start(validity, of: count, limit: limit?.nanoseconds, makeCall)
    } catch {
      calls.cancel()
      _ = calls.results(deadline: 0)
      throw error
    }
    let results = calls.results(deadline: time.deadline)
    try wanted.check()
    let taken = MonotonicClock.nanoseconds() - time.began
    if let limit, taken > limit.nanoseconds {
      throw run.lateError("a batch of \(count) rows", taken, limit)
    }
    return results
  }

  private func column<Value: Sendable>(_ results: [Result<Value, any Error>?]) throws -> Column {
    var writer = ValueWriter<Value>(count: count)
    for (row, result) in results.enumerated() {
      switch result {
      case .success(let value): writer.set(row, value)
      case .failure(let error):
        try giveUp(row, after: error)
        writer.setNull(row)
      case nil: writer.setNull(row)
      }
    }
    try writer.check()
    return writer.finish(validity: resultValidity)
  }

  /// Makes a row null whose call failed for good; throws where the failure is the query's.
  func giveUp(_ row: Int, after error: any Error) throws {
    guard let recovery else { throw failure(error, row: row) }
    try recovery.giveUp(row, after: error, of: self)
  }
}
