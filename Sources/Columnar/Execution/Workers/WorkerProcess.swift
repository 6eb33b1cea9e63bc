import CColumnarSystem
import ColumnarCore
import Glibc

/// One worker process as the program holds it.
///
/// A worker has two lanes: each carries one call at a time, so that the next batch is already there
/// when one is done. The thread that makes the call waits on its lane, and meanwhile forwards what
/// the worker prints.
package final class WorkerProcess: Sendable {
  /// Such as `embed/encode #2`.
  let name: String
  let memory: SharedMemory
  let codec = SlotCodec()
  /// When it was started.
  let began = MonotonicClock.nanoseconds()
  let handle: columnar_worker
  private let state = Monitor(State())
  private let log: Monitor<WorkerLog>

  private struct State {
    var free: [WorkerSlot] = []
    var slotCount = 0
    /// Results that are read where the worker wrote them.
    var lent = 0
    var isLost = false
    var hasStates = false
    var status: Int32?
    var isClosed = false
  }

  /// Results beyond so many are copied, so that who keeps them doesn't keep slots.
  private static let lentLimit = 2

  private init(_ name: String, _ handle: columnar_worker) throws {
    self.name = name
    self.handle = handle
    log = Monitor(WorkerLog(name: name, descriptor: handle.log))
    memory = try SharedMemory(handle.memory)
  }

  /// Starts a worker and tells it what to serve; doesn't wait until it does.
  static func start(
    _ executable: WorkerExecutable, name: String, assignment: WorkerAssignment
  ) throws -> WorkerProcess {
    var handle = columnar_worker()
    let words = executable.arguments.map { [executable.path ?? ""] + $0 } ?? CommandLine.arguments
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let failure = columnar_worker_spawn(
      executable.path, &arguments, name, SharedMemory.fileSize, &handle)
    guard failure == 0 else {
      throw ColumnarError(
        .io,
        "The worker process \"\(executable.path ?? words.first ?? "")\" could not be started: "
          + "\(String(cString: strerror(failure))).")
    }
    do {
      let worker = try WorkerProcess(name, handle)
      // One that has died already is found out by who waits for it.
      _ = WorkerMessage.serve(assignment).send(to: worker.socket(0))
      return worker
    } catch {
      var status: Int32 = 0
      columnar_worker_kill(&handle)
      _ = columnar_worker_wait(&handle, 5_000, &status)
      columnar_worker_close(&handle)
      throw error
    }
  }

  // MARK: Messages

  func socket(_ lane: Int) -> Int32 { lane == 0 ? handle.lanes.0 : handle.lanes.1 }

  /// What waiting for a message came to.
  enum Reply {
    case message(WorkerMessage)
    /// The worker's end of the lane is closed.
    case gone
    /// Nothing came for some milliseconds.
    case nothing
  }

  /// Waits for a message for at most `milliseconds`, forwarding what the worker prints.
  func receive(_ lane: Int, milliseconds: Int32) -> Reply {
    let logged = log.withLock { $0.isOpen } ? handle.log : -1
    var waiting = [
      pollfd(fd: socket(lane), events: Int16(POLLIN), revents: 0),
      pollfd(fd: logged, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waiting, 2, milliseconds) > 0 else { return .nothing }
    if waiting[1].revents != 0 { drainLog() }
    guard waiting[0].revents != 0 else { return .nothing }
    // A message that makes no sense is a worker that has lost its mind.
    guard let message = try? WorkerMessage.receive(from: socket(lane)) else { return .gone }
    return .message(message)
  }

  private func drainLog() { log.withLock { $0.drain() } }

  // MARK: Slots

  /// A slot for one call's arguments and result.
  func takeSlot() throws -> WorkerSlot {
    try state.withLock { state in
      if let slot = state.free.popLast() { return slot }
      guard state.slotCount < SharedMemory.slotLimit else {
        throw ColumnarError(
          .resourcesExhausted,
          "The function keeps the columns of all batches it was given, \(state.slotCount) by now, which "
            + "a worker process cannot hold. Copy the values it needs.")
      }
      defer { state.slotCount += 1 }
      return WorkerSlot(state.slotCount)
    }
  }

  func giveBack(_ slot: WorkerSlot) { state.withLock { $0.free.append(slot) } }

  /// The result in a slot: in place if few others are, else copied.
  func result(in slot: WorkerSlot, byteCount: Int, retained: Bool) throws -> Buffer {
    let mapping = try slot.map(.result, count: byteCount, memory)
    let isLent = state.withLock { state in
      guard state.lent < Self.lentLimit else { return false }
      state.lent += 1
      return true
    }
    guard isLent else {
      defer { if !retained { giveBack(slot) } }
      return Buffer(copying: UnsafeRawBufferPointer(start: mapping.start, count: byteCount))
    }
    let owner = BufferOwner.foreign { [self] in
      state.withLock { state in
        state.lent -= 1
        if !retained { state.free.append(slot) }
      }
    }
    return Buffer(owner: owner, start: UnsafeRawPointer(mapping.start), count: byteCount)
  }

  // MARK: The end

  /// Whether it has made its states.
  var hasStates: Bool { state.withLock { $0.hasStates } }

  func noteStates() { state.withLock { $0.hasStates = true } }

  /// Whether it can take no further calls.
  var isLost: Bool { state.withLock { $0.isLost } }

  /// It takes no further calls: one of its calls was given up, or it died.
  func lose() { state.withLock { $0.isLost = true } }

  /// Kills it.
  func kill() {
    withStatus { status in
      if status == nil { withUnsafePointer(to: handle) { columnar_worker_kill($0) } }
    }
  }

  /// What the worker's process id stands for is only certain until its status was taken, so both are
  /// under one lock.
  private func withStatus<R>(_ body: (inout Int32?) -> R) -> R {
    state.withLock { body(&$0.status) }
  }

  /// Its wait status once it has ended; nil if it still runs after so many milliseconds.
  func waitForEnd(milliseconds: Int) -> Int32? {
    let deadline = MonotonicClock.nanoseconds() + UInt64(milliseconds) * 1_000_000
    var step: Int32 = 0
    while true {
      drainLog()
      let ended: Int32? = withStatus { known in
        if let known { return known }
        var status: Int32 = 0
        if withUnsafePointer(to: handle, { columnar_worker_wait($0, step, &status) }) == 1 {
          known = status
        }
        return known
      }
      if let ended {
        drainLog()
        log.withLock { $0.flush() }
        return ended
      }
      if MonotonicClock.nanoseconds() >= deadline { return nil }
      step = 2
    }
  }

  /// What a worker that is gone, or is to be, died of, as text, with the last lines it wrote.
  func death() -> (text: String, hasExited: Bool) {
    lose()
    var status = waitForEnd(milliseconds: 1_000)
    if status == nil {
      kill()
      status = waitForEnd(milliseconds: 5_000)
    }
    var text = "no status"
    var hasExited = false
    if let status {
      var room = [CChar](repeating: 0, count: 100)
      columnar_worker_status_text(status, &room, room.count)
      text = room.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      hasExited = columnar_worker_exited(status) != 0
    }
    let last = log.withLock { $0.lastLines }
    return (
      text + (last.isEmpty ? "." : ". The last it wrote:\n  " + last.joined(separator: "\n  ")),
      hasExited
    )
  }

  /// Asks it to finish its states and end.
  func askToEnd() { _ = WorkerMessage.end.send(to: socket(0)) }

  /// Waits until it has ended, kills it when that takes longer, and closes everything.
  func close(after milliseconds: Int) {
    lose()
    var status = waitForEnd(milliseconds: milliseconds)
    if status == nil {
      kill()
      status = waitForEnd(milliseconds: 5_000)
    }
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    if isFirst { withUnsafePointer(to: handle) { columnar_worker_close($0) } }
  }
}

/// Room for one call's arguments and result.
///
/// `@unchecked Sendable`: one call, and then the holder of its result, has it at a time.
final class WorkerSlot: @unchecked Sendable {
  let number: Int
  private var arguments: Mapping?
  private var result: Mapping?

  init(_ number: Int) { self.number = number }

  /// A side of the slot, mapped for at least `count` bytes.
  func map(_ side: SharedMemory.Side, count: Int, _ memory: SharedMemory) throws -> Mapping {
    let known = side == .arguments ? arguments : result
    if let known, known.capacity >= count { return known }
    let mapping = try memory.map(slot: number, side, count: count)
    if side == .arguments { arguments = mapping } else { result = mapping }
    return mapping
  }
}
