import ColumnarCore

extension LazyFrame {
  /// Runs the query and gives its result.
  ///
  /// Blocks the thread until it is done. Cancelling the Swift task that waits here, if any, cancels
  /// the query.
  public func collect(on engine: any Engine = .columnar) throws -> DataFrame {
    try Query(self, engine).run(Cancellation())
  }

  /// Runs the query on the engine's threads and gives its result.
  ///
  /// Cancelling the task cancels the query.
  public func collect(on engine: any Engine = .columnar) async throws -> DataFrame {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await engine._configuration.threadPool.value { try Query(self, engine).run(cancellation) }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// The names and types of the result's columns; errors about names and types come here.
  public func schema() throws -> Schema {
    var binder = PlanBinder()
    return try Schema(binder.bind(plan).columns.map { Field($0.name, $0.type) })
  }

  /// The plan as text: as written, optimised, and as it runs, with the options of every function.
  ///
  /// - Parameter analyze: runs the query, and adds what every operator counted.
  public func explain(on engine: any Engine = .columnar, analyze: Bool = false) throws -> String {
    try Query(self, engine).explain(analyze: analyze)
  }
}

extension DataFrame {
  /// Runs a query on this frame: the same as `lazy`, then `collect`.
  public func query(
    on engine: any Engine = .columnar, _ body: (LazyFrame) throws -> LazyFrame
  ) throws -> DataFrame {
    try body(lazy).collect(on: engine)
  }
}
