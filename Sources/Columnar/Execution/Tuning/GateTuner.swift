/// Chooses, while an async function runs, how many of its calls are in flight.
///
/// Twice as many as long as that makes no call longer; half as many where it does. A value without
/// a clock.
package struct GateTuner: Sendable {
  /// The most calls in flight that are tried: a service may not like more.
  package static let most = 512

  /// The calls that may be in flight.
  package private(set) var limit: Int
  /// What a call took before there were more of them.
  private var baseline: Double?
  /// Calls that began before the last change, and are not counted.
  private var old = 0
  private var calls = 0
  private var time = 0.0
  private var isSettled = false

  package init(limit: Int) { self.limit = limit }

  /// The tuner as a further run starts with it.
  package var restarted: GateTuner {
    var copy = self
    (copy.old, copy.calls, copy.time) = (0, 0, 0)
    return copy
  }

  /// A call has ended, after so many nanoseconds; returns how many more may be in flight (fewer, if
  /// it is negative).
  package mutating func record(_ nanoseconds: Double) -> Int {
    if isSettled { return 0 }
    if old > 0 {
      old -= 1
      return 0
    }
    calls += 1
    time += nanoseconds
    guard calls >= limit / 2 else { return 0 }
    let mean = time / Double(calls)
    (calls, time) = (0, 0)
    let before = baseline ?? mean
    baseline = min(before, mean)
    if mean > 1.7 * before {
      isSettled = true
      return change(to: limit / 2)
    }
    if mean > 1.3 * before || limit >= Self.most {
      isSettled = true
      return 0
    }
    old = limit
    return change(to: min(Self.most, 2 * limit))
  }

  private mutating func change(to count: Int) -> Int {
    defer { limit = count }
    return count - limit
  }
}
