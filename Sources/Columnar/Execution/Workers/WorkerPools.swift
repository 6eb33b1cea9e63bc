import ColumnarCore

/// The worker pools of one query, by function.
package final class WorkerPools: Sendable {
  private let pools = Monitor<[ObjectIdentifier: WorkerPool]>([:])
  private let executable: WorkerExecutable
  private let warm: WarmResources?

  /// - Parameter warm: where pools come from and go to if they are kept from query to query.
  package init(_ executable: WorkerExecutable, warm: WarmResources? = nil) {
    self.executable = executable
    self.warm = warm
  }

  /// Has a function called in up to `limit` worker processes, the first of which is started now.
  ///
  /// Errors: a type that cannot leave this process.
  package func add(_ run: FunctionRun, limit: Int) throws {
    let function = run.function
    try Self.check(function)
    let pool =
      warm?.take(WorkerPool.key(run, limit: limit))
      ?? WorkerPool(run, limit: limit, executable: executable)
    pools.withLock { $0[ObjectIdentifier(function)] = pool }
    pool.startAhead()
  }

  /// The pool of a function that runs in worker processes.
  package func pool(of function: UserFunction) -> WorkerPool? {
    pools.withLock { $0.isEmpty ? nil : $0[ObjectIdentifier(function)] }
  }

  /// Ends all workers, but for those that are kept.
  package func shutDown(isCancelled: Bool) {
    let all = pools.withLock { pools in
      defer { pools = [:] }
      return Array(pools.values)
    }
    for pool in all {
      if !isCancelled, pool.isSound, warm?.keep(pool) ?? false { continue }
      pool.shutDown(isCancelled: isCancelled)
    }
  }

  /// An error if the function is of a kind that runs here only, or takes or makes what lives in one
  /// process only.
  private static func check(_ function: UserFunction) throws {
    guard function.special == nil else {
      throw ColumnarError(
        .unsupported,
        "\"\(function.name)\" is of the kind \(function.kind.rawValue), which runs on threads only: "
          + "isolation .process is for row, batch and async functions.",
        context: [.node(function.name)])
    }
    let given = function.parameters.first { $0.isGivenForRun && !$0.isBound }?.state
    if let given {
      throw givenForRun(given, function)
    }
    let opaque =
      function.parameters.first { $0.state == nil && $0.type.holdsOpaque }?.swiftName
      ?? (function.resultType.holdsOpaque ? "\(function.resultType)" : nil)
    guard let opaque else { return }
    throw ColumnarError(
      .unsupported,
      "\"\(function.name)\" has isolation .process, but takes or returns \(opaque), which is stored in no "
        + "column type and so cannot go to another process. Use isolation .thread, or a type that can be "
        + "stored: numbers, text, dates, lists or structs of them. What is an object for all rows is "
        + "given as State { … }, which each worker makes itself.", context: [.node(function.name)])
  }

  private static func givenForRun(_ state: StateFactory, _ function: UserFunction) -> ColumnarError
  {
    ColumnarError(
      .unsupported,
      "\"\(function.name)\" has isolation .process, but its state \"\(state.name)\" was given for this "
        + "run: a worker process makes its states itself, so it would have another one. Let the node take "
        + "a State { … } by handle, or a class that conforms to Stateful, or bind the state in the pipeline "
        + "that Worker.serveIfAsked is given, and give what changes from run to run as an input; or use "
        + "isolation .thread.", context: [.node(function.name)])
  }
}

extension DataType {
  /// Whether it is, or has inside, a type that no bytes stand for.
  fileprivate var holdsOpaque: Bool {
    switch kind {
    case .opaque: true
    case .list(let element), .fixedSizeList(let element, _): element.holdsOpaque
    case .structure(let fields): fields.contains { $0.type.holdsOpaque }
    default: false
    }
  }
}
