import ColumnarCore
import Testing

@testable import ColumnarIO

/// Columns that several threads share: each read once, all given out in order.
@Suite struct SharedBatchTests {
  @Test(arguments: [0, 1, 3, 16, 17, 50]) func readOnceByManyThreads(count: Int) async throws {
    let positions = (0..<count).map { $0 * 2 + 1 }
    let shared = SharedBatch(rows: 1)
    let reads = Monitor([Int]())
    let results = try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<4 {
        group.addTask {
          try shared.columns(positions) { asked in
            reads.withLock { $0 += asked }
            return asked.map { Int.column(of: [$0]) }
          }.map { Int($0.storage.values.pointer(as: Int64.self)[0]) }
        }
      }
      return try await group.reduce(into: [[Int]]()) { $0.append($1) }
    }
    #expect(results == [[Int]](repeating: positions, count: 4))
    #expect(reads.withLock { $0.sorted() } == positions)
  }

  @Test func errorsReachEveryThread() {
    let shared = SharedBatch(rows: 1)
    for _ in 0..<2 {
      #expect(throws: ColumnarError.self) {
        try shared.columns([0, 1]) { asked in
          guard asked == [0] else { throw ColumnarError(.internal, "no") }
          return [Int.column(of: [0])]
        }
      }
    }
  }
}
