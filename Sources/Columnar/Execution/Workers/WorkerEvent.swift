import ColumnarCore

/// What listeners of the program are to hear of a call in a worker, while it runs.
enum WorkerEvent: Sendable {
  /// A row of the batch was called, at such times of the clock that all processes share.
  case item(row: Int?, began: UInt64, ended: UInt64)
  /// A call is made again, after an error of that text.
  case retried(String?)

  /// Tells the program's listeners; rows are those of the batch that this thread is at.
  func tell(_ meter: NodeMeter) {
    switch self {
    case .item(let row, let began, let ended):
      meter.finishedItem(
        row.flatMap { ItemPlace.current?.path(of: $0) }, from: began, to: ended, mayOverlap: true)
    case .retried(let text): meter.retries(after: text)
    }
  }

  func write(to writer: inout WireWriter) {
    switch self {
    case .item(let row, let began, let ended):
      writer.write(true)
      writer.write(row)
      writer.write(Int(began))
      writer.write(Int(ended))
    case .retried(let text):
      writer.write(false)
      writer.write(text) { $0.write($1) }
    }
  }

  init(_ reader: inout WireReader) throws {
    guard try reader.bool() else {
      self = .retried(try reader.optional { try $0.string() })
      return
    }
    let row = try reader.optional { try $0.int() }
    let began = UInt64(max(0, try reader.int()))
    self = .item(row: row, began: began, ended: UInt64(max(0, try reader.int())))
  }
}

/// Sends what a worker's calls tell to the program, a few hundred events at a time.
///
/// Failures of rows are kept for the report of the call: they count once it ends.
final class WorkerEvents: RunListener {
  /// So many rows failed with that error.
  typealias Failure = (count: Int, error: ColumnarError)

  let detail: RunDetail
  private let state = Monitor(State())

  fileprivate struct State {
    var lane: Int32 = -1
    var events: [WorkerEvent] = []
    var sent: UInt64 = 0
    var failures: [Failure] = []
  }

  /// Events that go together, and for how long the first of them waits for others.
  private static let most = 512
  private static let patience: UInt64 = 50_000_000
  /// Failures that are told one by one.
  private static let mostFailures = 10_000

  init(_ detail: RunDetail) { self.detail = detail }

  /// A listener of a worker's only run; times are those of the clock.
  static func observer(_ events: WorkerEvents) -> RunObserver? {
    RunObserver([events], .query, began: 0)
  }

  func receive(_ event: RunEvent) {
    switch event.kind {
    case .itemFinished(let item, let duration):
      let ended = event.time.nanoseconds
      add(.item(row: item?.item, began: ended - min(ended, duration.nanoseconds), ended: ended))
    case .retried(let text): add(.retried(text))
    case .itemsFailed(let count, let error):
      state.withLock { state in
        guard state.failures.count == Self.mostFailures else {
          return state.failures.append((count, error))
        }
        state.failures[Self.mostFailures - 1].count += count
      }
    default: break
    }
  }

  private func add(_ event: WorkerEvent) {
    let now = MonotonicClock.nanoseconds()
    state.withLock { state in
      state.events.append(event)
      if state.events.count >= Self.most || now - state.sent > Self.patience { state.send(now) }
    }
  }

  /// A call came over a lane.
  func begin(_ lane: Int32) {
    state.withLock { ($0.lane, $0.sent) = (lane, MonotonicClock.nanoseconds()) }
  }

  /// The call has ended: sends what is left, and gives the rows that failed.
  func end() -> [Failure] {
    state.withLock { state in
      state.send(0)
      defer { state.failures = [] }
      return state.failures
    }
  }
}

extension WorkerEvents.State {
  /// Sends what waits; under the lock, so that messages do not mix.
  fileprivate mutating func send(_ now: UInt64) {
    guard !events.isEmpty else { return }
    _ = WorkerMessage.events(events).send(to: lane)
    (events, sent) = ([], now)
  }
}
