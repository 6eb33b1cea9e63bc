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
      cacheReport: configuration.cacheReport, expressionNodes: run.subject.expressions)
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

  /// All columns of one item.
  private func item(_ row: Int, _ context: EvaluationContext) throws -> [Column] {
    var columns = run.columns.map { $0.1.slice(row..<(row + 1)) }
    for step in steps.steps {
      let scope = FailedRows.Scope()
      do {
        columns += try ItemPlace.from(ItemPlace.items.shifted(by: row)) {
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
