import ColumnarCore

extension WorkerProcess {
  /// What a call came to.
  enum Outcome {
    case result(Column, RowReport)
    /// The function failed, or the worker could not call it.
    case failed(ColumnarError)
    /// The worker died before it was at this batch: nothing was called, so another may do it.
    case notCalled
    /// The worker died while it made its states: nothing was called.
    case diedMakingStates(String)
    /// The worker died of, or at least during, this batch, perhaps at a row that is known.
    case crashed(ColumnarError, row: Int?)
  }

  /// One batch that is sent to a worker.
  struct Call {
    let function: UserFunction
    let columns: [Column]
    let count: Int
    /// The nanoseconds that the call itself may take.
    let limit: UInt64?
    /// The nanoseconds that a row may take.
    let rowLimit: UInt64?
    /// Whether the row that is at work is to be told.
    let watchesRows: Bool
    let cancellation: Cancellation
  }

  /// Sends a batch through a lane and waits for its result.
  ///
  /// - Parameters:
  ///   - hear: told what listeners are to hear.
  ///   - statesMade: told when the worker has made its states, before its first result.
  func call(
    _ call: Call, lane: Int, hear: ([WorkerEvent]) -> Void,
    statesMade: (_ nanoseconds: Int) -> Void
  ) throws -> Outcome {
    let plan = try codec.plan(call.columns, count: call.count)
    let slot = try takeSlot()
    plan.write(to: try slot.map(.arguments, count: plan.byteCount, memory).start)
    let message = WorkerMessage.call(
      slot: slot.number, byteCount: plan.byteCount, watchesRows: call.watchesRows)
    guard message.send(to: socket(lane)) else {
      lose()
      return .notCalled
    }
    while true {
      switch receive(lane, milliseconds: pause(call, slot)) {
      case .nothing: try check(call, slot)
      case .gone: return try lost(call, slot)
      case .message(.statesMade(let nanoseconds)):
        noteStates()
        statesMade(nanoseconds)
      case .message(.events(let events)):
        hear(events)
        // As long as there is something to hear there is no pause to look at the clock in.
        try check(call, slot)
      case .message(.result(_, let byteCount, let retained, let report)):
        return .result(
          try result(in: slot, byteCount: byteCount, retained: retained, of: call), report)
      case .message(.failed(_, let retained, let error)):
        if !retained { giveBack(slot) }
        return .failed(error)
      case .message(.forgot(let text)):
        lose()
        return .failed(WorkerPool.missingCall(text, call.function.name))
      case .message(.refused(let error)):
        lose()
        return .failed(error)
      case .message:
        lose()
        kill()
        return .failed(WireReader.broken)
      }
    }
  }

  private func result(
    in slot: WorkerSlot, byteCount: Int, retained: Bool, of call: Call
  ) throws -> Column {
    let memory = try self.result(in: slot, byteCount: byteCount, retained: retained)
    let (columns, count) = try codec.columns(in: memory)
    guard columns.count == 1, count == call.count else { throw WireReader.broken }
    return columns[0]
  }

  /// How long to wait before looking at the clock and for cancellation.
  private func pause(_ call: Call, _ slot: WorkerSlot) -> Int32 {
    var pause: UInt64 = 10_000_000
    if let limit = call.limit, let spent = timeSpent(slot) {
      pause = min(pause, limit > spent ? limit - spent : 0)
    }
    if let limit = call.rowLimit {
      let spent = rowAtWork(call, slot)?.spent ?? 0
      pause = min(pause, limit > spent ? limit - spent : 0)
    }
    return pause == 0 ? 0 : Int32(pause / 1_000_000 + 1)
  }

  /// The row of a slot's batch that the worker says it is at, and for how many nanoseconds.
  private func rowAtWork(_ call: Call, _ slot: WorkerSlot) -> (number: Int, spent: UInt64)? {
    guard memory.running == slot.number, let row = memory.row, row.number < call.count else {
      return nil
    }
    let now = MonotonicClock.nanoseconds()
    return (row.number, now > row.began ? now - row.began : 0)
  }

  /// The nanoseconds since the function was called on a slot's batch; nil if it was not yet.
  private func timeSpent(_ slot: WorkerSlot) -> UInt64? {
    let began = memory.began
    guard began > 0, memory.running == slot.number else { return nil }
    let now = MonotonicClock.nanoseconds()
    return now > began ? now - began : 0
  }

  /// Gives the call up when the query was cancelled or its time is over.
  private func check(_ call: Call, _ slot: WorkerSlot) throws {
    do { try call.cancellation.check() } catch {
      memory.isCancelled = true
      lose()
      throw error
    }
    try checkRow(call, slot)
    guard let limit = call.limit, let spent = timeSpent(slot), spent >= limit else { return }
    kill()
    _ = death()
    throw ColumnarError(
      .timeout,
      "\"\(call.function.name)\" did not come back within \(limit / 1_000_000) ms for a batch of "
        + "\(call.count) rows; its worker process was killed.",
      context: [.node(call.function.name)])
  }

  /// Kills the worker if it has been at one row for too long.
  private func checkRow(_ call: Call, _ slot: WorkerSlot) throws {
    guard let limit = call.rowLimit, let row = rowAtWork(call, slot), row.spent >= limit else {
      return
    }
    kill()
    _ = death()
    throw LostRow(
      row: row.number,
      error: ColumnarError(
        .timeout,
        "\"\(call.function.name)\" did not come back within \(limit / 1_000_000) ms for a row; its "
          + "worker process was killed.", context: [.node(call.function.name)]))
  }

  private func lost(_ call: Call, _ slot: WorkerSlot) throws -> Outcome {
    let wasRunning = memory.running == slot.number
    let row = rowAtWork(call, slot)?.number
    let death = death().text
    guard wasRunning else { return .notCalled }
    if !hasStates, memory.began == 0 { return .diedMakingStates(death) }
    return .crashed(
      ColumnarError(
        .workerCrashed,
        "The worker process of \"\(call.function.name)\" died at a batch of \(call.count) rows: \(death)",
        context: [.node(call.function.name)]), row: row)
  }
}
