import ColumnarCore

/// A bounded queue from the threads of a query to the task that reads its result: full, it holds
/// the threads back.
package final class StreamChannel: Sendable {
  /// What waits, and who.
  fileprivate struct State {
    /// Batches whose turn has come.
    var ready: [Batch] = []
    /// Batches of morsels that are not yet next in order.
    var early: [Int: [Batch]] = [:]
    var earlyCount = 0
    var ended: Set<Int> = []
    /// The morsel whose batches are ready as they come.
    var next = 0
    /// What wakes the reader that waits, if nothing is ready.
    var reader: Reader?
    var outcome: Result<Void, any Error>?
    /// Nobody reads any more.
    var isAbandoned = false
    var failedRows: Batch?
    /// Batches from this morsel on are dropped: an earlier one failed.
    var firstDropped = Int.max
  }

  /// Takes the answer to a read, once.
  fileprivate typealias Reader = @Sendable (Result<Batch?, any Error>) -> Void

  /// What is to be done outside of the lock.
  private struct Answer {
    let isWanted: Bool
    var wake: (@Sendable () -> Void)?
  }

  private let state = Monitor(State())
  private let cancellation: Cancellation
  /// What is told at the end of the run what the cache did; nil without one.
  package let cacheReport: CacheReport?
  /// Batches that may wait for the reader, and as many again of morsels that are early.
  private let capacity: Int

  /// A channel of a query that `cancellation` stops.
  package init(
    capacity: Int, _ cancellation: Cancellation, cacheReport: CacheReport? = nil
  ) {
    self.cacheReport = cacheReport
    self.capacity = max(1, capacity)
    self.cancellation = cancellation
  }

  // MARK: The query's side

  /// Hands on a batch of morsel `sequence`; waits while there is no room for it.
  ///
  /// False if nobody reads any more.
  ///
  /// The morsel that is next in order waits for the reader alone, so that it always gets through.
  package func push(_ batch: Batch, sequence: Int) throws -> Bool {
    let answer = state.wait(polling: lookForCancellation) { state -> Answer? in
      if state.isAbandoned || cancellation.isCancelled || sequence >= state.firstDropped {
        return Answer(isWanted: false)
      }
      if sequence > state.next {
        guard state.earlyCount < capacity else { return nil }
        state.early[sequence, default: []].append(batch)
        state.earlyCount += 1
        return Answer(isWanted: true)
      }
      if let reader = state.reader.take() {
        return Answer(isWanted: true) { reader(.success(batch)) }
      }
      guard state.ready.count < capacity else { return nil }
      state.ready.append(batch)
      return Answer(isWanted: true)
    }
    answer.wake?()
    try cancellation.check()
    return answer.isWanted
  }

  /// Morsel `sequence` failed: those behind it are dropped, as some of them may never be started;
  /// those before it still come.
  package func fail(_ sequence: Int) {
    state.update { $0.firstDropped = min($0.firstDropped, sequence + 1) }
  }

  /// Morsel `sequence` has no more batches.
  package func end(_ sequence: Int) {
    let wake = state.update { state -> (@Sendable () -> Void)? in
      state.ended.insert(sequence)
      while state.ended.remove(state.next) != nil {
        state.next += 1
        let batches = state.early.removeValue(forKey: state.next) ?? []
        state.earlyCount -= batches.count
        if state.next < state.firstDropped { state.ready += batches }
      }
      return state.served()
    }
    wake?()
  }

  /// The query is over: there will be no more batches, or an error in their place.
  package func finish(_ outcome: Result<Void, any Error>, failedRows: Batch? = nil) {
    let wake = state.update { state -> (@Sendable () -> Void)? in
      state.outcome = outcome
      state.failedRows = failedRows
      return state.served()
    }
    wake?()
  }

  /// Whether nobody reads any more.
  package var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

  private func lookForCancellation() { _ = cancellation.isCancelled }

  // MARK: The reader's side

  /// The next batch in order; nil at the end.
  ///
  /// An error comes behind the batches before it.
  package func read() async throws -> Batch? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let wake = state.update { state -> (@Sendable () -> Void)? in
          state.reader = { continuation.resume(with: $0) }
          return state.served()
        }
        wake?()
      }
    } onCancel: {
      abandon()
    }
  }

  /// As `read`, from a thread that blocks until the batch is there: no other thread of Swift's is
  /// needed, so that it may be one of them.
  package func readBlocking() throws -> Batch? {
    let answer = Monitor<Result<Batch?, any Error>?>(nil)
    let wake = state.update { state -> (@Sendable () -> Void)? in
      state.reader = { result in answer.update { $0 = result } }
      return state.served()
    }
    wake?()
    return try answer.wait { $0 }.get()
  }

  /// Stops the query: what it makes is not wanted any more.
  package func abandon() {
    cancellation.cancel()
    let reader = state.update { state -> Reader? in
      state.isAbandoned = true
      (state.ready, state.early, state.earlyCount) = ([], [:], 0)
      return state.reader.take()
    }
    reader?(.failure(ColumnarError(.cancelled, "The query was cancelled.")))
  }

  /// The rows that failed under `onError: .collect`, once the query is over.
  package var failedRows: Batch? { state.withLock { $0.failedRows } }
}

extension StreamChannel.State {
  /// Answers the reader that waits, if there is an answer; called outside of the lock.
  fileprivate mutating func served() -> (@Sendable () -> Void)? {
    guard let reader else { return nil }
    if isAbandoned {
      self.reader = nil
      return { reader(.failure(ColumnarError(.cancelled, "The query was cancelled."))) }
    }
    if !ready.isEmpty {
      self.reader = nil
      let batch = ready.removeFirst()
      return { reader(.success(batch)) }
    }
    guard let outcome else { return nil }
    self.reader = nil
    // After an error comes the end.
    self.outcome = .success(())
    return { reader(outcome.map { nil as Batch? }) }
  }
}
