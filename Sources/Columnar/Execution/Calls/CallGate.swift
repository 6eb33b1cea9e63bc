import ColumnarCore

/// Lets so many calls be in flight and no more; room goes to the earliest batch that has calls to
/// start, whichever came first.
///
/// So the batch that everything behind waits for is done first, and little stands waiting for its
/// turn.
package final class CallGate: Sendable {
  /// The place of a batch among those that have calls to start.
  package struct Turn: Sendable, Equatable {
    fileprivate let level: Int
    fileprivate let number: Int
    fileprivate let arrival: Int

    /// What is further down in the stage, and so nearer to the result, goes first; then go the rows
    /// that come first.
    fileprivate func precedes(_ other: Turn) -> Bool {
      if level != other.level { return level > other.level }
      return (number, arrival) < (other.number, other.arrival)
    }
  }

  private struct Queue {
    /// In the order of the rows.
    var turns: [Turn] = []
    var arrivals = 0
  }

  /// How many more calls may be in flight.
  ///
  /// Whoever has this lock may take that of the queue, not the other way round.
  private let free: Monitor<Int>
  private let queue = Monitor(Queue())
  /// Chooses how many may be in flight; nil: as many as was said.
  private let tuner: Monitor<GateTuner>?
  /// Calls whose room is not given on when they end.
  private let surplus = Monitor(0)

  /// A gate for so many calls; with a tuner for as many as that says.
  package init(_ count: Int, tuner: GateTuner? = nil) {
    free = Monitor(tuner?.limit ?? count)
    self.tuner = tuner.map { Monitor($0) }
  }

  /// What the tuner learned.
  package var learned: GateTuner? { tuner?.withLock { $0 } }

  /// A batch has calls to start; it must `leave` when it has no more.
  package func enter(_ work: WorkInHand.Wanted) -> Turn { enter(work.level, work.number) }

  package func enter(_ level: Int, _ number: Int) -> Turn {
    queue.withLock { queue in
      let turn = Turn(level: level, number: number, arrival: queue.arrivals)
      queue.arrivals += 1
      let place = queue.turns.firstIndex { turn.precedes($0) } ?? queue.turns.count
      queue.turns.insert(turn, at: place)
      return turn
    }
  }

  /// A batch has no more calls to start.
  package func leave(_ turn: Turn) {
    queue.update { queue in queue.turns.removeAll { $0 == turn } }
  }

  /// Waits for room for further calls and takes what there is, up to `most`; none if there is none
  /// by `deadline`, an error if the result is not wanted any more.
  package func acquire(
    _ turn: Turn, most: Int, _ wanted: WorkInHand.Wanted, until deadline: UInt64 = .max
  ) throws -> Int {
    while true {
      try wanted.check()
      if let taken = free.withLock({ take(&$0, turn, most) }), taken > 0 {
        return try kept(taken, wanted)
      }
      let now = MonotonicClock.nanoseconds()
      guard now < deadline else { return 0 }
      let pause = min(10_000_000, deadline - now)
      // Only the first waits for room, so that a call that ends wakes one thread.
      let _: Void? = queue.wait(nanoseconds: pause) { $0.turns.first == turn ? () : nil }
      if let taken = free.wait(nanoseconds: pause, { take(&$0, turn, most) }), taken > 0 {
        return try kept(taken, wanted)
      }
    }
  }

  /// Takes room; none if it is another's turn, nil if there is no room.
  private func take(_ free: inout Int, _ turn: Turn, _ most: Int) -> Int? {
    guard queue.withLock({ $0.turns.first == turn }) else { return 0 }
    guard free > 0 else { return nil }
    let taken = min(free, most)
    free -= taken
    return taken
  }

  /// Room that comes of the query's end is not to be used.
  private func kept(_ taken: Int, _ wanted: WorkInHand.Wanted) throws -> Int {
    do { try wanted.check() } catch {
      release(taken)
      throw error
    }
    return taken
  }

  /// Makes one call when there is room for it.
  package func run<R>(_ cancellation: Cancellation, _ call: () throws -> R) throws -> R {
    let wanted = WorkInHand.wanted(cancellation)
    let turn = enter(wanted)
    do {
      defer { leave(turn) }
      _ = try acquire(turn, most: 1, wanted)
    }
    defer { release() }
    return try call()
  }

  /// A call that began at a reading of the monotonic clock has ended.
  package func callEnded(since began: UInt64) {
    guard let tuner else { return release() }
    let taken = Double(MonotonicClock.nanoseconds() &- began)
    let change = tuner.withLock { $0.record(taken) }
    if change < 0 { surplus.withLock { $0 -= change } }
    let isKept = surplus.withLock { surplus in
      defer { surplus = max(0, surplus - 1) }
      return surplus > 0
    }
    release((isKept ? 0 : 1) + max(0, change))
  }

  /// So many calls have ended, or are not made.
  package func release(_ count: Int = 1) {
    if count > 0 { free.update { $0 += count } }
  }
}
