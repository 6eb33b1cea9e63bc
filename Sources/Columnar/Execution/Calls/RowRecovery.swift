import ColumnarCore

/// What is done about rows of one call that fail: called again, made null, or the end of the query.
@usableFromInline
package final class RowRecovery {
  private let run: FunctionRun
  private let cancellation: Cancellation
  /// Rows that became null, in order.
  @usableFromInline private(set) var failedRows: [Int] = []
  private var row = -1
  private var failures = 0

  init(_ run: FunctionRun, _ cancellation: Cancellation) {
    self.run = run
    self.cancellation = cancellation
  }

  /// Whether row `row` is to be called again after `error`; if not, its result is null.
  ///
  /// Throws the error where it is the query's.
  func callsAgain(_ row: Int, after error: any Error, of call: UDFCall) throws -> Bool {
    if cancellation.isCancelled || (error as? ColumnarError)?.code == .cancelled { throw error }
    if row != self.row { (self.row, failures) = (row, 0) }
    failures += 1
    if let retry = run.options.effectiveRetry, retry.allows(failures, after: error) {
      run.countRetry(after: error)
      try cancellation.sleep(nanoseconds: retry.pause(after: failures))
      return true
    }
    try giveUp(row, after: error, of: call)
    return false
  }

  /// Makes a row null that is not called again; throws the error where it is the query's.
  func giveUp(_ row: Int, after error: any Error, of call: UDFCall) throws {
    try run.giveUp(on: CollectionOfOne(row), of: call.columns, call.failure(error, row: row))
    failedRows.append(row)
  }

  /// `validity` without the rows that failed.
  @usableFromInline
  func cleared(_ validity: Bitmap?, count: Int) -> Bitmap? {
    guard !failedRows.isEmpty else { return validity }
    var failed = BitmapBuilder()
    var next = 0
    for row in 0..<count {
      let isFailed = next < failedRows.count && failedRows[next] == row
      if isFailed { next += 1 }
      failed.append(!isFailed)
    }
    return Bitmap.both(failed.finish(), validity)
  }
}

extension FunctionRun {
  /// The most characters of one input that are kept of a failed row.
  private static let longestInput = 1_000

  /// Makes rows null whose call failed for good, and notes them, as the options say; throws the
  /// error where they say that the query fails.
  func giveUp(
    on rows: some Collection<Int>, of columns: [Column], _ error: ColumnarError
  ) throws {
    let policy = options.onError.value
    guard policy != .fail else { throw error }
    try countFailures(rows.count, after: error)
    FailedRows.note(rows: rows)
    guard policy == .collect else { return }
    for row in rows {
      FailedRows.note(
        FailedRows.Entry(
          function: function.name, row: row,
          inputs: "(\(function.inputs(columns, at: row, limit: Self.longestInput)))",
          error: error.underlyingText))
    }
  }
}

extension UserFunction {
  /// The arguments of a row as text, each of at most `limit` characters; with the names that a node
  /// has for them.
  package func inputs(_ columns: [Column], at row: Int, limit: Int = 60) -> String {
    let names = origin.map { origin in
      zip(parameters, origin.inputs).filter { $0.0.state == nil }.map { "\($0.1): " }
    }
    return columns.enumerated().map { k, column in
      (names?[k] ?? "") + column.quotedText(at: min(row, column.count - 1), limit: limit)
    }.joined(separator: ", ")
  }
}

extension ColumnarError {
  /// What a user's own error said, else the message.
  fileprivate var underlyingText: String { underlying.map { "\($0)" } ?? message }
}

extension Cancellation {
  /// Sleeps, but not on after the query was cancelled.
  package func sleep(nanoseconds: UInt64) throws {
    let end = MonotonicClock.nanoseconds() &+ nanoseconds
    let pause = Monitor(())
    while true {
      try check()
      let now = MonotonicClock.nanoseconds()
      guard now < end else { return }
      let _: Void? = pause.wait(nanoseconds: min(10_000_000, end - now)) { _ in nil }
    }
  }
}
