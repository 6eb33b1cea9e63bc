import ColumnarCore

/// The worker processes of one function in one query: started when calls wait, replaced when they
/// die.
///
/// The first is started when the query starts. A further one is started when calls have waited, all
/// together, as long as starting one and making its states took; never more than the function's
/// concurrency. No call waits for a certain worker: it takes whichever is free first.
package final class WorkerPool: Sendable {
  fileprivate struct Content {
    var workers: [Member] = []
    /// Workers that can take no more calls but still have some in flight, or still run.
    var lost: [Member] = []
    /// Workers that live or are being started.
    var live = 0
    var isStarting = false
    var started = 0
    /// The worker that was started last, until it serves, and whether a caller looks at it.
    var coming: WorkerProcess?
    var isAwaited = false
    /// What the last worker took until its states were made, in nanoseconds, and how long its calls
    /// take.
    var cost: UInt64 = 0
    var callTime: UInt64 = 0
    /// What calls have waited since then, all together, as of `counted`.
    var waited: UInt64 = 0
    var counted: UInt64 = 0
    var callers = 0
    var deathsAtStart = 0
    var deathsAtStates = 0
    var failure: ColumnarError?
  }

  /// A worker and which of its lanes are free.
  fileprivate struct Member {
    let worker: WorkerProcess
    var free: [Int]
    /// Until its first call has made the states, it counts as being started.
    var isNew = true
  }

  /// What a pool must have in common with a query's function to serve it.
  package struct Key: Hashable, Sendable {
    fileprivate let assignment: [UInt8]
    fileprivate let limit: Int
  }

  private let function: UserFunction
  private let executable: WorkerExecutable
  private let limit: Int
  private let assignment: WorkerAssignment
  private let content = Monitor(Content())
  /// Workers that die before they serve, one after the other, before that is an error.
  private static let deathsAtStartLimit = 5
  /// A `main` that doesn't get to serve within this time will not.
  private static let startLimit: UInt64 = 60_000_000_000

  package init(_ run: FunctionRun, limit: Int, executable: WorkerExecutable) {
    function = run.function
    self.limit = max(1, limit)
    self.executable = executable
    assignment = WorkerAssignment(run)
  }

  /// The function that the pool serves, as its workers know it.
  package var key: Key { Self.key(assignment, limit) }

  private static func key(_ assignment: WorkerAssignment, _ limit: Int) -> Key {
    var writer = WireWriter()
    assignment.write(to: &writer)
    return Key(assignment: writer.bytes, limit: limit)
  }

  /// The key of a pool for a function.
  package static func key(_ run: FunctionRun, limit: Int) -> Key {
    key(WorkerAssignment(run), max(1, limit))
  }

  /// Whether a further query may use the workers.
  package var isSound: Bool { content.withLock { $0.failure == nil } }

  /// Starts the first worker without waiting for it.
  package func startAhead() {
    content.withLock { content in
      guard content.live == 0, content.coming == nil, content.failure == nil else { return }
      // A failure is met again, and reported, by the first call.
      content.coming = try? start(&content)
    }
  }

  private func start(_ content: inout Content) throws -> WorkerProcess {
    WorkerMark.refuseIfMarked()
    content.started += 1
    return try WorkerProcess.start(
      executable, name: "\(assignment.name) #\(content.started)", assignment: assignment)
  }

  // MARK: Calls

  /// Calls the function on one batch in a worker.
  ///
  /// Throws `.workerCrashed` where the worker died of it and `.timeout` where it was killed because
  /// the call took longer than the options allow, as a `LostRow` where it told its row; what is
  /// done about that is the caller's business. A batch that no worker was at yet when its worker
  /// died goes to another.
  package func call(
    _ columns: [Column], count: Int, watchesRows: Bool = false, _ run: FunctionRun,
    _ cancellation: Cancellation
  ) throws -> Column {
    let tellsRows = run.function.kind == .row
    let timeout = run.options.timeout.value
    let call = WorkerProcess.Call(
      function: function, columns: columns, count: count,
      limit: timeout?.limit(rows: count, tellsRows: tellsRows),
      rowLimit: tellsRows ? timeout?.row?.nanoseconds : nil, watchesRows: watchesRows && tellsRows,
      cancellation: cancellation)
    while true {
      let (worker, lane) = try lease(cancellation)
      let began = MonotonicClock.nanoseconds()
      let outcome: WorkerProcess.Outcome
      do {
        outcome = try worker.call(call, lane: lane) { events in
          if let meter = run.meter { for event in events { event.tell(meter) } }
        } statesMade: { _ in
          statesMade(worker)
        }
      } catch {
        giveBack(worker, lane, took: nil)
        throw error
      }
      switch outcome {
      case .result(let column, let report):
        giveBack(worker, lane, took: MonotonicClock.nanoseconds() - began)
        try report.add(to: run)
        return column
      case .failed(let error):
        // States that could not be made: no worker of this query tries that again.
        if !worker.hasStates, error.code != .cancelled { content.withLock { $0.failure = error } }
        giveBack(worker, lane, took: nil)
        throw error
      case .crashed(let error, let row):
        giveBack(worker, lane, took: nil)
        throw row.map { LostRow(row: $0, error: error) } ?? error
      case .notCalled: giveBack(worker, lane, took: nil)
      case .diedMakingStates(let death):
        let failure = content.withLock { died(makingStates: death, &$0) }
        giveBack(worker, lane, took: nil)
        if let failure { throw failure }
      }
    }
  }

  /// Counts a worker that died while it made its states; the error when too many did in a row.
  private func died(makingStates death: String, _ content: inout Content) -> ColumnarError? {
    content.deathsAtStates += 1
    guard content.deathsAtStates >= Self.deathsLimit(death) else { return nil }
    content.failure = startError(death, content.deathsAtStates, "had made their states")
    return content.failure
  }

  /// Somebody else's kill says little about the program.
  private static func deathsLimit(_ death: String) -> Int {
    deathsAtStartLimit * (death.contains("signal 9 ") ? 10 : 1)
  }

  private enum Step {
    case use(WorkerProcess, Int)
    case await(WorkerProcess, milliseconds: Int32)
    case fail(ColumnarError)
  }

  private func lease(_ cancellation: Cancellation) throws -> (WorkerProcess, Int) {
    content.withLock { content in
      count(&content)
      content.callers += 1
    }
    while true {
      do {
        try cancellation.check()
        switch try content.wait(nanoseconds: 2_000_000, { try self.step(&$0) }) {
        case .use(let worker, let lane): return (worker, lane)
        case .fail(let error): throw error
        case .await(let coming, let milliseconds):
          try greet(coming, milliseconds: milliseconds)
        case nil: continue
        }
      } catch {
        leave()
        throw error
      }
    }
  }

  private func step(_ content: inout Content) throws -> Step? {
    if let failure = content.failure { return .fail(failure) }
    count(&content)
    if let k = content.workers.firstIndex(where: { $0.free.count == WorkerMark.laneCount }) {
      return use(k, &content)
    }
    let mayStart = content.live < limit && !content.isStarting
    if mayStart, content.live == 0 || content.waited >= content.cost {
      do {
        if content.coming == nil { content.coming = try start(&content) }
      } catch {
        content.failure = error as? ColumnarError
        throw error
      }
      content.live += 1
      content.isStarting = true
      content.waited = 0
    }
    // Behind another batch, if there will be no further worker, or the wait is short.
    let isShort = content.callTime > 0 && content.callTime < max(1_000_000, content.cost / 4)
    if content.live >= limit && !content.isStarting || isShort,
      let k = content.workers.firstIndex(where: { !$0.free.isEmpty })
    {
      return use(k, &content)
    }
    guard let coming = content.coming, !content.isAwaited else { return nil }
    content.isAwaited = true
    // Who looks at the new one must not miss that another has become free.
    return .await(coming, milliseconds: content.workers.isEmpty ? 10 : 1)
  }

  private func use(_ k: Int, _ content: inout Content) -> Step {
    let lane = content.workers[k].free.removeFirst()
    return .use(content.workers[k].worker, lane)
  }

  /// Counts what calls have waited: those that wait for a worker, and those behind another batch.
  private func count(_ content: inout Content) {
    let now = MonotonicClock.nanoseconds()
    let waiting = max(0, content.callers - content.live)
    if !content.isStarting { content.waited += UInt64(waiting) * (now - content.counted) }
    content.counted = now
  }

  private func leave() {
    content.update { content in
      count(&content)
      content.callers -= 1
    }
  }

  private func giveBack(_ worker: WorkerProcess, _ lane: Int, took: UInt64?) {
    content.update { content in
      count(&content)
      content.callers -= 1
      if let took { content.callTime = took }
      guard let k = content.workers.firstIndex(where: { $0.worker === worker }) else {
        content.returnLost(worker, lane)
        return
      }
      content.workers[k].free.append(lane)
      content.workers[k].free.sort()
      if content.workers[k].isNew {
        content.workers[k].isNew = false
        content.isStarting = false
      }
      if worker.isLost {
        content.lost.append(content.workers.remove(at: k))
        content.live -= 1
      }
    }
    bury(worker)
  }

  /// Closes a lost worker that has no calls in flight and has died.
  private func bury(_ worker: WorkerProcess) {
    guard worker.isLost else { return }
    let isDone = content.withLock { content in
      let k = content.lost.firstIndex { $0.worker === worker }
      guard let k, content.lost[k].free.count == WorkerMark.laneCount else { return false }
      guard worker.waitForEnd(milliseconds: 0) != nil else { return false }
      content.lost.remove(at: k)
      return true
    }
    if isDone { worker.close(after: 0) }
  }

  private func statesMade(_ worker: WorkerProcess) {
    content.update { content in
      content.deathsAtStates = 0
      count(&content)
      guard let k = content.workers.firstIndex(where: { $0.worker === worker }),
        content.workers[k].isNew
      else { return }
      content.workers[k].isNew = false
      content.isStarting = false
      content.cost = MonotonicClock.nanoseconds() - worker.began
    }
  }

  // MARK: Starting

  /// Looks for some time whether a new worker serves by now, and adds it if so.
  private func greet(_ coming: WorkerProcess, milliseconds: Int32) throws {
    do {
      switch coming.receive(0, milliseconds: milliseconds) {
      case .message(.ready): arrived(coming)
      case .message(.refused(let error)): throw error
      case .message(.forgot(let text)): throw Self.missingCall(text, function.name)
      case .message: throw WireReader.broken
      case .gone: try died(atStart: coming)
      case .nothing:
        if MonotonicClock.nanoseconds() - coming.began > Self.startLimit {
          throw Self.missingCall(
            "It did not get there within \(Self.startLimit / 1_000_000_000) s.", function.name)
        }
        content.update { $0.isAwaited = false }
      }
    } catch let error as ColumnarError {
      // In one step with the end of this start, so that nobody begins another.
      content.update { content in
        count(&content)
        content.giveUpComing()
        content.failure = error
      }
      coming.kill()
      coming.close(after: 0)
      throw error
    }
  }

  private func arrived(_ worker: WorkerProcess) {
    content.update { content in
      count(&content)
      content.deathsAtStart = 0
      content.coming = nil
      content.isAwaited = false
      content.workers.append(Member(worker: worker, free: Array(0..<WorkerMark.laneCount)))
    }
  }

  /// A worker that was killed before it served is replaced, so and so often; that it ended by itself
  /// is an error.
  private func died(atStart worker: WorkerProcess) throws {
    let death = worker.death()
    guard !death.hasExited else {
      throw Self.missingCall("It ended with \(death.text)", function.name)
    }
    try content.update { content in
      content.deathsAtStart += 1
      guard content.deathsAtStart < Self.deathsLimit(death.text) else {
        throw startError(death.text, content.deathsAtStart, "served")
      }
      count(&content)
      content.giveUpComing()
    }
    worker.close(after: 0)
  }

  private func startError(_ death: String, _ times: Int, _ what: String) -> ColumnarError {
    ColumnarError(
      .workerCrashed,
      "Worker processes of \"\(function.name)\" died \(times) times in a row before "
        + "they \(what): \(death)", context: [.node(function.name)])
  }

  /// The error of a program whose `main` lacks the call.
  static func missingCall(_ what: String, _ function: String) -> ColumnarError {
    ColumnarError(
      .invalidPlan,
      "\"\(function)\" has isolation .process, but the program that was started as its worker process "
        + "did not call Worker.serveIfAsked. Add `Worker.serveIfAsked(pipeline)` (for functions outside "
        + "of pipelines `Worker.serveIfAsked(functions: …)`) at the top of main, before anything is run. "
        + what, context: [.node(function)])
  }

  // MARK: Ending

  /// Ends all workers: their states are finished, their memory is given back.
  ///
  /// A worker that takes longer than half a minute to finish its states is killed; after cancellation
  /// one that doesn't come back from a call is killed after a second.
  package func shutDown(isCancelled: Bool) {
    let (serving, others) = content.withLock { content in
      defer {
        content.workers = []
        content.lost = []
        content.coming = nil
        content.failure = ColumnarError(.cancelled, "The query has ended.")
      }
      return (
        (content.workers + content.lost).map(\.worker), content.coming.map { [$0] } ?? []
      )
    }
    for worker in others { worker.kill() }
    for worker in serving {
      if isCancelled { worker.memory.isCancelled = true }
      worker.askToEnd()
    }
    let deadline =
      MonotonicClock.nanoseconds() + (isCancelled ? 1_000_000_000 : Self.finishLimit)
    for worker in others + serving {
      let now = MonotonicClock.nanoseconds()
      worker.close(after: now < deadline ? Int((deadline - now) / 1_000_000) : 0)
    }
  }

  private static let finishLimit: UInt64 = 30_000_000_000
}

extension WorkerPool.Content {
  /// The worker that was started last will not serve.
  fileprivate mutating func giveUpComing() {
    coming = nil
    isAwaited = false
    live -= 1
    isStarting = false
  }

  /// A lane of a lost worker is free again.
  fileprivate mutating func returnLost(_ worker: WorkerProcess, _ lane: Int) {
    guard let k = lost.firstIndex(where: { $0.worker === worker }) else { return }
    lost[k].free.append(lane)
  }
}
