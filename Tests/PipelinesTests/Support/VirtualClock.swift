import Columnar
import ColumnarCore

/// The clocks of a machine on which nothing else runs, with as many cores as threads: time passes
/// on a thread only as far as the functions that run there say so.
///
/// What is measured by it is the same however busy the real machine is.
final class VirtualClock: WorkClock {
  private struct Content {
    var threads: [UInt: (wall: UInt64, computing: UInt64, waits: Int)] = [:]
    /// The times of async calls that nobody has waited for yet.
    var calls: [UInt64] = []
    /// When the thing that only one thread may use is free again.
    var isFree: UInt64 = 0
  }

  private let content = Monitor(Content())
  /// The async calls that what they call takes at once.
  private let served: Int

  init(served: Int = .max) { self.served = served }

  private func pass(_ body: (inout (wall: UInt64, computing: UInt64, waits: Int)) -> Void) {
    content.withLock { body(&$0.threads[ThreadIdentity.current, default: (0, 0, 0)]) }
  }

  // MARK: What functions say

  /// The thread computes for so many nanoseconds.
  func compute(_ nanoseconds: UInt64) {
    pass { ($0.wall, $0.computing) = ($0.wall + nanoseconds, $0.computing + nanoseconds) }
  }

  /// The thread waits for so many nanoseconds.
  func wait(_ nanoseconds: UInt64) {
    pass { ($0.wall, $0.waits) = ($0.wall + nanoseconds, $0.waits + 1) }
  }

  /// The thread computes with something that only one thread may use at a time.
  func computeAlone(_ nanoseconds: UInt64) {
    content.withLock { content in
      var time = content.threads[ThreadIdentity.current, default: (0, 0, 0)]
      if content.isFree > time.wall { (time.wall, time.waits) = (content.isFree, time.waits + 1) }
      time.wall += nanoseconds
      time.computing += nanoseconds
      content.isFree = time.wall
      content.threads[ThreadIdentity.current] = time
    }
  }

  /// An async call takes so many nanoseconds, without a thread.
  func answer(_ nanoseconds: UInt64) { content.withLock { $0.calls.append(nanoseconds) } }

  // MARK: WorkClock

  var now: WorkTime.Reading {
    let time = content.withLock { $0.threads[ThreadIdentity.current] ?? (0, 0, 0) }
    return WorkTime.Reading(wall: time.wall, computing: time.computing, waits: time.waits)
  }

  func proceed(at wall: UInt64) { pass { $0.wall = wall } }

  func awaited(inFlight: Int) {
    let calls = content.withLock { content in
      defer { content.calls = [] }
      return content.calls
    }
    guard !calls.isEmpty else { return }
    // Each call takes the place that is free first.
    var places = [UInt64](repeating: 0, count: min(inFlight, served, calls.count))
    for call in calls {
      let first = places.indices.min { places[$0] < places[$1] } ?? 0
      places[first] += call
    }
    wait(places.max() ?? 0)
  }
}
