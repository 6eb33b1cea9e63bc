import CColumnarSystem
import Glibc

/// The clocks that work is measured by: the system's, or in tests those of a machine that is only
/// thought.
///
/// On a busy machine the system's tell of that machine too, so that nothing which follows from them
/// can be expected exactly.
package protocol WorkClock: Sendable {
  /// The clocks of the calling thread.
  var now: WorkTime.Reading { get }
  /// The calling thread goes on with what another one left at that time.
  func proceed(at wall: UInt64)
  /// The calls of an async function that were made meanwhile, on other threads, are over; so many
  /// were in flight.
  func awaited(inFlight: Int)
}

/// The system's clocks, which need not be told anything.
package struct SystemWorkClock: WorkClock {
  package init() {}

  package var now: WorkTime.Reading {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    let computing = UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    return WorkTime.Reading(
      wall: MonotonicClock.nanoseconds(), computing: computing,
      waits: Int(columnar_thread_waits()))
  }

  package func proceed(at wall: UInt64) {}
  package func awaited(inFlight: Int) {}
}
