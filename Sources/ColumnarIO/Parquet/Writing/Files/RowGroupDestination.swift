import ColumnarCore

/// Where row groups go: a file, or several.
///
/// `route` and `rest` are called by one thread at a time, and so is `write`, but not necessarily by
/// the same.
package protocol RowGroupDestination: Sendable {
  /// Makes chunks of columns, on any thread.
  var encoder: ColumnEncoder { get }
  /// Takes rows; gives the row groups that are full.
  func route(_ batch: Batch) throws -> [RowGroupWork]
  /// Row groups of what is left when all rows are in; called until it gives none.
  func rest() throws -> [RowGroupWork]
  /// Writes a row group whose columns are encoded.
  func write(_ work: RowGroupWork) throws
  /// Makes what was written appear.
  func finish() throws
}
