import ColumnarCore

/// Runs a scan batch by batch; it must see the batches one after the other, in order.
package final class ScanOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  package var keepsRows: Bool { true }
  private let scan: ScanCall
  private let schema: Schema
  private let progress = Monitor<ScanProgress?>(nil)

  package init(_ scan: ScanCall, _ columns: [BoundColumn], text: String) {
    self.scan = scan
    schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
    label = "Scan \(text)"
  }

  package func prepare(_ query: QueryContext) throws {
    let started = try ScanProgress(scan)
    progress.withLock { $0 = started }
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    guard let progress = progress.withLock({ $0 }) else {
      throw ColumnarError(.internal, "a scan ran before it was started.")
    }
    let rows = try scan.rows(of: batch, query)
    var result = try Evaluator.mappingRows(rows.chosen) { try progress.step(rows, query) }
    if let chosen = rows.chosen { result = result.taking(chosen.inverted(count: batch.count)) }
    return try emit(
      Batch(unchecked: schema, columns: batch.columns + [result], count: batch.count))
  }
}

extension Evaluator {
  /// As `mappingRows`, where all rows may be meant.
  fileprivate static func mappingRows<R>(
    _ indices: RowIndices?, _ body: () throws -> R
  ) throws -> R {
    guard let indices else { return try body() }
    return try mappingRows(indices, body)
  }
}
