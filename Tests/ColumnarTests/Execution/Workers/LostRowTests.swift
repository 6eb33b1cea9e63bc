import ColumnarCore
import Testing
import worker_fixture

@testable import Columnar

/// Rows that hang in a worker or kill it: the worker tells which row it is at, so nothing is
/// searched for.
@Suite struct LostRowTests {
  private func values(_ count: Int, _ ends: [Int: End]) -> Column {
    Int.column(of: (0..<count).map { ends[$0]?.rawValue ?? $0 })
  }

  private struct Answer {
    var result: [Int?]
    var attempts: [Int]
    var failed: [FailedRows.Entry]
  }

  /// Calls `poison` in a worker of its own on one batch; the rows of every call that was made for it.
  private func answer(
    _ values: Column, _ options: UDFOptions, attempts: Monitor<[Int]> = Monitor([])
  ) throws -> Answer {
    let pool = WorkerTesting.pool(FixtureFunctions.poison.function, options)
    defer { pool.shutDown() }
    let call = BatchCall(pool.run, Cancellation(), isRemote: true) { columns, count, isRepeated in
      attempts.withLock { $0.append(count) }
      return try pool.pool.call(
        columns, count: count, watchesRows: isRepeated, pool.run, Cancellation())
    }
    let scope = FailedRows.Scope()
    let result = try FailedRows.noting(in: scope) {
      try call.result([values], count: values.count)
    }
    return Answer(
      result: Array(try ColumnView<Int?>(result)), attempts: attempts.withLock { $0 },
      failed: scope.entries)
  }

  private func expected(_ count: Int, without rows: [Int]) -> [Int?] {
    (0..<count).map { rows.contains($0) ? nil : $0 * 10 }
  }

  @Test func aRowThatHangsCostsItsTimeOnce() throws {
    let options = UDFOptions(onError: .collect, timeout: .perRow(.seconds(1)))
    let answer = try answer(values(5_000, [77: .hangs, 4_000: .hangs]), options)
    #expect(answer.result == expected(5_000, without: [77, 4_000]))
    // Neither row by row, nor halved.
    #expect(answer.attempts == [5_000, 77, 4_922, 3_922, 999])
    #expect(answer.failed.map(\.row) == [77, 4_000])
    #expect(answer.failed.allSatisfy { $0.error.contains("within 1000 ms for a row") })
  }

  @Test func theErrorNamesTheRowThatHangs() throws {
    let options = UDFOptions(timeout: .perRow(.seconds(1)))
    let attempts = Monitor<[Int]>([])
    let error = try #require(
      WorkerTesting.error { try answer(values(1_000, [77: .hangs]), options, attempts: attempts) })
    #expect(error.code == .timeout && error.row == 77, "\(error)")
  }

  @Test func aRowThatHangsIsCalledAgainAloneIfAsked() throws {
    let retry = Retry(attempts: 3, backoff: .zero)
    let options = UDFOptions(
      onError: .null, retry: retry, timeout: .perRow(.seconds(1)))
    let answer = try answer(values(100, [0: .hangs]), options)
    #expect(answer.result == expected(100, without: [0]))
    #expect(answer.attempts == [100, 1, 1, 99])
  }

  /// Under `.once` nothing is called again, whatever is known of the row.
  @Test(arguments: [End.hangs, .killed])
  func underOnceTheBatchFollowsOnError(_ end: End) throws {
    let options = UDFOptions(
      onError: .null, timeout: .perRow(.seconds(1)), contract: .once)
    let pool = WorkerTesting.pool(FixtureFunctions.poisonOnce.function, options)
    defer { pool.shutDown() }
    let attempts = Monitor(0)
    let result = try BatchCall(pool.run, Cancellation(), isRemote: true) {
      columns, count, isRepeated in
      attempts.withLock { $0 += 1 }
      return try pool.pool.call(
        columns, count: count, watchesRows: isRepeated, pool.run, Cancellation())
    }.result([values(100, [50: end])], count: 100)
    #expect(result.nullCount == 100 && attempts.withLock { $0 } == 1)
  }

  /// A batch that a worker died of is called again as a whole; then its row is known, and is called
  /// alone once, to be sure.
  @Test(arguments: [End.segmentationFault, .fatal, .abort, .killed, .exits])
  func aRowThatKillsIsKnownAtTheSecondDeath(_ end: End) throws {
    let answer = try answer(values(5_000, [1_234: end]), UDFOptions(onError: .collect))
    #expect(answer.result == expected(5_000, without: [1_234]))
    #expect(answer.attempts == [5_000, 5_000, 1_234, 1, 3_765])
    #expect(answer.failed.map(\.row) == [1_234])
  }

  @Test func severalRowsThatKill() throws {
    let rows = [0, 1, 500, 999]
    let ends = Dictionary(uniqueKeysWithValues: rows.map { ($0, End.killed) })
    let answer = try answer(values(1_000, ends), UDFOptions(onError: .collect))
    #expect(answer.result == expected(1_000, without: rows))
    #expect(answer.failed.map(\.row) == rows)
  }

  @Test func theErrorOfACrashNamesItsRow() throws {
    let error = try #require(
      WorkerTesting.error { try answer(values(3_000, [2_100: .abort]), UDFOptions()) })
    #expect(error.code == .workerCrashed && error.row == 2_100, "\(error)")
  }

  /// Rows that take their time, all together longer than one may.
  @Test func rowsAreTimedOneByOne() throws {
    let options = UDFOptions(timeout: .perRow(.seconds(3)))
    let values = Int.column(of: Array(0..<60_000))
    let slow: [Int] = try WorkerTesting.call(FixtureFunctions.slow.function, [values], options)
    #expect(slow == Array(1...60_000))
  }
}
