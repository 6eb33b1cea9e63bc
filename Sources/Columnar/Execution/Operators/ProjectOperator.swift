import ColumnarCore

/// Computes columns.
package struct ProjectOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  package var keepsRows: Bool { true }
  private let evaluators: [Evaluator]
  /// Whether a column is one of the input, as it is.
  private let isPassedOn: [Bool]
  private let schema: Schema

  package init(_ columns: [NamedExpr], input: [BoundColumn], text: String) {
    isPassedOn = columns.map(\.isPassedOn)
    evaluators = columns.map { Evaluator($0.expr, inputs: input) }
    schema = Schema(unchecked: columns.map { Field($0.column.name, $0.column.type) })
    label = "Project \(text)"
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    let columns = try evaluators.indices.map { try evaluate($0, batch, query.evaluation) }
    return try emit(Batch(unchecked: schema, columns: columns, count: batch.count))
  }

  /// A column, measured where it is a node that somebody listens to.
  private func evaluate(
    _ position: Int, _ batch: Batch, _ evaluation: EvaluationContext
  ) throws -> Column {
    let evaluator = evaluators[position]
    let name = schema[position].name
    guard !isPassedOn[position], batch.count > 0,
      let meter = evaluation.observer?.meter(ofExpression: name)
    else { return try evaluation.naming(name) { try evaluator.evaluate(batch, evaluation) } }
    return try meter.batch(batch.count) {
      try evaluation.naming(name) { try evaluator.evaluate(batch, evaluation) }
    }
  }
}
