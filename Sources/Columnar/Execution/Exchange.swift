import ColumnarCore

/// What an exchange is for.
package struct ExchangeSpec: Sendable {
  /// How batches are cut anew; nil takes them as they come.
  package let cut: BatchCutter.Spec?
  /// The most consumers.
  package var slots: Int
  /// Chooses the rows of jobs, where nothing cuts them, and the number of consumers.
  package var tuning: Tuning?

  /// How an exchange is tuned.
  package struct Tuning: Sendable {
    package let tuner: CallTuner
    package let key: TuningMemory.Key
  }

  package init(cut: BatchCutter.Spec?, slots: Int, tuning: Tuning? = nil) {
    self.cut = cut
    self.slots = slots
    self.tuning = tuning
  }

  /// Rows that keep all consumers and threads at work, and little more: two jobs for each consumer, a
  /// batch for each thread.
  func fewRows(_ configuration: EngineConfiguration) -> Int {
    let rows = cut?.rows ?? configuration.batchRows
    let (jobs, isLarge) = (2 * slots).multipliedReportingOverflow(by: rows)
    return isLarge ? .max : max(jobs, configuration.threads * configuration.batchRows)
  }

  /// Jobs of exactly so many rows; nil takes batches as they come.
  package init(batchSize: Int?, slots: Int) {
    self.init(
      cut: batchSize.map { BatchCutter.Spec(rows: $0, bytes: nil, columns: []) }, slots: slots)
  }
}

