import Columnar
import ColumnarCore

/// The reference: one item at a time through the nodes' bodies, on columns of one row, without a
/// plan.
struct SequentialRun {
  private let run: PipelineRun
  private let steps: SequentialSteps
  private let outputs: [Int]

  init(_ run: PipelineRun) throws {
    self.run = run
    let steps = try SequentialSteps(
      run.levels, over: run.columns.map { (name: $0.0, type: $0.1.type) })
    self.steps = steps
    outputs = try run.outputs.map { try steps.schema.index(of: $0) }
  }

  /// The outputs, item by item.
  func results(
    _ configuration: EngineConfiguration, _ cancellation: Cancellation
  ) throws -> PipelineRun.Output {
    WorkerMark.refuseIfMarked()
    let context = EvaluationContext(
      cancellation: cancellation, defaults: configuration.defaults,
      observer: RunObserver(configuration.listeners, run.subject))
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

  /// All columns of one item.
  private func item(_ row: Int, _ context: EvaluationContext) throws -> [Column] {
    var columns = run.columns.map { $0.1.slice(row..<(row + 1)) }
    for step in steps.steps {
      let scope = FailedRows.Scope()
      do {
        columns += try ItemPlace.from(row) {
          try FailedRows.noting(in: scope) { try steps.run(step, columns, context) }
        }
        context.failedRows.add(scope, row: row)
      } catch let error as ColumnarError {
        throw error.shiftingRow(by: row)
      }
    }
    return columns
  }
}
