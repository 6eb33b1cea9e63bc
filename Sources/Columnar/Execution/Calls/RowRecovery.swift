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
  /// Makes rows null whose call failed for good, and notes them, as the options say; throws the
  /// error where they say that the query fails.
  func giveUp(
    on rows: some Collection<Int>, of columns: [Column], _ error: ColumnarError
  ) throws {
    let policy = options.onError.value
    guard policy != .fail else { throw error }
    FailedRows.count(rows.count)
    try countFailures(rows.count, after: error)
    guard policy == .collect else { return }
    for row in rows {
      FailedRows.note(
        FailedRows.Entry(
          function: function.name, row: row, inputs: function.inputs(columns, at: row),
          error: error.underlyingText))
    }
  }
}

extension UserFunction {
  /// The most characters of one input that are kept of a failed row.
  private static let longestInput = 1_000

  /// The inputs of a row as text.
  fileprivate func inputs(_ columns: [Column], at row: Int) -> String {
    let texts = columns.map { column in
      let text = column.text(at: min(row, column.count - 1))
      return text.count > Self.longestInput ? text.prefix(Self.longestInput) + "…" : text
    }
    return "(\(texts.joined(separator: ", ")))"
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
