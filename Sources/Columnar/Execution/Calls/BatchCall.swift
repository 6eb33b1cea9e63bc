import ColumnarCore

/// One batch on its way through a function: called again and in parts as the options say.
///
/// A row function deals with its rows itself, in `UDFCall.rows`. What is dealt with here are calls
/// that fail as a whole: those of batch functions, and those that a crash or a timeout ends.
package struct BatchCall {
  let run: FunctionRun
  let cancellation: Cancellation
  /// Whether the function's own errors are dealt with elsewhere, in a worker process.
  let isRemote: Bool
  /// Makes the call.
  let attempt: (_ columns: [Column], _ count: Int, _ isRepeated: Bool) throws -> Column

  /// - Parameters:
  ///   - isRemote: whether errors of the function itself were dealt with where it ran.
  ///   - attempt: makes the call on some columns of so many rows; again, or on a part, if it is
  ///     repeated.
  package init(
    _ run: FunctionRun, _ cancellation: Cancellation, isRemote: Bool = false,
    attempt: @escaping (_ columns: [Column], _ count: Int, _ isRepeated: Bool) throws -> Column
  ) {
    self.run = run
    self.cancellation = cancellation
    self.isRemote = isRemote
    self.attempt = attempt
  }

  /// The results, with nulls for rows that failed.
  package func result(_ columns: [Column], count: Int) throws -> Column {
    do { return try timed(columns, count, isRepeated: false) } catch {
      return try recover(failure(error), columns, count)
    }
  }

  func timed(
    _ columns: [Column], _ count: Int, isRepeated: Bool = true
  ) throws -> Column {
    // A worker's time begins when it has made its states; the pool looks at that.
    guard !isRemote, let limit = run.options.timeout.value?.batch else {
      return try attempt(columns, count, isRepeated)
    }
    let began = MonotonicClock.nanoseconds()
    let failed = FailedRows.Scope(holding: run)
    let result: Column
    do {
      result = try FailedRows.noting(in: failed) { try attempt(columns, count, isRepeated) }
    } catch {
      run.tell(failed.held)
      throw error
    }
    let taken = MonotonicClock.nanoseconds() - began
    if taken > limit.nanoseconds {
      // Rows that failed in it fail again when it is called again.
      run.takeBackFailures(failed.rows.count)
      throw run.lateError("a batch of \(count) rows", taken, limit)
    }
    run.tell(failed.held)
    FailedRows.add(failed)
    return result
  }

  /// A call that failed as a whole.
  private struct Failure {
    var error: ColumnarError
    /// The row that it failed at, as far as a worker could still tell.
    var row: Int?
  }

  /// The failure of the call that an error stands for; rethrows one that is none.
  private func failure(_ error: any Error) throws -> Failure {
    if let lost = error as? LostRow { return Failure(error: lost.error, row: lost.row) }
    guard let error = error as? ColumnarError, isOfCall(error) else { throw error }
    return Failure(error: error)
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

  private func recover(_ failure: Failure, _ columns: [Column], _ count: Int) throws -> Column {
    guard run.options.contract.value == .pure else {
      return try nulls(columns, count, failure.error)
    }
    var failure = failure
    let isCrash = failure.error.code == .workerCrashed
    // A worker that dies may be somebody else's doing; one that is late with a row is late with it.
    if isCrash || failure.row == nil, let result = try again(&failure, columns, count) {
      return result
    }
    let isWorthSplitting =
      run.options.onError.value != .fail || failure.row != nil
      || failure.error.code == .workerCrashed
    guard run.function.isElementwise, isWorthSplitting, count > 1 || failure.row != nil else {
      let ofRow = try failureOfRow(failure.error, columns, count)
      return try nulls(columns, count, ofRow ?? failure.error)
    }
    return try split(failure, columns, count)
  }

  /// Calls again as often as the options say, and at least once after a crash; nil if that fails too.
  private func again(
    _ failure: inout Failure, _ columns: [Column], _ count: Int
  ) throws -> Column? {
    var failures = 1
    while true {
      let error = failure.error
      let retry = run.options.effectiveRetry
      let isAllowed = retry?.allows(failures, after: error.underlying ?? error) ?? false
      guard isAllowed || (error.code == .workerCrashed && failures == 1) else { return nil }
      run.countRetry(after: error)
      try cancellation.sleep(nanoseconds: retry?.pause(after: failures) ?? 0)
      do { return try timed(columns, count) } catch { failure = try self.failure(error) }
      failures += 1
    }
  }

  /// A batch that failed, in parts: around the row that it failed at, or where that is not known its
  /// halves.
  private func split(_ failure: Failure, _ columns: [Column], _ count: Int) throws -> Column {
    var parts: [Column] = []
    var failure = failure
    var done = 0
    while let row = failure.row {
      let lost = done + row
      if row > 0 { parts.append(try rows(done..<lost, columns, part)) }
      parts.append(
        try rows(lost..<(lost + 1), columns) { columns, _ in try single(columns, failure) })
      done = lost + 1
      guard done < count else { return joined(parts) }
      do {
        parts.append(try rows(done..<count, columns) { try timed($0, $1) })
        return joined(parts)
      } catch { failure = try self.failure(error) }
    }
    if count - done == 1 {
      parts.append(try rows(done..<count, columns) { columns, _ in try single(columns, failure) })
      return joined(parts)
    }
    let middle = done + (count - done) / 2
    parts.append(try rows(done..<middle, columns, part))
    parts.append(try rows(middle..<count, columns, part))
    return joined(parts)
  }

  private func joined(_ parts: [Column]) -> Column {
    Column.concatenating(parts, type: run.function.resultType)
  }

  /// What `call` makes of some rows of a batch, with its errors at their places in the batch.
  func rows(
    _ rows: Range<Int>, _ columns: [Column], _ call: ([Column], Int) throws -> Column
  ) throws -> Column {
    do {
      return try ItemPlace.shifted(by: rows.lowerBound) {
        try FailedRows.mapping(
          { $0 + rows.lowerBound },
          { try call(columns.map { $0.slice(rows) }, rows.count) })
      }
    } catch let error as ColumnarError {
      throw error.shiftingRow(by: rows.lowerBound)
    }
  }

  private func part(_ columns: [Column], _ count: Int) throws -> Column {
    do { return try timed(columns, count) } catch {
      let failure = try failure(error)
      return try count > 1 ? split(failure, columns, count) : single(columns, failure)
    }
  }

  /// A row that a call failed at: called once more where that may help, else null.
  private func single(_ columns: [Column], _ failure: Failure) throws -> Column {
    var failure = failure
    if let result = try again(&failure, columns, 1) { return result }
    return try nulls(columns, 1, failure.error)
  }

  /// Nulls for a batch that failed for good.
  private func nulls(_ columns: [Column], _ count: Int, _ error: ColumnarError) throws -> Column {
    let error = count == 1 && error.row == nil ? error.at(.row(0)) : error
    // Rows with a null that the function does not take were never its business.
    let called = run.function.callableRows(columns)
    let rows = (0..<count).filter { called?.isSet($0) ?? true }
    try run.giveUp(on: rows, of: columns, error)
    return .nulls(of: run.function.resultType, count: count)
  }
}
