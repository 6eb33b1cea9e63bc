import ColumnarCore

/// Rows in memory as a table: what a `DataFrame` is scanned as.
package struct MemoryTable: TableSource {
  package let name: String
  package let schema: Schema
  package let partitions: [[Batch]]

  package init(name: String = "memory", schema: Schema, partitions: [[Batch]]) {
    self.name = name
    self.schema = schema
    self.partitions = partitions
  }

  package var rowCount: Int? { partitions.reduce(0) { $1.reduce($0) { $0 + $1.count } } }

  package func morsels(_ request: ScanRequest) -> [Morsel] {
    let fields = Schema(unchecked: request.columns.map { schema[$0] })
    var left = request.limit ?? .max
    var firstRow = 0
    var morsels: [Morsel] = []
    for (number, batches) in partitions.enumerated() {
      for batch in batches where left > 0 {
        let rows = min(batch.count, left)
        left -= rows
        let part = Batch(
          unchecked: fields, columns: request.columns.map { batch.columns[$0] }, count: batch.count)
        for start in stride(from: 0, to: rows, by: request.morselRows) {
          let range = start..<min(rows, start + request.morselRows)
          morsels.append(
            Self.morsel(part, range, number, firstRow: firstRow + start, request.batchRows))
        }
        firstRow += batch.count
      }
    }
    return morsels
  }

  /// A range of a batch, read in slices of the size that stays in cache.
  private static func morsel(
    _ batch: Batch, _ range: Range<Int>, _ partition: Int, firstRow: Int, _ size: Int
  ) -> Morsel {
    Morsel(partition: partition, firstRow: firstRow) { emit in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
        let slice = batch.slice(start..<min(range.upperBound, start + size))
        if try emit(slice) == .done { return }
      }
    }
  }
}
