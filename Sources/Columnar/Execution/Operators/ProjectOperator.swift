import ColumnarCore

/// Computes columns.
package struct ProjectOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  private let evaluators: [Evaluator]
  private let schema: Schema

  package init(_ columns: [NamedExpr], input: [BoundColumn], text: String) {
    evaluators = columns.map { Evaluator($0.expr, inputs: input) }
    schema = Schema(unchecked: columns.map { Field($0.column.name, $0.column.type) })
    label = "Project \(text)"
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    let columns = try evaluators.map { try $0.evaluate(batch, query.evaluation) }
    return try emit(Batch(unchecked: schema, columns: columns, count: batch.count))
  }
}
