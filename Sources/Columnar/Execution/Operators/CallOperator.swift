import ColumnarCore

/// Calls one user-defined function on the consumers of an exchange and appends its column.
package struct CallOperator: PhysicalOperator {
  package private(set) var label: String
  package let metrics = OperatorMetrics()
  package var keepsRows: Bool { true }
  private let function: UserFunction
  private let arguments: [Evaluator]
  private let rows: Evaluator?
  private let schema: Schema
  /// Bounds the calls where the exchange, which has other calls behind it too, does not.
  private var gate: CallGate?

  package init(
    _ call: LogicalPlan.CallColumn, input: [BoundColumn], text: String
  ) {
    function = call.function
    arguments = call.arguments.map { Evaluator($0, inputs: input) }
    rows = call.rows.map { Evaluator($0, inputs: input) }
    schema = Schema(unchecked: (input + [call.column]).map { Field($0.name, $0.type) })
    label = "Call \(text)"
  }

  /// The same call, of which at most so many are in flight unless something bounds them already.
  func bounded(to slots: Int) -> CallOperator {
    // Calls of an async function are bounded one by one.
    guard gate == nil, function.kind != .async else { return self }
    var call = self
    call.gate = CallGate(slots)
    call.label += ", at most \(slots) at once"
    return call
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    let result = try result(batch, query)
    return try emit(
      Batch(unchecked: schema, columns: batch.columns + [result], count: batch.count))
  }

  /// The results for the rows that the call is made for, and nulls for the others.
  private func result(_ batch: Batch, _ query: QueryContext) throws -> Column {
    guard let selection = try rows?.evaluate(batch, query.evaluation).selection,
      selection.setCount < batch.count
    else { return try call(batch, query) }
    let indices = RowIndices(selectedBy: selection)
    if indices.count == 0 { return .nulls(of: function.resultType, count: batch.count) }
    let part = try Evaluator.mappingRows(indices) { try call(batch.taking(indices), query) }
    return part.taking(indices.inverted(count: batch.count))
  }

  private func call(_ batch: Batch, _ query: QueryContext) throws -> Column {
    let columns = try arguments.map { try $0.evaluate(batch, query.evaluation) }
    let call = { try query.evaluation.call(function, columns, count: batch.count) }
    return try gate?.run(query.cancellation, call) ?? call()
  }
}
