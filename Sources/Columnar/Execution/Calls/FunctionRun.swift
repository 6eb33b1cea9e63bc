import ColumnarCore
import Synchronization

/// One user-defined function in one query: the options it runs with, and what its calls came to.
@usableFromInline
package final class FunctionRun: Sendable {
  package let function: UserFunction
  package let options: EffectiveOptions
  /// Whether rows of a row function are dealt with one by one when they fail or take long.
  package let watchesRows: Bool
  /// The nanoseconds that a row may take; 0: as many as it likes.
  @usableFromInline package let rowTimeout: UInt64
  /// Whether each row's call is timed: for a timeout, or for those who listen to items.
  @usableFromInline package let timesRows: Bool
  /// Tells listeners of the calls; nil if there are none.
  package let meter: NodeMeter?
  /// Bounds the calls of an async function.
  package let gate: CallGate
  /// Where a worker process tells the row it is at.
  package let progress: RowProgress?
  /// Where results are looked up first; nil where calls are always made.
  package let cached: CachedCalls?
  /// Rows that calls were made for, of those that failed and were not called for a null.
  private let rows = Atomic<Int>(0)
  private let failed = Atomic<Int>(0)
  private let skipped = Atomic<Int>(0)
  private let batches = Atomic<Int>(0)
  private let retried = Atomic<Int>(0)

  package init(
    _ function: UserFunction, engine: UDFOptions = UDFOptions(), progress: RowProgress? = nil,
    meter: NodeMeter? = nil, cache: Cache? = nil, tuning: TuningMemory? = nil
  ) {
    self.progress = progress
    self.function = function
    self.meter = meter
    let options = EffectiveOptions(node: function.options, engine: engine, tuned: function.tuned)
    self.options = options
    cached = function.cacheIdentity.flatMap { identity in
      function.isCachable(options.contract.value)
        ? cache.map { CachedCalls($0, identity, function.resultType) } : nil
    }
    let slots = options.slots(for: function, threads: Processors.count)
    let isOpen =
      function.kind == .async && options.maxConcurrency.value == nil
      && options.contract.value != .ordered
    gate = CallGate(
      slots, tuner: isOpen ? tuning?.gate(of: TuningMemory.Key(function), usual: slots) : nil)
    rowTimeout = options.timeout.value?.row.map(\.nanoseconds) ?? 0
    timesRows = rowTimeout != 0 || meter?.wantsItems == true
    watchesRows = options.onError.value != .fail || options.effectiveRetry != nil || timesRows
  }

  package var rowCount: Int { rows.load(ordering: .relaxed) }
  package var failedCount: Int { failed.load(ordering: .relaxed) }
  package var skippedCount: Int { skipped.load(ordering: .relaxed) }
  /// Rows whose result came from the cache.
  package var cachedCount: Int { cached?.statistics.hits ?? 0 }
  package var batchCount: Int { batches.load(ordering: .relaxed) }
  package var retryCount: Int { retried.load(ordering: .relaxed) }

  /// Runs and counts a batch of which `called` rows are called and `skipped` have a null that the
  /// function does not take.
  func batch<R>(called: Int, skipped: Int, _ body: () throws -> R) throws -> R {
    batches.add(1, ordering: .relaxed)
    rows.add(called, ordering: .relaxed)
    if skipped > 0 { self.skipped.add(skipped, ordering: .relaxed) }
    guard let meter else { return try body() }
    return try meter.batch(called + skipped, skipped: skipped, body)
  }

  /// Tells listeners that the results of so many rows came from the cache.
  func tellHits(_ count: Int) { if count > 0 { meter?.hitCache(count) } }

  /// Counts rows that have a null that the function does not take.
  func countSkipped(_ count: Int) { skipped.add(count, ordering: .relaxed) }

  /// Counts a call that is made again.
  package func countRetry(after error: (any Error)? = nil) {
    retried.add(1, ordering: .relaxed)
    meter?.retries(after: error.map { ErrorText.of($0) })
  }

  /// Counts calls that a worker process made again, of which listeners heard already.
  func countRetries(_ count: Int) { retried.add(count, ordering: .relaxed) }

  /// Counts rows that failed and became null; an error when that is more than may fail.
  package func countFailures(_ count: Int, after error: ColumnarError) throws {
    let total = failed.add(count, ordering: .relaxed).newValue
    if let meter {
      let placed = ItemPlace.placed(error)
      if !FailedRows.hold(count, placed, of: self) { meter.gaveUp(on: count, after: placed) }
    }
    if case .count(let most) = options.errorBudget.value, total > most {
      throw overBudget("more than \(most) rows failed", error)
    }
  }

  /// Takes back failures of a call that is made again as a whole, or in parts.
  package func takeBackFailures(_ count: Int) {
    failed.subtract(count, ordering: .relaxed)
  }

  /// Tells listeners of failures that were held back until it was known that they count.
  func tell(_ held: [FailedRows.Held]) {
    for failure in held { meter?.gaveUp(on: failure.count, after: failure.error) }
  }

  /// An error if more than the allowed fraction of rows failed; asked when the query ends.
  package func checkFraction() throws {
    guard case .fraction(let part) = options.errorBudget.value else { return }
    let total = rowCount + cachedCount
    // Divided, so that 29 of 100 rows are 0.29; 0.29 times 100 is less than 29.
    if failedCount > 0, Double(failedCount) / Double(total) > part {
      throw overBudget("\(failedCount) of \(total) rows failed", nil)
    }
  }

  private func overBudget(_ what: String, _ error: ColumnarError?) -> ColumnarError {
    let budget = options.errorBudget.value?.text ?? ""
    let last = error.map { " One of the errors: \($0.message)" } ?? ""
    return ColumnarError(
      .errorBudgetExceeded,
      "\"\(function.name)\": \(what), but its error budget is \(budget).\(last)",
      context: [.node(function.name)])
  }

  /// The error of a call that took longer than it may.
  package func lateError(_ what: String, _ taken: UInt64, _ limit: Duration) -> ColumnarError {
    ColumnarError(
      .timeout,
      "\"\(function.name)\" took \(taken / 1_000_000) ms for \(what), but its timeout is \(limit).",
      context: [.node(function.name)])
  }

  /// What the calls came to, as `explain(analyze: true)` prints it.
  package var text: String {
    var text = "rows \(rowCount), batches \(batchCount)"
    for (count, name) in [
      (cachedCount, "from the cache"), (skippedCount, "not called for a null"),
      (failedCount, "failed"),
      (retryCount, "called again"),
    ] where count > 0 { text += ", \(name) \(count)" }
    return text
  }
}

extension Duration {
  /// Whole nanoseconds, at least 1 of any time that is not nothing.
  package var nanoseconds: UInt64 {
    let exact = self / .nanoseconds(1)
    return exact <= 0 ? 0 : UInt64(min(max(exact, 1), 9e18))
  }
}
