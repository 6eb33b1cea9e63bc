import ColumnarCore
import Glibc
import Synchronization

/// A flag that stops a query: set by the user, by a cancelled task, or by the engine itself after
/// an error.
@usableFromInline
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  /// That of the query whose function or closure started this one, which ends with it.
  private let outer: Cancellation?

  /// Looks whether somebody else has cancelled the query: the program that a worker works for.
  private let probe: (@Sendable () -> Bool)?

  package init(
    outer: Cancellation? = NestedQuery.outer?.cancellation, probe: (@Sendable () -> Bool)? = nil
  ) {
    self.outer = outer
    self.probe = probe
  }

  /// Asks the query to stop.
  package func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether it was asked to stop.
  ///
  /// The thread of a Swift task also looks at the task, and tells the others.
  package var isCancelled: Bool {
    if flag.load(ordering: .relaxed) { return true }
    if Task.isCancelled || outer?.isCancelled ?? false || probe?() ?? false { cancel() }
    return flag.load(ordering: .relaxed)
  }

  /// An error if it was asked to stop.
  @usableFromInline
  package func check() throws {
    if isCancelled { throw ColumnarError(.cancelled, "The query was cancelled.") }
  }
}

/// Nanoseconds since an arbitrary instant.
@usableFromInline
package enum MonotonicClock {
  @usableFromInline
  package static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
