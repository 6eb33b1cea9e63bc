/// Runs of rows to be copied one after the other: what lists gather their elements by.
///
/// Unlike `RowIndices` it counts in 64 bits: the elements of one partition's lists may be more than
/// 2^31, which its rows are not.
package struct RowRuns: ~Copyable {
  /// Rows that lie side by side; `start` is -1 for rows that are absent and give nulls.
  struct Run: BitwiseCopyable {
    let start: Int
    var count: Int

    var isAbsent: Bool { start < 0 }
    var rows: Range<Int> { start..<(start &+ count) }
  }

  private var memory: MutableBuffer
  /// The rows of all runs.
  package private(set) var count = 0
  /// Whether any row is absent.
  package private(set) var hasAbsent = false

  /// No runs, and room for `capacity` of them.
  package init(capacity: Int = 16) {
    memory = MutableBuffer(capacity: capacity * MemoryLayout<Run>.stride)
  }

  /// Appends rows; those that follow the last ones make its run longer.
  @inline(__always)
  package mutating func append(_ rows: Range<Int>) {
    append(Run(start: rows.lowerBound, count: rows.count))
  }

  /// Appends rows that are absent.
  package mutating func append(absent count: Int) {
    hasAbsent = hasAbsent || count > 0
    append(Run(start: -1, count: count))
  }

  @inline(__always)
  private mutating func append(_ run: Run) {
    guard run.count > 0 else { return }
    count &+= run.count
    let used = memory.count / MemoryLayout<Run>.stride
    if used > 0 {
      let last = memory.pointer(as: Run.self) + (used &- 1)
      let follows =
        run.isAbsent
        ? last.pointee.isAbsent
        : !last.pointee.isAbsent && last.pointee.start &+ last.pointee.count == run.start
      if follows {
        last.pointee.count &+= run.count
        return
      }
    }
    memory.append(run)
  }

  /// Calls `body` with every run, in order.
  @inline(__always)
  func forEachRun(_ body: (Run) -> Void) {
    let runs = memory.pointer(as: Run.self)
    for k in 0..<(memory.count / MemoryLayout<Run>.stride) { body(runs[k]) }
  }
}
