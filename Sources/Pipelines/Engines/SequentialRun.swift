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
    WorkerMark.refuseIfMarked()
    let context = EvaluationContext(
      cancellation: cancellation, defaults: configuration.defaults,
      observer: RunObserver(configuration.listeners, run.subject), cache: configuration.cache,
      cacheReport: configuration.cacheReport)
    return try context.observed { try results(context, cancellation) }
  }

  private func results(
    _ context: EvaluationContext, _ cancellation: Cancellation
  ) throws -> PipelineRun.Output {
    defer { context.finish() }
    var parts = [[Column]](repeating: [], count: outputs.count)
    for row in 0..<run.count {
      try cancellation.check()
      let item = try self.item(row, context)
      for (k, output) in outputs.enumerated() { parts[k].append(item[output]) }
    }
    try context.checkErrorBudgets()
    let columns = zip(parts, run.types).map { Column.concatenating($0, type: $1) }
    return PipelineRun.Output(columns: columns, failedRows: context.failedRows.batch)
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
