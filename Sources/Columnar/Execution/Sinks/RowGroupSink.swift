import ColumnarCore
import ColumnarIO

/// Collects batches in the order of the rows until they make row groups, whose columns are encoded
/// one by one on whichever threads come by, and written in order.
///
/// Memory is bounded: threads that would start new morsels while much is waiting encode instead, or
/// wait.
package final class RowGroupSink: WritingSink {
  private struct State {
    var order = MorselOrder<Batch>()
    /// Rows that came and were not routed yet.
    var waitingRows = 0
    /// Batches whose turn has come.
    var ready: [Batch] = []
    var isRouting = false
    /// Row groups that are not written yet, in order.
    var queue: [RowGroupWork] = []
    var queuedBytes = 0
    var isWriting = false
    var writtenRows = 0
    var failure: ColumnarError?

    mutating func enqueue(_ works: [RowGroupWork]) {
      queue += works
      queuedBytes += works.reduce(0) { $0 + $1.group.byteCount }
    }
  }

  /// Something that a thread can do.
  private enum Task {
    case route([Batch])
    case encode(RowGroupWork, column: Int)
    case write(RowGroupWork)
  }

  private let writer: any RowGroupDestination
  /// Tells listeners of the row groups that are written, as those of the node `write`.
  private let meter: NodeMeter?
  private let state = Monitor(State())
  /// Rows that may wait for those before them until new morsels are held back.
  private let rowBound = 4 * ExecutionSize.morselRows
  private let queueBound: Int
  private let byteBound: Int

  /// A sink into `writer`, for the threads and listeners of a query.
  package init(_ writer: any RowGroupDestination, _ query: QueryContext, rowGroupBytes: Int) {
    self.writer = writer
    meter = query.evaluation.observer?.meter(of: "write")
    queueBound = max(2, query.threads)
    byteBound = 2 * rowGroupBytes
  }

  package func makeLocal() {}

  package func combine(_ local: consuming Void) {}

  package func consume(_ batch: Batch, _ position: BatchPosition, _ local: inout Void) throws
    -> Flow
  {
    try state.update { state in
      if let failure = state.failure { throw failure }
      state.waitingRows += batch.count
      if let ready = state.order.add(batch, sequence: position.sequence) {
        state.ready.append(ready)
      }
    }
    try help()
    return .more
  }

  package func endMorsel(_ position: BatchPosition, _ local: inout Void) {
    state.update { $0.ready += $0.order.end(position.sequence) }
    // An error is kept, and thrown at the next batch or at the end.
    try? help()
  }

  package func waitUntilReady(polling poll: () -> Void, unless stopped: () -> Bool) {
    while true {
      try? help()
      let goesOn = state.wait(polling: poll) { state -> Bool? in
        if state.failure != nil || stopped() || isOpen(state) { return true }
        return hasTask(state) ? false : nil
      }
      if goesOn { return }
    }
  }

  private func isOpen(_ state: State) -> Bool {
    state.waitingRows < rowBound && state.queue.count < queueBound
      && state.queuedBytes < byteBound
  }

  // MARK: Tasks

  private func hasTask(_ state: State) -> Bool {
    (!state.isWriting && state.queue.first?.isEncoded == true)
      || (!state.isRouting && !state.ready.isEmpty)
      || state.queue.contains { $0.hasColumns }
  }

  /// The next thing to do: what was encoded is written first, so that its memory is free.
  private func takeTask(_ state: inout State) throws -> Task? {
    if let failure = state.failure { throw failure }
    if !state.isWriting, let first = state.queue.first, first.isEncoded {
      state.isWriting = true
      state.queue.removeFirst()
      return .write(first)
    }
    if !state.isRouting, !state.ready.isEmpty {
      state.isRouting = true
      defer { state.ready = [] }
      return .route(state.ready)
    }
    for work in state.queue {
      if let column = work.takeColumn() { return .encode(work, column: column) }
    }
    return nil
  }

  /// Does what there is to do.
  private func help() throws {
    while let task = try state.withLock({ try takeTask(&$0) }) {
      do { try perform(task) } catch {
        let failure = ColumnarError.wrapping(error, as: .io)
        state.update { state in
          if state.failure == nil { state.failure = failure }
        }
        throw failure
      }
    }
  }

  private func perform(_ task: Task) throws {
    switch task {
    case .route(let batches):
      let works = try batches.flatMap { try writer.route($0) }
      state.update { state in
        state.isRouting = false
        state.waitingRows -= batches.reduce(0) { $0 + $1.count }
        state.enqueue(works)
      }
    case .encode(let work, let column):
      let chunks = try writer.encoder.encode(column: column, work.parts(of: column))
      state.update { _ in work.finish(column, chunks) }
    case .write(let work):
      try write(work)
      state.update { state in
        state.isWriting = false
        state.queuedBytes -= work.group.byteCount
        state.writtenRows += work.group.rowCount
      }
    }
  }

  private func write(_ work: RowGroupWork) throws {
    guard let meter else { return try writer.write(work) }
    try meter.batch(work.group.rowCount) { try writer.write(work) }
  }

  // MARK: End

  package var rowCount: Int { state.withLock { $0.writtenRows } }

  package func finish(_ query: QueryContext) throws {
    try help()
    // All batches were routed: what is left makes the last row groups.
    while true {
      let works = try writer.rest()
      state.update { $0.enqueue(works) }
      if works.isEmpty { break }
      let columns = works.reduce(0) { $0 + max(1, $1.group.batches.first?.columns.count ?? 0) }
      try query.parallel(min(columns, max(1, query.threads))) { [self] _ in try drain(query) }
    }
    try drain(query)
  }

  /// Helps until nothing is left that any thread is at.
  private func drain(_ query: QueryContext) throws {
    while true {
      try query.cancellation.check()
      try help()
      let isDone = try state.wait(polling: query.lookForCancellation) { state -> Bool? in
        if let failure = state.failure { throw failure }
        if hasTask(state) || query.cancellation.isCancelled { return false }
        return state.queue.isEmpty && !state.isWriting ? true : nil
      }
      if isDone { return }
    }
  }

  package func commit() throws { try writer.finish() }
}
