extension Column {
  /// The rows whose bit is set.
  ///
  /// Cost: for fixed widths a pass over the bits and one over the kept values.
  package func filtered(by selection: Bitmap) -> Column {
    precondition(selection.count == count)
    return taking(RowIndices(selectedBy: selection))
  }
}

extension Batch {
  /// The rows whose bit is set; the row numbers are found once for all columns.
  package func filtered(by selection: Bitmap) -> Batch {
    precondition(selection.count == count)
    let kept = selection.setCount
    if kept == count { return self }
    if kept == 0 { return slice(0..<0) }
    return taking(RowIndices(selectedBy: selection))
  }

  /// The rows at `indices`, in that order.
  package func taking(_ indices: RowIndices) -> Batch {
    Batch(
      unchecked: schema, columns: columns.map { $0.taking(indices) }, count: indices.count)
  }
}
