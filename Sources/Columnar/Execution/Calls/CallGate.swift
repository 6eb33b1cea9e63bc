import ColumnarCore

/// Lets so many calls be in flight and no more.
package final class CallGate: Sendable {
  private let free: Monitor<Int>

  init(_ count: Int) { free = Monitor(count) }

  /// Waits for room for one more call; false if there is none by `deadline`, an error if the
  /// result is not wanted any more.
  func acquire(_ wanted: WorkInHand.Wanted, until deadline: UInt64 = .max) throws -> Bool {
    while true {
      try wanted.check()
      let now = MonotonicClock.nanoseconds()
      guard now < deadline else { return false }
      let pause = min(10_000_000, deadline - now)
      let entered: Void? = free.wait(nanoseconds: pause) { free in
        guard free > 0 else { return nil }
        free -= 1
        return ()
      }
      guard entered != nil else { continue }
      // Room that comes of the query's end is not to be used.
      if wanted.isGone { release() } else { return true }
    }
  }

  /// A call has ended.
  func release() { free.update { $0 += 1 } }
}
