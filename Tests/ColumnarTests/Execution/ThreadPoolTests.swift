import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

@Suite struct ThreadPoolTests {
  /// Every worker waits for all others: if one were not started because a busy thread was taken for
  /// idle, this would never end.
  @Test func allWorkersRunAtOnce() {
    for round in 0..<3_000 {
      let width = 2 + round % 3
      let arrived = Monitor(0)
      ThreadPool.shared.run(width: width) { _ in
        arrived.update { $0 += 1 }
        arrived.wait { $0 == width ? () : nil }
      }
    }
  }

  /// The closure that kernels lend is let go of before the lender returns; the runtime checks that
  /// and traps.
  @Test func lentClosuresDoNotEscape() {
    let query = QueryContext(EngineConfiguration(threads: 4), cancellation: Cancellation())
    for _ in 0..<3_000 {
      let counts = Monitor([Int](repeating: 0, count: 4))
      query.lending.run(4) { task in counts.withLock { $0[task] += 1 } }
      #expect(counts.withLock { $0 } == [1, 1, 1, 1])
    }
  }

  @Test func parallelReportsTheLowestFailure() {
    let query = QueryContext(EngineConfiguration(threads: 4), cancellation: Cancellation())
    for _ in 0..<200 {
      let error = #expect(throws: ColumnarError.self) {
        try query.parallel(20) { task in
          if task % 7 == 3 { throw ColumnarError(.udf, "\(task)") }
        }
      }
      #expect(error?.message == "3")
    }
  }
}
