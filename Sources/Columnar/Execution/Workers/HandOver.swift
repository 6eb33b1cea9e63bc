import ColumnarCore
import Glibc

/// What it costs to hand rows to a worker process.
package enum HandOver {
  /// The nanoseconds that waking a worker and being woken by it take, once per batch, where that was
  /// not measured.
  package static let usualWakeUps = 50_000.0

  /// As `usualWakeUps`, measured between two threads of this process, once: about a millisecond.
  package static let wakeUps = measuredWakeUps() ?? usualWakeUps

  /// The median of some wake-ups there and back; nil if there are no threads or pipes for it.
  private static func measuredWakeUps() -> Double? {
    var (there, back) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
    defer { for end in there + back where end >= 0 { close(end) } }
    guard pipe(&there) == 0, pipe(&back) == 0 else { return nil }
    let (source, target) = (there[0], back[1])
    let rounds = 64
    let hasEnded = Monitor(false)
    let isStarted = ThreadPool.shared.start {
      var byte: UInt8 = 0
      for _ in 0..<rounds where read(source, &byte, 1) == 1 { _ = write(target, &byte, 1) }
      hasEnded.update { $0 = true }
    }
    guard isStarted else { return nil }
    var times: [UInt64] = []
    var byte: UInt8 = 0
    for _ in 0..<rounds {
      let began = MonotonicClock.nanoseconds()
      guard write(there[1], &byte, 1) == 1, read(back[0], &byte, 1) == 1 else { break }
      times.append(MonotonicClock.nanoseconds() - began)
    }
    close(there[1])
    there[1] = -1
    hasEnded.wait { $0 ? () : nil }
    return times.isEmpty ? nil : Double(times.sorted()[times.count / 2])
  }

  /// The nanoseconds per row that copying those columns into shared memory takes, and as much again
  /// for results; nil for columns that cannot leave the process, such as values of types that are
  /// no column's.
  package static func nanosecondsPerRow(
    _ columns: [Column], count: Int, by clock: any WorkClock = SystemWorkClock()
  ) -> Double? {
    guard count > 0, let plan = try? SlotCodec().plan(columns, count: count) else { return nil }
    let target = UnsafeMutableRawPointer.allocate(byteCount: max(64, plan.byteCount), alignment: 64)
    defer { target.deallocate() }
    // Once for the pages, once for the time.
    plan.write(to: target)
    let (_, time) = WorkTime.measuring(by: clock) { plan.write(to: target) }
    return 2 * time.wall / Double(count)
  }
}
