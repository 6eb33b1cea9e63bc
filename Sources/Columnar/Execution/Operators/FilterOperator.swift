import ColumnarCore

/// Keeps the rows for which all conditions are true.
///
/// Conditions that can fail are looked at one after the other, each on the rows that the ones
/// before it kept.
package struct FilterOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  private let conditions: [Evaluator]
  /// The positions of the columns that go on.
  private let kept: [Int]
  private let schema: Schema

  package init(
    _ predicate: BoundExpr, input: [BoundColumn], kept: [Int], text: String
  ) {
    var groups: [BoundExpr] = []
    for part in predicate.conjuncts {
      if part.canFail || groups.last.map(\.canFail) ?? true {
        groups.append(part)
      } else if let last = groups.popLast() {
        groups.append(.logical(.and, last, part))
      }
    }
    conditions = groups.map { Evaluator($0, inputs: input) }
    self.kept = kept
    schema = Schema(unchecked: kept.map { Field(input[$0].name, input[$0].type) })
    label = "Filter \(text)"
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    let selection = try conditions[0].evaluate(batch, query.evaluation).selection
    if conditions.count == 1 {
      let kept = projected(batch).filtered(by: selection)
      return kept.count == 0 ? .more : try emit(kept)
    }
    var rows = RowIndices(selectedBy: selection)
    for condition in conditions.dropFirst() where rows.count > 0 {
      let part = batch.taking(rows)
      let selected = try Evaluator.mappingRows(rows) {
        try condition.evaluate(part, query.evaluation).selection
      }
      rows = rows.filtered(by: selected)
    }
    return rows.count == 0 ? .more : try emit(projected(batch).taking(rows))
  }

  private func projected(_ batch: Batch) -> Batch {
    Batch(unchecked: schema, columns: kept.map { batch.columns[$0] }, count: batch.count)
  }
}
