import ColumnarCore

extension WorkerProcess {
  /// What a call came to.
  enum Outcome {
    case result(Column, RowReport)
    /// The function failed, or the worker could not call it.
    case failed(ColumnarError)
    /// The worker died before it was at this batch: nothing was called, so another may do it.
    case notCalled
    /// The worker died of, or at least during, this batch.
    case crashed(ColumnarError)
  }

  /// One batch that is sent to a worker.
  struct Call {
    let function: UserFunction
    let columns: [Column]
    let count: Int
    /// The nanoseconds that the call itself may take.
    let limit: UInt64?
    let cancellation: Cancellation
  }

  /// Sends a batch through a lane and waits for its result.
  ///
  /// - Parameter statesMade: told when the worker has made its states, before its first result.
  func call(_ call: Call, lane: Int, statesMade: (_ nanoseconds: Int) -> Void) throws -> Outcome {
    let slot = try takeSlot()
    let plan = try codec.plan(call.columns, count: call.count)
    plan.write(to: try slot.map(.arguments, count: plan.byteCount, memory).start)
    guard WorkerMessage.call(slot: slot.number, byteCount: plan.byteCount).send(to: socket(lane))
    else {
      lose()
      return .notCalled
    }
    while true {
      switch receive(lane, milliseconds: pause(call, slot)) {
      case .nothing: try check(call, slot)
      case .gone: return try lost(call, slot)
      case .message(.statesMade(let nanoseconds)): statesMade(nanoseconds)
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
    guard let limit = call.limit, let spent = timeSpent(slot) else { return 10 }
    return spent >= limit ? 0 : Int32(min(10, (limit - spent) / 1_000_000 + 1))
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
    guard let limit = call.limit, let spent = timeSpent(slot), spent >= limit else { return }
    kill()
    _ = death()
    throw ColumnarError(
      .timeout,
      "\"\(call.function.name)\" did not come back within \(limit / 1_000_000) ms for a batch of "
        + "\(call.count) rows; its worker process was killed.",
      context: [.node(call.function.name)])
  }

  private func lost(_ call: Call, _ slot: WorkerSlot) throws -> Outcome {
    let wasRunning = memory.running == slot.number
    let death = death().text
    guard wasRunning else { return .notCalled }
    return .crashed(
      ColumnarError(
        .workerCrashed,
        "The worker process of \"\(call.function.name)\" died at a batch of \(call.count) rows: \(death)",
        context: [.node(call.function.name)]))
  }
}
