import ColumnarCore

/// One query on its way from a frame's operations to a result.
package struct Query: Sendable {
  package let logical: LogicalPlan
  package let optimized: LogicalPlan
  package let chain: Chain
  package let calls: [(function: UserFunction, options: EffectiveOptions)]
  private let configuration: EngineConfiguration
  private let subject: RunSubject

  /// Resolves, optimises and lowers; errors about names, types and options come here.
  package init(
    _ frame: LazyFrame, _ engine: any Engine, subject: RunSubject = .query
  ) throws {
    try self.init(frame, engine._configuration, subject: subject)
  }

  /// As above, for an engine of that configuration.
  package init(
    _ frame: LazyFrame, _ configuration: EngineConfiguration, subject: RunSubject = .query
  ) throws {
    self.subject = subject
    self.configuration = configuration
    var binder = PlanBinder(contract: configuration.defaults.contract)
    logical = try binder.bind(frame.plan)
    _ = try Schema(logical.columns.map { Field($0.name, $0.type) })
    // Nodes of expressions stay columns of their own: events and errors name them.
    let kept = Set(subject.expressions.keys)
    optimized = try Optimizer(disabled: configuration.disabledRules, keeping: kept)
      .optimize(logical)
    var planner = PhysicalPlanner(configuration, for: optimized)
    var chain = try planner.lower(optimized)
    if chain.columns.map(\.id) != optimized.columns.map(\.id) {
      let columns = optimized.columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }
      chain = chain.appending(
        ProjectOperator(
          columns, input: chain.columns,
          text: "[\(columns.map(\.column.name).joined(separator: ", "))]"),
        columns: optimized.columns)
    }
    self.chain = chain
    calls = planner.calls
  }

  /// Runs the query.
  package func run(_ cancellation: Cancellation) throws -> DataFrame {
    try run(context(cancellation))
  }

  /// Runs the query into a writer, which is finished when all rows are in it and dropped unfinished
  /// on an error.
  package func write<Writer: BatchWriter>(
    _ cancellation: Cancellation, to makeWriter: (Schema) throws -> Writer
  ) throws -> WriteSummary {
    try write(cancellation) { schema, query in
      WriteSink(
        try makeWriter(schema), meter: query.evaluation.observer?.meter(of: "write"))
    }
  }

  /// Runs the query into a sink that writes, which is finished when all rows are in it and dropped
  /// unfinished on an error.
  package func write<S: WritingSink>(
    _ cancellation: Cancellation, into makeSink: (Schema, QueryContext) throws -> S
  ) throws -> WriteSummary {
    let query = context(cancellation)
    let sink = try makeSink(schema, query)
    let rows = try withStates(query) {
      try Stage.run(chain, into: sink, query)
      try sink.finish(query)
      return sink.rowCount
    }
    try sink.commit()
    return WriteSummary(
      rows: rows, failedRows: query.collectsFailures ? query.evaluation.failedRows.batch : nil)
  }

  /// Runs the query into a channel until it is done or nobody reads any more; gives the rows that
  /// failed.
  package func stream(_ cancellation: Cancellation, into channel: StreamChannel) throws -> Batch? {
    let query = context(cancellation, cacheReport: channel.cacheReport)
    try withStates(query) { try Stage.run(chain, into: StreamSink(channel), query) }
    return query.collectsFailures ? query.evaluation.failedRows.batch : nil
  }

  private var schema: Schema { optimized.schema }

  private func context(
    _ cancellation: Cancellation, isAnalyzing: Bool = false, cacheReport: CacheReport? = nil
  ) -> QueryContext {
    QueryContext(
      cacheReport.map { configuration.reporting(to: $0) } ?? configuration,
      cancellation: cancellation, isAnalyzing: isAnalyzing,
      collectsFailures: calls.contains { $0.options.onError.value == .collect }, subject: subject)
  }

  /// Runs `body` with the states that functions ask for; each is finished at the end, however it
  /// ends.
  private func withStates<R>(_ query: QueryContext, _ body: () throws -> R) throws -> R {
    try query.evaluation.observed { try withFinishedStates(query, body) }
  }

  private func withFinishedStates<R>(_ query: QueryContext, _ body: () throws -> R) throws -> R {
    for (function, options) in calls {
      query.evaluation.states.allow(
        function, slots: options.slots(for: function, configuration))
      // The function that this query runs inside of may have all of them.
      if configuration.warm != nil, NestedQuery.isActive {
        query.evaluation.holdStates(of: function, slots: 1)
      }
      configuration.tuning?.countRun(TuningMemory.Key(function))
    }
    defer { query.evaluation.finish() }
    // Before anything is read, so that workers start while it is.
    for (function, options) in calls where options.runsInWorkers(configuration) {
      try query.evaluation.workers.add(
        query.evaluation.run(of: function),
        limit: options.workers(for: function, threads: configuration.threads))
    }
    let result = try body()
    try query.evaluation.checkErrorBudgets()
    return result
  }

  private func run(_ query: QueryContext) throws -> DataFrame {
    let schema = schema
    return try withStates(query) {
      let partitions = try result(query).map { batches in
        batches.map { Batch(unchecked: schema, columns: $0.columns, count: $0.count) }
      }.filter { !$0.isEmpty }
      return DataFrame(
        schema: schema, partitions: partitions,
        failedRows: query.collectsFailures ? query.evaluation.failedRows.batch : nil)
    }
  }

  private func result(_ query: QueryContext) throws -> [[Batch]] {
    // A breaker at the top has its result ready; there is nothing to stream through a sink.
    if chain.inputs.count == 1, chain.inputs[0].operators.isEmpty, chain.segments.isEmpty,
      let source = chain.inputs[0].source as? BreakerSource
    {
      return try source.partitions(query)
    }
    let sink = CollectSink()
    try Stage.run(chain, into: sink, query)
    return sink.partitions
  }

  // MARK: Explain

  /// The plan as text; with the functions and their options, unless something else lists them.
  package func explain(analyze: Bool, listsFunctions: Bool = true) throws -> String {
    var text = "Logical plan\n" + logical.text(indent: 1)
    text += "Optimized plan\n" + optimized.text(indent: 1)
    var total: UInt64 = 0
    var ran: QueryContext?
    if analyze {
      let began = MonotonicClock.nanoseconds()
      let query = context(Cancellation(), isAnalyzing: true)
      ran = query
      _ = try run(query)
      total = MonotonicClock.nanoseconds() - began
    }
    text +=
      "Physical plan, \(configuration.threads) threads, batches of \(configuration.batchRows)\n"
    text += chain.text(indent: 1, analyzed: analyze)
    if analyze { text += "Total time \(total / 1_000) us\n" }
    if listsFunctions, !calls.isEmpty {
      text += "Functions\n"
      for (function, options) in calls {
        text += "  \(function.name): \(function.kind.rawValue), "
        text += options.text(for: function.kind, threads: configuration.threads) + "\n"
        if let ran { text += "    \(ran.evaluation.run(of: function).text)\n" }
        for state in function.states {
          text +=
            "    state \(state.name): \(state.isShared ? "shared, one for all" : "one per worker")\n"
        }
      }
    }
    return text
  }
}
