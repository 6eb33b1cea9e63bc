import ColumnarCore

/// What it costs to hand rows to a worker process.
package enum HandOver {
  /// The nanoseconds that waking a worker and being woken by it take, once per batch: an estimate, as
  /// the copy is what is measured.
  package static let wakeUps = 50_000.0

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
