import ColumnarCore

/// Makes batches a file: they are encoded on any thread, and written in the order of the rows.
package protocol BatchWriter: Sendable {
  associatedtype Encoded: Sendable
  /// The bytes of a batch; called by several threads at once.
  func encode(_ batch: Batch) throws -> Encoded
  /// Appends what was encoded; called by one thread at a time, in order.
  func write(_ encoded: Encoded) throws
  /// Makes the file appear; called once, last.
  func finish() throws
}
