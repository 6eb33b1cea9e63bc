import ColumnarCore

/// Encodes batches on the threads that made them and hands them to a writer in the order of the
/// rows, in bounded memory.
package final class WriteSink<Writer: BatchWriter>: WritingSink {
  private struct Piece {
    let encoded: Writer.Encoded
    let rows: Int
  }

  private struct State {
    var order = MorselOrder<Piece>()
    var waitingRows = 0
    var writtenRows = 0
    var isWriting = false
    var failure: ColumnarError?
    /// Pieces whose turn has come, for the thread that is writing.
    var ready: [Piece] = []
  }

  private let writer: Writer
  /// Tells who listens how many rows are written; nil if nobody does.
  private let meter: NodeMeter?
  private let state = Monitor(State())
  /// Rows that may wait before new morsels are held back.
  private let bound = 4 * ExecutionSize.morselRows

  /// A sink into `writer`.
  package init(_ writer: Writer, meter: NodeMeter? = nil) {
    self.writer = writer
    self.meter = meter
  }

  package func makeLocal() {}

  package func combine(_ local: consuming Void) {}

  package func consume(_ batch: Batch, _ position: BatchPosition, _ local: inout Void) throws
    -> Flow
  {
    let piece = Piece(encoded: try writer.encode(batch), rows: batch.count)
    try state.update { state in
      if let failure = state.failure { throw failure }
      state.waitingRows += piece.rows
      if let ready = state.order.add(piece, sequence: position.sequence) {
        state.ready.append(ready)
      }
    }
    try drain()
    return .more
  }

  package func endMorsel(_ position: BatchPosition, _ local: inout Void) {
    state.update { $0.ready += $0.order.end(position.sequence) }
    // An error is kept, and thrown at the next batch or at the end.
    try? drain()
  }

  package func waitUntilReady(polling poll: () -> Void, unless stopped: () -> Bool) {
    state.wait(polling: poll) { state in
      state.waitingRows < bound || state.failure != nil || stopped() ? () : nil
    }
  }

  /// Writes what is ready, unless another thread is at it: then that one goes on.
  private func drain() throws {
    while true {
      let piece: Piece? = try state.withLock { state in
        if let failure = state.failure { throw failure }
        guard !state.isWriting, !state.ready.isEmpty else { return nil }
        state.isWriting = true
        return state.ready.removeFirst()
      }
      guard let piece else { return }
      let result = Result { try write(piece) }
      try state.update { state in
        state.isWriting = false
        state.waitingRows -= piece.rows
        state.writtenRows += piece.rows
        if case .failure(let error) = result {
          let failure = ColumnarError.wrapping(error, as: .io)
          state.failure = failure
          throw failure
        }
      }
    }
  }

  private func write(_ piece: Piece) throws {
    guard let meter else { return try writer.write(piece.encoded) }
    try meter.batch(piece.rows) { try writer.write(piece.encoded) }
  }

  /// The rows written so far.
  package var rowCount: Int { state.withLock { $0.writtenRows } }

  package func finish(_ query: QueryContext) throws { try drain() }

  package func commit() throws { try writer.finish() }
}
