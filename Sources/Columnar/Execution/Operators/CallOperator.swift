import ColumnarCore

/// Calls one user-defined function on the consumers of an exchange and appends its column.
package struct CallOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  private let function: UserFunction
  private let arguments: [Evaluator]
  private let schema: Schema

  package init(
    _ call: LogicalPlan.CallColumn, input: [BoundColumn], text: String
  ) {
    function = call.function
    arguments = call.arguments.map { Evaluator($0, inputs: input) }
    schema = Schema(unchecked: (input + [call.column]).map { Field($0.name, $0.type) })
    label = "Call \(text)"
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    let columns = try arguments.map { try $0.evaluate(batch, query.evaluation) }
    let result = try query.evaluation.call(function, columns, count: batch.count)
    return try emit(
      Batch(unchecked: schema, columns: batch.columns + [result], count: batch.count))
  }
}
