import ColumnarCore

/// What came of a query whose result was written to a file.
public struct WriteSummary: Sendable {
  /// The number of rows written.
  public let rows: Int
  private let failedRows: Batch?

  package init(rows: Int, failedRows: Batch?) {
    self.rows = rows
    self.failedRows = failedRows
  }

  /// The rows whose functions failed under `onError: .collect`, as `DataFrame.failures` has them.
  public var failures: DataFrame { DataFrame(failedRows: failedRows) }
}
