import ColumnarCore
import ColumnarIO

/// What the footers of Parquet files say, read without decoding any data.
public struct ParquetSummary: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of row groups.
  public let rowGroupCount: Int
  /// The rows of the smallest and of the largest row group; nil without any.
  public let rowGroupRows: ClosedRange<Int>?
  /// What wrote the file, as it says itself; of several the first.
  public let createdBy: String?
  /// What the writer left by key, as `ParquetWriteOptions.metadata`, but for the Arrow schema; of
  /// several files that of the first.
  public let metadata: [String: String]
  /// The bytes of all columns as they lie in the files, and without compression.
  public let compressedSize: Int
  public let uncompressedSize: Int
  /// A row for each column of each row group: `row_group`, `column` (of nested ones the path to the
  /// values), `type`, `rows`, `nulls`, `min`, `max` (text; null where the file does not say),
  /// `encodings`, `codec`, `compressed` and `uncompressed` (bytes); of several files also `file`.
  public let columns: DataFrame
  /// A row for each column over all row groups: as `columns`, without `row_group` and `file`.
  public let totals: DataFrame

  /// Reads the footer of the file at `path`.
  public init(_ path: String) throws { try self.init([path]) }

  /// Reads the footers of files.
  public init(_ paths: [String]) throws {
    var options = ParquetReadOptions()
    options.unsupportedColumns = .omit
    let files = try paths.map { try ParquetFile(path: $0, options: options) }
    let summaries = files.map(\.chunkSummaries)
    let chunks = summaries.flatMap { $0 }
    let groups = files.flatMap { $0.metadata.rowGroups.map(\.rowCount) }
    rowCount = files.reduce(0) { $0 &+ $1.metadata.rowCount }
    rowGroupCount = groups.count
    rowGroupRows = groups.min().flatMap { least in groups.max().map { least...$0 } }
    createdBy = files.first?.metadata.createdBy
    metadata = files.first?.metadata.pairs ?? [:]
    compressedSize = chunks.reduce(0) { $0 &+ $1.compressedSize }
    uncompressedSize = chunks.reduce(0) { $0 &+ $1.uncompressedSize }
    columns = try Self.columns(
      chunks,
      files: zip(paths, summaries).flatMap { path, summaries in
        summaries.map { _ in path }
      })
    totals = try ParquetTotals(chunks).frame()
  }

  private static func columns(
    _ chunks: [ParquetChunkSummary], files: [String]
  ) throws -> DataFrame {
    let types: [String] = chunks.map { "\($0.type)" }
    let least: [String?] = chunks.map { $0.minimum?.text(at: 0) }
    let greatest: [String?] = chunks.map { $0.maximum?.text(at: 0) }
    let encodings: [String] = chunks.map { $0.encodings.joined(separator: " ") }
    let frame = try DataFrame([
      "file": files, "row_group": chunks.map(\.rowGroup), "column": chunks.map(\.column),
      "type": types, "rows": chunks.map(\.rows), "nulls": chunks.map(\.nulls), "min": least,
      "max": greatest, "encodings": encodings, "codec": chunks.map(\.codec),
      "compressed": chunks.map(\.compressedSize), "uncompressed": chunks.map(\.uncompressedSize),
    ])
    guard Set(files).count < 2 else { return frame }
    return try frame.query { $0.select(frame.schema.names.filter { $0 != "file" }) }
  }
}
