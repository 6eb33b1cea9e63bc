import ColumnarCore

/// The result of a breaker (a sort, an aggregate, a limit) as the source of what stands above it:
/// computed in full when the query gets there.
package struct BreakerSource: MorselSource {
  package let label: String
  package let inputs: [Chain]
  package let items: ItemPlace?
  private let metrics = OperatorMetrics()
  package var readMetrics: OperatorMetrics? { nil }
  package var figures: String { metrics.resultText }
  private let schema: Schema
  private let compute: @Sendable (QueryContext) throws -> [[Batch]]
  private let morselSize: MorselSize

  /// - Parameters:
  ///   - items: which items the rows of the result are, where there is one for each.
  ///   - compute: gives the batches of each partition, in order.
  package init(
    _ label: String, inputs: [Chain], columns: [BoundColumn], morselSize: MorselSize,
    items: ItemPlace? = nil,
    _ compute: @escaping @Sendable (QueryContext) throws -> [[Batch]]
  ) {
    self.label = label
    self.inputs = inputs
    self.items = items
    self.compute = compute
    self.morselSize = morselSize
    schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
  }

  package func prepare(_ query: QueryContext, batchRows: Int) throws -> [Morsel] {
    let table = MemoryTable(schema: schema, partitions: try partitions(query))
    return table.morsels(
      ScanRequest(
        columns: Array(0..<schema.count), limit: nil, selection: nil,
        morselRows: morselSize.rows(ofResult: table.rowCount ?? 0),
        batchRows: batchRows))
  }

  /// The result itself, without cutting it into morsels.
  package func partitions(_ query: QueryContext) throws -> [[Batch]] {
    let began = MonotonicClock.nanoseconds()
    let result = try compute(query)
    metrics.add(nanoseconds: MonotonicClock.nanoseconds() - began)
    for batches in result { metrics.countOutput(batches.reduce(0) { $0 + $1.count }) }
    return result
  }
}
