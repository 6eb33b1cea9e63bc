import ColumnarCore

/// Hands batches to a writer one by one in the order of the rows, whichever thread made them, in bounded memory.
package final class WriteSink: Sink {
  private struct State {
    /// Batches of morsels whose turn has not come.
    var early: [Int: [Batch]] = [:]
    var ended: Set<Int> = []
    var next = 0
    var waitingRows = 0
    var isWriting = false
    var failure: ColumnarError?
    /// Batches whose turn has come, for the thread that is writing.
    var ready: [Batch] = []
  }

  private let write: @Sendable (Batch) throws -> Void
  private let state = Monitor(State())
  /// Rows that may wait before new morsels are held back.
  private static let bound = 4 * ExecutionSize.morselRows

  /// - Parameter write: called by one thread at a time.
  package init(_ write: @escaping @Sendable (Batch) throws -> Void) { self.write = write }

  package func makeLocal() {}

  package func combine(_ local: consuming Void) {}

  package func consume(_ batch: Batch, _ position: BatchPosition, _ local: inout Void) throws -> Flow {
    try state.update { state in
      if let failure = state.failure { throw failure }
      state.waitingRows += batch.count
      if position.sequence == state.next {
        state.ready.append(batch)
      } else {
        state.early[position.sequence, default: []].append(batch)
      }
    }
    try drain()
    return .more
  }

  package func endMorsel(_ position: BatchPosition, _ local: inout Void) {
    state.update { state in
      state.ended.insert(position.sequence)
      while state.ended.remove(state.next) != nil {
        state.next += 1
        state.ready += state.early.removeValue(forKey: state.next) ?? []
      }
    }
    // An error is kept, and thrown at the next batch or at the end.
    try? drain()
  }

  package func waitUntilReady(unless stopped: () -> Bool) {
    state.wait { state in
      state.waitingRows < Self.bound || state.failure != nil || stopped() ? () : nil
    }
  }

  /// Writes what is ready, unless another thread is at it: then that one goes on.
  private func drain() throws {
    while true {
      let batch: Batch? = try state.withLock { state in
        if let failure = state.failure { throw failure }
        guard !state.isWriting, !state.ready.isEmpty else { return nil }
        state.isWriting = true
        return state.ready.removeFirst()
      }
      guard let batch else { return }
      let result = Result { try write(batch) }
      try state.update { state in
        state.isWriting = false
        state.waitingRows -= batch.count
        if case .failure(let error) = result {
          let failure = ColumnarError.wrapping(error, as: .io)
          state.failure = failure
          throw failure
        }
      }
    }
  }

  /// Writes the rest. Called once, when all threads are done.
  package func finish() throws { try drain() }
}
