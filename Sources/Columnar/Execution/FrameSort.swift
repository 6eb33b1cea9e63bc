import ColumnarCore

/// Sorts all rows of a frame by computed keys.
package struct FrameSort: Sendable {
  let keys: [Evaluator]
  let order: [(descending: Bool, nullsFirst: Bool)]
  let limit: Int?

  /// The rows in order, in batches that threads can go on with.
  func sorted(_ batches: [Batch], _ schema: Schema, _ query: QueryContext) throws -> [Batch] {
    let rows = try query.concatenated(batches, schema)
    guard rows.count > 1 else { return rows.count == 0 ? [] : [rows] }
    guard rows.count <= Int(Int32.max) else {
      throw ColumnarError(
        .resourcesExhausted, "\(rows.count) rows are to be sorted; 2^31 are the most.",
        context: [.plan("sort")])
    }
    if let column = onlyColumn(of: rows) {
      let sorted = Sorting.sortedValues(
        column, descending: order[0].descending, nullsFirst: order[0].nullsFirst,
        parallel: query.lending)
      try query.cancellation.check()
      let batch = Batch(unchecked: schema, columns: [sorted], count: sorted.count)
      return [limit.map { batch.slice(0..<min($0, batch.count)) } ?? batch]
    }
    let columns = try keys.map { key in
      try query.cancellation.check()
      return try key.evaluate(rows, query.evaluation)
    }
    let sortKeys = zip(columns, order).map {
      SortKey($0, descending: $1.descending, nullsFirst: $1.nullsFirst)
    }
    let indices =
      limit.map { Sorting.topK(sortKeys, $0, parallel: query.lending) }
      ?? Sorting.order(sortKeys, parallel: query.lending)
    try query.cancellation.check()
    return [try gather(rows, indices, query)]
  }

  /// The only column where a frame of one column is sorted by it, and equal values cannot be told
  /// apart.
  private func onlyColumn(of rows: Batch) -> Column? {
    guard keys.count == 1, rows.columns.count == 1, case .column = keys[0].expr,
      !rows.columns[0].type.isFloatingPoint
    else { return nil }
    return rows.columns[0]
  }

  /// Gathers the columns in the new order, each on some thread.
  private func gather(
    _ rows: Batch, _ indices: RowIndices, _ query: QueryContext
  ) throws -> Batch {
    let results = Monitor(rows.columns)
    try query.parallel(rows.columns.count) { k in
      let column = rows.columns[k].taking(indices)
      results.withLock { $0[k] = column }
    }
    return Batch(
      unchecked: rows.schema, columns: results.withLock { $0 }, count: indices.count)
  }
}
