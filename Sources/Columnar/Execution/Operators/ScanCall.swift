import ColumnarCore

/// The call of a scan, and where a batch has what it needs.
package struct ScanCall: Sendable {
  package let function: UserFunction
  private let arguments: [Evaluator]
  private let keys: [Evaluator]
  /// True for the rows that the call is made for.
  private let rows: Evaluator?
  package let keyTypes: [DataType]

  package init(_ call: LogicalPlan.CallColumn, input: [BoundColumn]) {
    function = call.function
    let count = call.function.dataParameters.count
    arguments = call.arguments.prefix(count).map { Evaluator($0, inputs: input) }
    keys = call.arguments.dropFirst(count).map { Evaluator($0, inputs: input) }
    keyTypes = keys.map(\.expr.type)
    rows = call.rows.map { Evaluator($0, inputs: input) }
  }

  /// The rows of a batch that the scan sees.
  package struct Rows: Sendable {
    let arguments: [Column]
    let keys: [Column]
    let count: Int
    /// Which rows of the batch they are; nil: all.
    let chosen: RowIndices?

    func taking(_ rows: RowIndices) -> Rows {
      Rows(
        arguments: arguments.map { $0.taking(rows) }, keys: keys.map { $0.taking(rows) },
        count: rows.count, chosen: nil)
    }

    /// The row of the batch that row `row` is.
    func row(_ row: Int) -> Int {
      chosen.map { row < $0.count ? $0.row(at: row) : row } ?? row
    }
  }

  /// What the scan sees of a batch.
  package func rows(of batch: Batch, _ query: QueryContext) throws -> Rows {
    guard let selection = try rows?.evaluate(batch, query.evaluation).selection,
      selection.setCount < batch.count
    else { return try allRows(of: batch, nil, query) }
    let chosen = RowIndices(selectedBy: selection)
    return try Evaluator.mappingRows(chosen) {
      try allRows(of: batch.taking(chosen), chosen, query)
    }
  }

  private func allRows(
    of batch: Batch, _ chosen: RowIndices?, _ query: QueryContext
  ) throws -> Rows {
    Rows(
      arguments: try arguments.map { try $0.evaluate(batch, query.evaluation) },
      keys: try keys.map { try $0.evaluate(batch, query.evaluation) }, count: batch.count,
      chosen: chosen)
  }
}
