import Synchronization

/// What an operator counted while a query ran.
package final class OperatorMetrics: Sendable {
  private let rowsInCount = Atomic<Int>(0)
  private let rowsOutCount = Atomic<Int>(0)
  private let batchCount = Atomic<Int>(0)
  private let time = Atomic<UInt64>(0)

  package init() {}

  /// Counts one batch that came in.
  package func countInput(_ rows: Int) {
    rowsInCount.add(rows, ordering: .relaxed)
    batchCount.add(1, ordering: .relaxed)
  }

  /// Counts one batch that was read.
  package func countRead(_ rows: Int) {
    batchCount.add(1, ordering: .relaxed)
    countOutput(rows)
  }

  /// Counts rows that went out.
  package func countOutput(_ rows: Int) { rowsOutCount.add(rows, ordering: .relaxed) }

  /// Adds time spent in this operator alone.
  package func add(nanoseconds: UInt64) { time.add(nanoseconds, ordering: .relaxed) }

  package var rowsIn: Int { rowsInCount.load(ordering: .relaxed) }
  package var rowsOut: Int { rowsOutCount.load(ordering: .relaxed) }
  package var batches: Int { batchCount.load(ordering: .relaxed) }
  package var nanoseconds: UInt64 { time.load(ordering: .relaxed) }

  /// The figures as `explain(analyze: true)` prints them.
  package var text: String {
    let micros = nanoseconds / 1_000
    return "rows in \(rowsIn), out \(rowsOut), batches \(batches), "
      + "time \(micros) us on all threads"
  }

  /// The figures of a source that is read.
  package var readText: String {
    "rows out \(rowsOut), batches \(batches), time \(nanoseconds / 1_000) us on all threads"
  }

  /// The figures of a result that is computed in full, by the clock.
  package var resultText: String {
    "rows out \(rowsOut), done in \(nanoseconds / 1_000) us with its inputs"
  }
}
