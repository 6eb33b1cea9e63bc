import CColumnarSystem
import ColumnarCore
import Glibc

/// A worker at work: takes batches from its lanes, calls the function, puts results into shared
/// memory.
package final class WorkerServer {
  private let memory: SharedMemory
  private let progress: RowProgress
  private let codec = SlotCodec()
  private let function: UserFunction
  private let context: EvaluationContext
  /// Tells the program's listeners; nil if there are none.
  private let events: WorkerEvents?
  private var slots: [WorkerSlot] = []
  private var statesAreMade = false

  /// Whether this process serves: what runs in it is isolated already, so it starts no workers.
  nonisolated(unsafe) package private(set) static var isServing = false

  /// Serves the function that the program asks for, until it ends or the program does.
  static func serve(_ find: (WorkerAssignment) throws -> UserFunction) -> Never {
    // Written once, before any other thread is started that could read it.
    isServing = true
    columnar_worker_unmark()
    columnar_line_buffer_stdout()
    guard case .serve(let assignment)? = try? WorkerMessage.receive(from: WorkerMark.lane) else {
      _exit(1)
    }
    do {
      let function = try find(assignment)
      try assignment.check(function)
      let server = try WorkerServer(
        assignment.rows.applied(to: function), assignment.rows.detail)
      _ = WorkerMessage.ready.send(to: WorkerMark.lane)
      server.run()
    } catch {
      let refusal = ColumnarError.wrapping(error, as: .invalidPlan)
      _ = WorkerMessage.refused(refusal).send(to: WorkerMark.lane)
      _exit(78)
    }
  }

  private init(_ function: UserFunction, _ detail: RunDetail?) throws {
    let memory = try SharedMemory(Int32(COLUMNAR_WORKER_MEMORY))
    self.memory = memory
    progress = RowProgress(memory)
    self.function = function
    events = detail.map { WorkerEvents($0) }
    context = EvaluationContext(
      cancellation: Cancellation(outer: nil, probe: { memory.isCancelled }), states: StateStore(),
      progress: progress, observer: events.flatMap(WorkerEvents.observer))
  }

  private func run() -> Never {
    var lanes = (0..<WorkerMark.laneCount).map {
      pollfd(fd: WorkerMark.lane + Int32($0), events: Int16(POLLIN), revents: 0)
    }
    while true {
      _ = poll(&lanes, nfds_t(lanes.count), -1)
      for lane in lanes where lane.revents != 0 {
        switch try? WorkerMessage.receive(from: lane.fd) {
        case .call(let slot, let byteCount, let watchesRows):
          progress.isWatching = watchesRows
          serve(slot, byteCount, on: lane.fd)
        case .end:
          context.states.finish()
          fflush(nil)
          _exit(0)
        default: _exit(1)
        }
      }
    }
  }

  private func serve(_ slot: Int, _ byteCount: Int, on lane: Int32) {
    memory.began = 0
    progress.leave()
    memory.running = slot
    let kept = Flag()
    events?.begin(lane)
    let reply: WorkerMessage
    do {
      let run = context.run(of: function)
      let before = (run.failedCount, run.retryCount)
      let scope = FailedRows.Scope()
      let count = try FailedRows.noting(in: scope) { try call(slot, byteCount, kept, lane) }
      let report = RowReport(
        failed: run.failedCount - before.0, retried: run.retryCount - before.1, scope,
        failures: events?.end() ?? [])
      reply = .result(slot: slot, byteCount: count, retained: kept.isSet, report)
    } catch {
      _ = events?.end()
      let error = ColumnarError.wrapping(error, as: .udf)
      reply = .failed(slot: slot, retained: kept.isSet, error)
    }
    _ = reply.send(to: lane)
    memory.running = nil
  }

  /// Whether somebody still holds the arguments.
  private final class Flag: Sendable {
    private let value = Monitor(true)
    var isSet: Bool { value.withLock { $0 } }
    func clear() { value.withLock { $0 = false } }
  }

  /// The bytes of the result.
  ///
  /// Not inlined, so that nothing of it holds the arguments when it returns.
  @inline(never)
  private func call(_ slot: Int, _ byteCount: Int, _ kept: Flag, _ lane: Int32) throws -> Int {
    guard slot >= 0, slot < SharedMemory.slotLimit else { throw WireReader.broken }
    while slots.count <= slot { slots.append(WorkerSlot(slots.count)) }
    let arguments = try slots[slot].map(.arguments, count: byteCount, memory)
    // What the function keeps of its arguments keeps the mapping; the program then leaves the slot be.
    let owner = BufferOwner.foreign { withExtendedLifetime(arguments) { kept.clear() } }
    let buffer = Buffer(
      owner: owner, start: UnsafeRawPointer(arguments.start), count: byteCount)
    let (columns, count) = try codec.columns(in: buffer)
    guard columns.count == function.dataParameters.count else { throw WireReader.broken }
    try makeStates(on: lane)
    memory.began = MonotonicClock.nanoseconds()
    let result = try ItemPlace.from(.items) {
      try context.call(function, columns, count: count)
    }
    progress.leave()
    let plan = try codec.plan([result], count: count)
    plan.write(to: try slots[slot].map(.result, count: plan.byteCount, memory).start)
    return plan.byteCount
  }

  /// Makes the states before the first call, and tells how long that took.
  private func makeStates(on lane: Int32) throws {
    guard !statesAreMade else { return }
    let began = MonotonicClock.nanoseconds()
    try context.states.withStates(function.states, for: function, context.cancellation) { _ in }
    statesAreMade = true
    let nanoseconds = Int(MonotonicClock.nanoseconds() - began)
    _ = WorkerMessage.statesMade(nanoseconds: nanoseconds).send(to: lane)
  }
}
