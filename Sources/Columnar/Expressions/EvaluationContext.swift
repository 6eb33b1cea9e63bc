import ColumnarCore

/// What evaluating needs besides the data: cancellation, and the user-defined functions of one
/// query with their states.
package final class EvaluationContext: Sendable {
  package let cancellation: Cancellation
  package let states: StateStore
  /// Rows that failed under `onError: .collect`.
  package let failedRows = FailedRows()
  /// The worker processes of functions that run in such.
  package let workers: WorkerPools
  /// Hears of the calls; nil if nobody listens.
  package let observer: RunObserver?
  /// The columns that are nodes of expressions, and the paths of these, for errors.
  private let expressionNodes: [String: String]
  private let defaults: UDFOptions
  private let warm: WarmResources?
  private let progress: RowProgress?
  private let tuning: TuningMemory?
  /// Functions whose calls keep their states while their rows go on, and how many of them.
  private let holds = Monitor<[(function: UserFunction, slots: Int)]>([])
  private let cache: Cache?
  private let cacheReport: CacheReport?
  private let runs = Monitor<[ObjectIdentifier: FunctionRun]>([:])

  /// - Parameters:
  ///   - defaults: options of functions that say nothing themselves.
  ///   - warm: what is kept from query to query.
  ///   - progress: where a worker process tells the row it is at.
  ///   - observer: hears of the calls.
  ///   - expressionNodes: the columns that are nodes of expressions, and the paths of these.
  ///   - cache: where results of nodes are kept; what it did goes to `cacheReport`.
  package init(
    cancellation: Cancellation, states: StateStore? = nil, defaults: UDFOptions = UDFOptions(),
    workers: WorkerExecutable = .program, warm: WarmResources? = nil,
    progress: RowProgress? = nil, observer: RunObserver? = nil, cache: Cache? = nil,
    cacheReport: CacheReport? = nil, tuning: TuningMemory? = nil,
    expressionNodes: [String: String] = [:]
  ) {
    self.expressionNodes = expressionNodes
    self.tuning = tuning
    self.observer = observer
    self.cache = cache
    self.cacheReport = cacheReport
    self.workers = WorkerPools(workers, warm: warm)
    self.warm = warm
    self.progress = progress
    self.cancellation = cancellation
    self.states = states ?? warm?.states ?? StateStore()
    self.defaults = defaults
  }

  /// For expressions without calls.
  static let constant = EvaluationContext(cancellation: Cancellation(outer: nil))

  /// Computes a column; an error where the column is a node of an expression names the node, as a
  /// function's does.
  package func naming<R>(_ column: String, _ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as ColumnarError {
      guard error.code != .cancelled, let node = expressionNodes[column],
        !error.context.contains(where: { if case .node = $0.kind { true } else { false } })
      else { throw error }
      throw error.at(.node(node))
    }
  }

  /// A function as this query runs it.
  package func run(of function: UserFunction) -> FunctionRun {
    runs.withLock { runs in
      if let run = runs[ObjectIdentifier(function)] { return run }
      let run = FunctionRun(
        function, engine: defaults, progress: progress, meter: observer?.meter(of: function.name),
        cache: cache, tuning: tuning)
      runs[ObjectIdentifier(function)] = run
      return run
    }
  }

  /// Calls a user-defined function on one batch with states leased for the time of the call.
  package func call(
    _ function: UserFunction, _ columns: [Column], count: Int
  ) throws -> Column {
    // A batch of no rows is never handed to a user.
    if count == 0 { return .empty(function.resultType) }
    let run = run(of: function)
    guard let cached = run.cached else { return try call(run, columns, count: count) }
    return try cached.call(run, columns, count: count) { try call(run, $0, count: $1) }
  }

  /// Calls a function on rows whose results are not known.
  private func call(_ run: FunctionRun, _ columns: [Column], count: Int) throws -> Column {
    let function = run.function
    let called = function.callableRows(columns)?.setCount ?? count
    return try run.batch(called: called, skipped: count - called) {
      if let pool = workers.pool(of: function) { return try self.call(run, pool, columns, count) }
      let factories = function.states
      if factories.isEmpty { return try self.call(run, columns, [], count) }
      return try states.withStates(factories, for: function, cancellation) {
        try self.call(run, columns, $0, count)
      }
    }
  }

  private func call(
    _ run: FunctionRun, _ columns: [Column], _ states: [Any], _ count: Int
  ) throws -> Column {
    let attempt = { [cancellation] (columns: [Column], count: Int, _: Bool) throws -> Column in
      let call = UDFCall(
        run: run, columns: columns, states: states, count: count, cancellation: cancellation)
      let outer = NestedQuery.Outer(cancellation: cancellation, isParallel: true)
      let result = try NestedQuery.$outer.withValue(outer) { try run.function.body(call) }
      return result.typed(run.function.resultType, count: count)
    }
    return try BatchCall(run, cancellation, attempt: attempt).result(columns, count: count)
  }

  /// Calls a function in a worker process, which deals with its rows' errors; crashes and timeouts
  /// are dealt with here.
  private func call(
    _ run: FunctionRun, _ pool: WorkerPool, _ columns: [Column], _ count: Int
  ) throws -> Column {
    do {
      return try BatchCall(run, cancellation, isRemote: true) {
        [cancellation] columns, count, isRepeated in
        do {
          return try pool.call(columns, count: count, watchesRows: isRepeated, run, cancellation)
        } catch let error as ColumnarError where !pool.isSound { throw WorkersFailed(error: error) }
      }.result(columns, count: count)
    } catch let failed as WorkersFailed { throw failed.error }
  }

  /// That no worker can be had, or none with its states: no failure of a call, so `onError` has no
  /// say.
  private struct WorkersFailed: Error {
    let error: ColumnarError
  }

  /// Lets the calls of a function keep their states while their rows go on, until the query ends.
  package func holdStates(of function: UserFunction, slots: Int) {
    holds.withLock { $0.append((function, slots)) }
    states.hold(function, slots: slots)
  }

  /// Runs `body`, which is a whole run to those who listen.
  package func observed<R>(_ body: () throws -> R) throws -> R {
    guard let observer else { return try body() }
    observer.start()
    do {
      let result = try body()
      observer.finish(nil)
      return result
    } catch {
      observer.finish(error)
      throw error
    }
  }

  /// Ends the workers and finishes the states, but for what is kept from query to query.
  package func finish() {
    finishCaches()
    if let tuning {
      for run in runs.withLock({ Array($0.values) }) {
        if let gate = run.gate.learned { tuning.learn(gate, of: TuningMemory.Key(run.function)) }
      }
    }
    workers.shutDown(isCancelled: cancellation.isCancelled)
    let held = holds.withLock { holds in
      defer { holds = [] }
      return holds
    }
    for hold in held { states.release(hold.function, slots: hold.slots) }
    if warm == nil { states.finish() } else { states.forgetFailures() }
  }

  /// Keeps what was computed, also where the query failed.
  private func finishCaches() {
    guard let cache else { return }
    let cached = runs.withLock { Array($0.values) }.compactMap { run in
      run.cached.map { (run.function.name, $0) }
    }
    cache.finish(cached.map(\.1.table))
    for (name, calls) in cached { cacheReport?.add(name, calls.statistics) }
  }

  /// An error if a function failed for a larger fraction of its rows than it may.
  package func checkErrorBudgets() throws {
    for run in runs.withLock({ Array($0.values) }) { try run.checkFraction() }
  }
}

extension Column {
  /// A function's result as a column of the type it was declared with.
  package func typed(_ type: DataType, count: Int) -> Column {
    if self.type == type { return self }
    return self.type == .null ? .nulls(of: type, count: count) : reinterpreted(as: type)
  }
}
