/// What some work took: the time that passed, the time that its thread computed, and how often it
/// waited.
///
/// A thread that was only pushed aside by others has not waited: it gave up no core of its own
/// accord.
package struct WorkTime: Sendable {
  /// Nanoseconds that passed.
  package var wall = 0.0
  /// Nanoseconds that the thread computed.
  package var computing = 0.0
  /// How often the thread waited for something.
  package var waits = 0

  package init(wall: Double = 0, computing: Double = 0, waits: Int = 0) {
    (self.wall, self.computing, self.waits) = (wall, computing, waits)
  }

  /// The part of the time that was spent waiting, from 0 to 1.
  package var waitingShare: Double {
    waits > 0 && wall > 0 ? min(1, max(0, 1 - computing / wall)) : 0
  }

  /// The time without what the thread stood aside for others.
  package var cost: Double { waitingShare > 0.3 ? wall : min(wall, computing) }

  /// The same work without what the thread stood aside for others: all of that, if it never waited.
  package var own: WorkTime {
    waits > 0 ? self : WorkTime(wall: min(wall, computing), computing: computing)
  }

  package static func += (total: inout WorkTime, other: WorkTime) {
    total.wall += other.wall
    total.computing += other.computing
    total.waits += other.waits
  }

  /// What is left of the work without a part of it.
  package static func - (total: WorkTime, part: WorkTime) -> WorkTime {
    WorkTime(
      wall: max(0, total.wall - part.wall), computing: max(0, total.computing - part.computing),
      waits: max(0, total.waits - part.waits))
  }

  /// Runs `body` on this thread and measures it; costs about a microsecond.
  package static func measuring<R>(
    by clock: any WorkClock = SystemWorkClock(), _ body: () throws -> R
  ) rethrows -> (result: R, time: WorkTime) {
    let began = clock.now
    let result = try body()
    return (result, clock.now.since(began))
  }

  /// The clocks of a thread at one moment.
  package struct Reading: Sendable {
    /// Nanoseconds since some moment that is the same for all threads.
    package let wall: UInt64
    /// Nanoseconds that the thread has computed.
    package let computing: UInt64
    /// How often the thread has waited.
    package let waits: Int

    package init(wall: UInt64, computing: UInt64, waits: Int) {
      (self.wall, self.computing, self.waits) = (wall, computing, waits)
    }

    /// This thread's, by the system's clocks.
    package static var now: Reading { SystemWorkClock().now }

    /// What the thread did since an earlier reading.
    package func since(_ began: Reading) -> WorkTime {
      WorkTime(
        wall: Double(wall &- began.wall), computing: Double(computing &- began.computing),
        waits: waits - began.waits)
    }
  }
}
