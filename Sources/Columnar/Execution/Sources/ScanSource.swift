import ColumnarCore
import ColumnarIO

/// A table as the source of a chain.
package struct ScanSource: MorselSource {
  package let label: String
  package var inputs: [Chain] { [] }
  let table: any TableSource
  let positions: [Int]
  let limit: Int?
  let selection: (positions: [Int], predicate: Evaluator)?
  /// The parts of the predicate that are joined by `&&`.
  let parts: [(positions: [Int], predicate: Evaluator)]
  let condition: RowCondition
  let morselRows: Int
  private let metrics = OperatorMetrics()
  private let counts = ScanCounts()
  package var readMetrics: OperatorMetrics? { metrics }
  package var figures: String {
    [metrics.readText, counts.text].filter { !$0.isEmpty }.joined(separator: "; ")
  }
  /// Of a file whose reader drops rows, nobody knows which are left.
  package var items: ItemPlace? { selection == nil ? .items : nil }

  package func prepare(_ query: QueryContext, batchRows: Int) throws -> [Morsel] {
    let selection = selection.map { selection in
      ScanRequest.Selection(
        columns: selection.positions, condition: condition,
        parts: parts.map { part in
          ScanRequest.Selection.Part(columns: part.positions) { batch in
            try part.predicate.evaluate(batch, query.evaluation).selection
          }
        }
      ) { batch in
        try selection.predicate.evaluate(batch, query.evaluation).selection
      }
    }
    return try table.morsels(
      ScanRequest(
        columns: positions, limit: limit, selection: selection, morselRows: morselRows,
        // A condition is computed with, and leaves the more out the smaller batches are.
        batchRows: selection == nil ? batchRows : query.configuration.batchRows, counts: counts))
  }
}
