import ColumnarCore

/// What a reader of a file wants of it.
package struct ReadRequest: Sendable {
  /// A filter that runs inside the reader, so that the other columns are made for the kept rows
  /// only.
  package struct Selection: Sendable {
    /// The positions in the file's schema of the columns that the filter looks at; they need not be
    /// among those asked for.
    package let columns: [Int]
    /// A bit per row of a batch of just these columns: whether to keep it.
    package let keep: @Sendable (Batch) throws -> Bitmap

    package init(columns: [Int], keep: @escaping @Sendable (Batch) throws -> Bitmap) {
      self.columns = columns
      self.keep = keep
    }
  }

  /// The positions in the file's schema of the columns to give out, in that order; none to count
  /// rows only.
  package var columns: [Int]
  /// The most rows to give out per split, nil for all.
  package var limit: Int?
  /// The rows to give out, nil for all.
  package var selection: Selection?

  package init(columns: [Int], limit: Int? = nil, selection: Selection? = nil) {
    self.columns = columns
    self.limit = limit
    self.selection = selection
  }
}
