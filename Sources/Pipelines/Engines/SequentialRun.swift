import Columnar
import ColumnarCore

/// The reference: one item at a time through the nodes' bodies, on columns of one row, without a
/// plan.
struct SequentialRun {
  private let run: PipelineRun
  private let steps: [Step]
  private let schema: Schema
  private let outputs: [Int]

  /// A column that is computed from those before it.
  private struct Step {
    let name: String
    let evaluator: Evaluator
  }

  init(_ run: PipelineRun) throws {
    self.run = run
    var binder = PlanBinder()
    var columns = run.columns.map { binder.column($0.0, $0.1.type) }
    var steps: [Step] = []
    for level in run.levels {
      // The columns of a level are computed from those of earlier levels only.
      let known = columns
      for (name, expr) in level.columns {
        let bound = try ExprBinder(known).bind(expr)
        steps.append(Step(name: name, evaluator: Evaluator(bound, inputs: known)))
        columns.append(binder.column(name, bound.type))
      }
    }
    self.steps = steps
    let schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
    self.schema = schema
    outputs = try run.outputs.map { try schema.index(of: $0) }
  }

  /// The outputs, item by item.
  func results(
    _ configuration: EngineConfiguration, _ cancellation: Cancellation
  ) throws -> PipelineRun.Output {
    var parts: [[Column]] = []
    let failedRows = try each(configuration, cancellation, rows: max(1, run.count)) {
      parts.append($0)
      return true
    }
    let columns = run.types.enumerated().map { k, type in
      Column.concatenating(parts.map { $0[k] }, type: type)
    }
    return PipelineRun.Output(columns: columns, failedRows: failedRows)
  }

  /// The outputs of `rows` items at a time into a channel, until nobody reads any more; gives the
  /// items that failed.
  func stream(
    _ configuration: EngineConfiguration, _ cancellation: Cancellation, rows: Int, _ schema: Schema,
    into channel: StreamChannel
  ) throws -> Batch? {
    try each(configuration, cancellation, rows: rows) { columns in
      let batch = Batch(unchecked: schema, columns: columns, count: columns.first?.count ?? 0)
      return try channel.push(batch, sequence: 0)
    }
  }

  /// The outputs of `rows` items at a time, until `emit` says that no more are wanted.
  private func each(
    _ configuration: EngineConfiguration, _ cancellation: Cancellation, rows: Int,
    emit: ([Column]) throws -> Bool
  ) throws -> Batch? {
    WorkerMark.refuseIfMarked()
    let context = EvaluationContext(
      cancellation: cancellation, defaults: configuration.defaults,
      observer: RunObserver(configuration.listeners, run.subject), cache: configuration.cache,
      cacheReport: configuration.cacheReport)
    return try context.observed { try each(context, cancellation, rows: rows, emit: emit) }
  }

  private func each(
    _ context: EvaluationContext, _ cancellation: Cancellation, rows: Int,
    emit: ([Column]) throws -> Bool
  ) throws -> Batch? {
    defer { context.finish() }
    for start in stride(from: 0, to: run.count, by: rows) {
      var parts = [[Column]](repeating: [], count: outputs.count)
      for row in start..<min(run.count, start + rows) {
        try cancellation.check()
        let item = try self.item(row, context)
        for (k, output) in outputs.enumerated() { parts[k].append(item[output]) }
      }
      let columns = zip(parts, run.types).map { Column.concatenating($0, type: $1) }
      guard try emit(columns) else { return nil }
    }
    try context.checkErrorBudgets()
    return context.failedRows.batch
  }

  /// A column of one item, measured where it is an expression that somebody listens to.
  private func evaluate(
    _ step: Step, _ batch: Batch, _ context: EvaluationContext
  ) throws -> Column {
    guard let meter = context.observer?.meter(ofExpression: step.name) else {
      return try step.evaluator.evaluate(batch, context)
    }
    return try meter.batch(1) { try step.evaluator.evaluate(batch, context) }
  }

  /// All columns of one item.
  private func item(_ row: Int, _ context: EvaluationContext) throws -> [Column] {
    var columns = run.columns.map { $0.1.slice(row..<(row + 1)) }
    for step in steps {
      let batch = Batch(unchecked: schema, columns: columns, count: 1)
      let scope = FailedRows.Scope()
      do {
        columns.append(
          try ItemPlace.from(row) {
            try FailedRows.noting(in: scope) { try evaluate(step, batch, context) }
          })
        context.failedRows.add(scope, row: row)
      } catch let error as ColumnarError {
        throw error.shiftingRow(by: row)
      }
    }
    return columns
  }
}
