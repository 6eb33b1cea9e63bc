import ColumnarCore

/// What all parts of one running query share.
package final class QueryContext: Sendable {
  package let configuration: EngineConfiguration
  package let evaluation: EvaluationContext
  /// Whether operators measure their time.
  package let isAnalyzing: Bool
  /// Whether a function collects its failed rows.
  package let collectsFailures: Bool

  package init(
    _ configuration: EngineConfiguration, cancellation: Cancellation, isAnalyzing: Bool = false,
    collectsFailures: Bool = false, subject: RunSubject = .query
  ) {
    WorkerMark.refuseIfMarked()
    var configuration = configuration
    // A query inside a user's function runs on that function's thread: the others are at work on
    // the outer query.
    if NestedQuery.isActive { configuration.threads = 1 }
    self.configuration = configuration
    self.isAnalyzing = isAnalyzing
    self.collectsFailures = collectsFailures
    evaluation = EvaluationContext(
      cancellation: cancellation, defaults: configuration.defaults,
      workers: configuration.workerExecutable, warm: configuration.warm,
      observer: RunObserver(configuration.listeners, subject), cache: configuration.cache,
      cacheReport: configuration.cacheReport, tuning: configuration.tuning,
      expressionNodes: subject.expressions)
  }

  package var cancellation: Cancellation { evaluation.cancellation }
  package var threads: Int { configuration.threads }
  package var threadPool: ThreadPool { configuration.threadPool }

  /// Tells the query's other threads that the Swift task of this one was cancelled, if it was; for
  /// those who wait.
  package func lookForCancellation() { _ = cancellation.isCancelled }

  /// Runs `tasks` pieces of work on the compute threads.
  package func parallel(_ tasks: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
    let failure = Monitor<(task: Int, error: any Error)?>(nil)
    let next = Monitor(0)
    threadPool.run(width: min(threads, tasks), polling: lookForCancellation) { [self] _ in
      while true {
        let task = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard task < tasks, failure.withLock({ $0.map { task < $0.task } ?? true }) else { return }
        do {
          try cancellation.check()
          try body(task)
        } catch {
          failure.withLock { known in
            if known.map({ task < $0.task }) ?? true { known = (task, error) }
          }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
  }

  /// The rows of several batches as one, a column per thread.
  package func concatenated(_ batches: [Batch], _ schema: Schema) throws -> Batch {
    try cancellation.check()
    if batches.count == 1 { return batches[0] }
    let columns = Monitor([Column?](repeating: nil, count: schema.count))
    try parallel(schema.count) { k in
      let column = Column.concatenating(batches.map { $0.columns[k] }, type: schema[k].type)
      columns.withLock { $0[k] = column }
    }
    return Batch(
      unchecked: schema, columns: columns.withLock { $0.compactMap(\.self) },
      count: batches.reduce(0) { $0 + $1.count })
  }

  /// The compute threads as kernels borrow them; what a kernel gives is checked for cancellation
  /// before it is used.
  package var lending: Parallel {
    let isCancelled: @Sendable () -> Bool = { [cancellation] in cancellation.isCancelled }
    guard threads > 1 else { return .serial(isCancelled: isCancelled) }
    return Parallel(width: threads, isCancelled: isCancelled) { [threads, threadPool] tasks, body in
      let next = Monitor(0)
      withoutActuallyEscaping(body) { body in
        threadPool.run(width: min(threads, tasks)) { _ in
          while true {
            let task = next.withLock { next in
              defer { next += 1 }
              return next
            }
            guard task < tasks else { return }
            body(task)
          }
        }
      }
    }
  }
}

extension QueryContext {
  /// Runs `body` in a breaker on some rows of its input; `row` tells the number of each of them.
  func collectingFailures<R>(_ row: (Int) -> Int, _ body: () throws -> R) throws -> R {
    guard collectsFailures else { return try body() }
    let scope = FailedRows.Scope()
    let result = try FailedRows.noting(in: scope) { try FailedRows.mapping(row, body) }
    evaluation.failedRows.add(scope, row: 0)
    return result
  }
}
