import ColumnarCore

/// One Parquet file.
///
/// `@unchecked Sendable`: rows are routed by one thread at a time, and row groups written by one.
package final class ParquetFileDestination: RowGroupDestination, @unchecked Sendable {
  package let encoder: ColumnEncoder
  private let writer: ParquetWriter
  private let cutter: RowGroupCutter
  private var waiting = RowGroupCutter.Waiting()

  /// Starts a file; see `ParquetWriter`.
  package init(path: String, schema: Schema, options: ParquetWriteOptions) throws {
    writer = try ParquetWriter(path: path, schema: schema, options: options)
    encoder = writer.encoder
    cutter = RowGroupCutter(options)
  }

  package func route(_ batch: Batch) throws -> [RowGroupWork] {
    cutter.add(batch, to: &waiting).map { RowGroupWork($0, columns: encoder.columnCount) }
  }

  package func rest() throws -> [RowGroupWork] {
    cutter.rest(of: &waiting).map { [RowGroupWork($0, columns: encoder.columnCount)] } ?? []
  }

  package func write(_ work: RowGroupWork) throws { try writer.write(work.encoded) }

  package func finish() throws { try writer.finish() }
}
