import ColumnarCore

/// Deals rows into partitions.
package struct Repartitioning: Sendable {
  let count: Int
  /// Rows with equal keys go to one partition; without keys rows are dealt evenly, in order.
  let keys: [Evaluator]

  func partitions(of batches: [Batch], _ query: QueryContext) throws -> [[Batch]] {
    keys.isEmpty ? even(batches) : try byKeys(batches, query)
  }

  private func even(_ batches: [Batch]) -> [[Batch]] {
    let total = batches.reduce(0) { $0 + $1.count }
    var result = [[Batch]](repeating: [], count: count)
    var row = 0
    for batch in batches {
      var start = 0
      while start < batch.count {
        let partition = Swift.min(count - 1, row * count / Swift.max(1, total))
        // The first row of the next partition.
        let boundary = ((partition + 1) * total + count - 1) / count
        let length = Swift.min(batch.count - start, Swift.max(1, boundary - row))
        result[partition].append(batch.slice(start..<(start + length)))
        start += length
        row += length
      }
    }
    return result
  }

  private func byKeys(_ batches: [Batch], _ query: QueryContext) throws -> [[Batch]] {
    var result = [[Batch]](repeating: [], count: count)
    var before = 0
    for batch in batches {
      try query.cancellation.check()
      let columns: [Column]
      do { columns = try keys.map { try $0.evaluate(batch, query.evaluation) } } catch {
        throw ColumnarError.wrapping(error, as: .udf).shiftingRow(by: before)
      }
      before += batch.count
      let hashes = RowHash.hash(columns)
      var rows = [[Int32]](repeating: [], count: count)
      hashes.withBytes { bytes in
        for row in 0..<batch.count {
          let hash = bytes.loadUnaligned(fromByteOffset: row * 8, as: UInt64.self)
          rows[Int(hash.multipliedFullWidth(by: UInt64(count)).high)].append(Int32(row))
        }
      }
      for (partition, indices) in rows.enumerated() where !indices.isEmpty {
        result[partition].append(batch.taking(RowIndices(indices)))
      }
    }
    return result
  }
}
