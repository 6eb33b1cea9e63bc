import ColumnarCore

/// One batch on its way through a function: called again and in parts as the options say.
///
/// A row function deals with its rows itself, in `UDFCall.rows`. What is dealt with here are calls that fail as a whole:
/// those of batch functions, and those that a crash or a timeout ends.
package struct BatchCall {
  let run: FunctionRun
  let cancellation: Cancellation
  /// Whether the function's own errors are dealt with elsewhere, in a worker process.
  let isRemote: Bool
  /// Makes the call.
  let attempt: (_ columns: [Column], _ count: Int) throws -> Column

  /// - Parameters:
  ///   - isRemote: whether errors of the function itself were dealt with where it ran.
  ///   - attempt: makes the call on some columns of so many rows.
  package init(
    _ run: FunctionRun, _ cancellation: Cancellation, isRemote: Bool = false,
    attempt: @escaping (_ columns: [Column], _ count: Int) throws -> Column
  ) {
    self.run = run
    self.cancellation = cancellation
    self.isRemote = isRemote
    self.attempt = attempt
  }

  /// The results, with nulls for rows that failed.
  package func result(_ columns: [Column], count: Int) throws -> Column {
    do { return try timed(columns, count) } catch let error as ColumnarError {
      guard isOfCall(error) else { throw error }
      return try recover(error, columns, count)
    }
  }

  private func timed(_ columns: [Column], _ count: Int) throws -> Column {
    guard let limit = run.options.timeout.value?.batch else { return try attempt(columns, count) }
    let began = MonotonicClock.nanoseconds()
    let result = try attempt(columns, count)
    let taken = MonotonicClock.nanoseconds() - began
    if taken > limit.nanoseconds { throw run.lateError("a batch of \(count) rows", taken, limit) }
    return result
  }

  /// Whether an error is that of the call as a whole: not of the query, nor of a row that was dealt
  /// with.
  private func isOfCall(_ error: ColumnarError) -> Bool {
    switch error.code {
    case .workerCrashed: true
    case .timeout: error.row == nil
    case .udf: run.function.kind == .batch && !isRemote
    default: false
    }
  }

  // MARK: Recovery

  private func recover(_ error: ColumnarError, _ columns: [Column], _ count: Int) throws -> Column {
    guard run.options.contract.value == .pure else { return try nulls(columns, count, error) }
    var error = error
    if let result = try again(&error, columns, count) { return result }
    let isWorthSplitting = run.options.onError.value != .fail || error.code == .workerCrashed
    guard run.function.isElementwise, count > 1, isWorthSplitting else {
      return try nulls(columns, count, error)
    }
    return try halves(columns, count)
  }

  /// Calls again as often as the options say, and at least once after a crash; nil if that fails too.
  private func again(
    _ error: inout ColumnarError, _ columns: [Column], _ count: Int
  ) throws -> Column? {
    var failures = 1
    while true {
      let retry = run.options.effectiveRetry
      let isAllowed = retry?.allows(failures, after: error.underlying ?? error) ?? false
      guard isAllowed || (error.code == .workerCrashed && failures == 1) else { return nil }
      run.countRetry(after: error)
      try cancellation.sleep(nanoseconds: retry?.pause(after: failures) ?? 0)
      do { return try timed(columns, count) } catch let failure as ColumnarError {
        guard isOfCall(failure) else { throw failure }
        error = failure
      }
      failures += 1
    }
  }

  /// Both halves of a batch, each by itself; of a half that fails its halves, down to single rows.
  private func halves(_ columns: [Column], _ count: Int) throws -> Column {
    let middle = count / 2
    let parts = try [0..<middle, middle..<count].map { rows in
      do {
        return try FailedRows.mapping({ $0 + rows.lowerBound }) {
          try ItemPlace.shifted(by: rows.lowerBound) {
            try part(columns.map { $0.slice(rows) }, rows.count)
          }
        }
      } catch let error as ColumnarError {
        throw error.shiftingRow(by: rows.lowerBound)
      }
    }
    return Column.concatenating(parts, type: run.function.resultType)
  }

  private func part(_ columns: [Column], _ count: Int) throws -> Column {
    do { return try timed(columns, count) } catch let error as ColumnarError {
      guard isOfCall(error) else { throw error }
      if count > 1 { return try halves(columns, count) }
      var error = error
      if let result = try again(&error, columns, count) { return result }
      return try nulls(columns, count, error)
    }
  }

  /// Nulls for a batch that failed for good.
  private func nulls(_ columns: [Column], _ count: Int, _ error: ColumnarError) throws -> Column {
    try run.giveUp(on: 0..<count, of: columns, error)
    return .nulls(of: run.function.resultType, count: count)
  }
}