/// A bounded queue between threads that keeps order: batches of numbered morsels go in, in any
/// order; jobs, numbered in the order of the rows, come out.
///
/// With a batch size it cuts anew: every job has just so many rows but the last. A full queue stops
/// new morsels from being started, never one that is running, so the holder of the lowest number
/// always gets through.
package final class Exchange: Sendable {
  /// A unit of work of a consumer.
  package struct Job: Sendable {
    /// Its number in the order of the rows.
    package let number: Int
    /// The partition of the data that its rows belong to.
    ///
    /// A job that was cut to a size may hold rows of several, which are one from there on.
    package let partition: Int
    /// How many rows came before it.
    package let firstRow: Int
    let piece: BatchCutter.Piece
    var rows: Int { piece.rows }
    /// The state of the tuner when it was taken.
    var epoch = 0
    /// Whether the batches that came go through one by one, not joined.
    var keepsBatches = false

    /// The rows as one batch.
    package var batch: Batch {
      Batch.concatenating(piece.parts, schema: piece.parts[0].schema)
    }
  }

  /// A batch that came in, with what cutting it needs to know.
  struct Incoming {
    let batch: Batch
    let partition: Int
    let measure: BatchCutter.Measure?
  }

  struct State {
    /// Batches of morsels that are not yet next in order.
    var early: [Int: [Incoming]] = [:]
    var earlyRows = 0
    var ended: Set<Int> = []
    /// The morsel whose batches go straight to the cutter.
    var nextSequence = 0
    var cutter: BatchCutter?
    /// Jobs in order; those before `firstJob` were taken, and are let go of at once.
    var jobs: [Job?] = []
    var firstJob = 0
    var jobCount = 0
    /// The rows of all jobs so far.
    var rowCount = 0
    var queuedRows = 0
    var inFlight = 0
    var idle = 0
    var live = 0
    /// Consumers that were told to end, because the tuner wants fewer.
    var leaving = 0
    var isClosed = false
    /// The lowest morsel that failed: what comes behind it is dropped.
    var firstFailed = Int.max
    var startConsumer: (@Sendable () -> Void)?
    /// Called once, when there is no consumer and no thread for one.
    var abandon: (@Sendable () -> Void)?
    var isAbandoned = false
    /// What chooses the rows of jobs and the consumers.
    var tuner: CallTuner?
    /// Batches that no job has taken yet, where jobs are cut as they are taken.
    var open = OpenRows()
    /// Set once the last jobs are taken of batch calls.
    var last: LastJobs?

    var waitingJobs: Int { jobs.count - firstJob + openJobs }
  }

  private let spec: ExchangeSpec
  private let sizing: BatchCutter?
  private let threadPool: ThreadPool
  private let state = Monitor(State())
  /// Rows that may wait before new morsels are held back.
  private let bound: Int

  /// An exchange whose consumers run on threads of `threadPool`.
  ///
  /// - Parameter bound: the rows that may wait before new morsels are held back; nil: half a million.
  package init(_ spec: ExchangeSpec, threadPool: ThreadPool = .shared, bound: Int? = nil) {
    self.bound = bound ?? 4 * ExecutionSize.morselRows
    self.spec = spec
    self.threadPool = threadPool
    sizing = spec.cut.map(BatchCutter.init)
    state.withLock { ($0.cutter, $0.tuner) = (sizing, spec.tuning?.tuner) }
  }

  /// Says what a new consumer does; it must call `take` until that gives nil, then `consumerEnded`.
  ///
  /// If there is no thread for even one consumer, `abandon` is called, once, and the jobs are
  /// dropped.
  package func onStart(
    _ start: @escaping @Sendable () -> Void, orFailure abandon: @escaping @Sendable () -> Void
  ) {
    state.withLock { ($0.startConsumer, $0.abandon) = (start, abandon) }
  }

  /// Starts no more consumers: what they were to do is let go, and with it what the stage holds.
  package func endStarting() {
    let last = state.withLock { state in
      defer { (state.startConsumer, state.abandon) = (nil, nil) }
      return (state.startConsumer, state.abandon)
    }
    // Not let go under the lock.
    withExtendedLifetime(last) {}
  }

  // MARK: Producers

  /// Adds a batch of morsel `sequence`.
  package func push(_ batch: Batch, sequence: Int, partition: Int = 0) {
    guard batch.count > 0 else { return }
    let incoming = Incoming(
      batch: batch, partition: partition, measure: sizing?.measure(batch))
    change { state in
      if sequence > state.firstFailed { return }
      if sequence == state.nextSequence {
        cut(incoming, &state)
      } else {
        state.early[sequence, default: []].append(incoming)
        state.earlyRows += batch.count
      }
    }
  }

  /// All batches of morsel `sequence` were pushed.
  package func endSequence(_ sequence: Int) {
    change { state in
      state.ended.insert(sequence)
      while state.ended.remove(state.nextSequence) != nil {
        state.nextSequence += 1
        for incoming in state.early.removeValue(forKey: state.nextSequence) ?? [] {
          state.earlyRows -= incoming.batch.count
          cut(incoming, &state)
        }
      }
    }
  }

  /// Morsel `sequence` failed: only rows before that go on, so that what consumers see, and the
  /// errors they meet, do not depend on how far other threads got.
  package func fail(_ sequence: Int) {
    change { state in
      state.firstFailed = min(state.firstFailed, sequence)
      state.early = state.early.filter { $0.key <= sequence }
      state.earlyRows = state.early.values.reduce(0) { $1.reduce($0) { $0 + $1.batch.count } }
    }
  }

  /// Nothing more will be pushed.
  package func close() {
    change { state in
      for sequence in state.early.keys.sorted() {
        for incoming in state.early[sequence] ?? [] { cut(incoming, &state) }
      }
      (state.early, state.earlyRows) = ([:], 0)
      var cutter = state.cutter.take()
      cutter?.flush { emit($0, 0, &state) }
      state.isClosed = true
    }
  }

  /// Waits while the queue is full, unless `stopped` says that the stage is failing.
  ///
  /// Batches whose turn has not come count too: the morsel they wait for is running, and never
  /// waits here.
  package func waitUntilOpen(polling poll: () -> Void, unless stopped: () -> Bool) {
    state.wait(polling: poll) { state in
      let isStuck = state.live == 0 && state.earlyRows == 0
      return state.queuedRows + state.earlyRows < bound || stopped() || isStuck ? () : nil
    }
  }

  /// Waits until all consumers have ended.
  package func waitUntilDrained(polling poll: () -> Void) {
    state.wait(polling: poll) { $0.live == 0 && $0.waitingJobs == 0 ? () : nil }
  }

  // MARK: Consumers

  /// The next job in order; nil when there will be none for this consumer.
  package func take() -> Job? {
    // Who takes a job is no longer idle under the same lock: producers start further consumers by
    // that count.
    state.withLock { $0.idle += 1 }
    let job: Job?? = state.wait { state -> Job?? in
      guard state.waitingJobs > 0 || state.isClosed else { return nil }
      state.idle -= 1
      if state.mustLeave() { return .some(nil) }
      return .some(state.cutsJobs ? state.cutFirst() : state.popFirst())
    }
    return job ?? nil
  }

  /// A job was done.
  package func finished(_ job: Job, after time: WorkTime? = nil) {
    state.update { state in
      if let time { state.tuner?.record(rows: job.rows, time, epoch: job.epoch) }
      state.queuedRows -= job.rows
      state.inFlight -= 1
    }
  }

  /// A consumer ends.
  package func consumerEnded() {
    state.update { state in
      state.live -= 1
      state.leaving = max(0, state.leaving - 1)
    }
  }

  /// Whether calls are measured, for the tuner.
  package var isTuned: Bool { spec.tuning != nil }

  /// Starts further consumers where the tuner wants more than there are.
  package func startConsumers() { change { _ in } }

  /// What calls came to, for the next run.
  package var learned: (learned: CallTuner.Learned, key: TuningMemory.Key)? {
    guard let key = spec.tuning?.key, let learned = state.withLock({ $0.tuner?.learned }) else {
      return nil
    }
    return (learned, key)
  }

  // MARK: Inside

  /// Changes the state, and starts consumers where jobs wait that no idle one will take.
  private func change(_ body: (inout State) -> Void) {
    let (start, count) = state.update { state -> ((@Sendable () -> Void)?, Int) in
      body(&state)
      let wanted = min(
        state.waitingJobs - state.idle, (state.tuner?.slots ?? spec.slots) - state.live)
      guard wanted > 0, let start = state.startConsumer else { return (nil, 0) }
      state.live += wanted
      return (start, wanted)
    }
    guard let start else { return }
    var missing = 0
    for _ in 0..<count where !threadPool.start(start) { missing += 1 }
    if missing > 0 { goOn(without: missing) }
  }

  /// Goes on with fewer consumers than are wanted, or gives up if there is none.
  private func goOn(without missing: Int) {
    let abandon = state.update { state -> (@Sendable () -> Void)? in
      state.live -= missing
      guard state.live == 0, state.waitingJobs > 0 else { return nil }
      state.isAbandoned = true
      (state.jobs, state.firstJob, state.queuedRows) = ([], 0, 0)
      state.open = OpenRows()
      return state.abandon.take()
    }
    abandon?()
  }

  private func cut(_ incoming: Incoming, _ state: inout State) {
    guard let measure = incoming.measure, var cutter = state.cutter.take() else {
      return emit(BatchCutter.Piece(incoming.batch), incoming.partition, &state)
    }
    // A job of a stated number of rows may hold rows of several partitions.
    let partition = spec.cut?.rows == nil ? incoming.partition : 0
    cutter.cut(incoming.batch, measure) { emit($0, partition, &state) }
    state.cutter = cutter
  }

  private func emit(_ piece: BatchCutter.Piece, _ partition: Int, _ state: inout State) {
    if state.isAbandoned { return }
    if state.cutsJobs { return state.add(piece, partition) }
    state.jobs.append(
      Job(
        number: state.jobCount, partition: partition, firstRow: state.rowCount, piece: piece))
    state.jobCount += 1
    state.rowCount += piece.rows
    state.queuedRows += piece.rows
  }
}

extension Exchange.State {
  /// The next job, if one waits.
  ///
  /// What is left moves to the front only when it is the smaller part, so that a job is moved once
  /// on average however long the queue is.
  fileprivate mutating func popFirst() -> Exchange.Job? {
    guard firstJob < jobs.count else { return nil }
    let job = jobs[firstJob].take()
    firstJob += 1
    inFlight += 1
    if firstJob > jobs.count / 2 {
      jobs.removeFirst(firstJob)
      firstJob = 0
    }
    return job
  }
}
