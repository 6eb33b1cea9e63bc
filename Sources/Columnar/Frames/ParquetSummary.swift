import ColumnarCore
import ColumnarIO

/// What the footer of a Parquet file says, read without decoding any data.
public struct ParquetSummary: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of row groups.
  public let rowGroupCount: Int
  /// What wrote the file, as it says itself.
  public let createdBy: String?
  /// The bytes of all columns as they lie in the file, and without compression.
  public let compressedSize: Int
  public let uncompressedSize: Int
  /// A row for each column of each row group: `row_group`, `column` (of nested ones the path to the
  /// values), `type`, `rows`, `nulls`, `min`, `max` (text; null where the file does not say),
  /// `encodings`, `codec`, `compressed` and `uncompressed` (bytes).
  public let columns: DataFrame

  /// Reads the footer of the file at `path`.
  public init(_ path: String) throws {
    var options = ParquetReadOptions()
    options.unsupportedColumns = .omit
    let file = try ParquetFile(path: path, options: options)
    let chunks = file.chunkSummaries
    rowCount = file.metadata.rowCount
    rowGroupCount = file.metadata.rowGroups.count
    createdBy = file.metadata.createdBy
    compressedSize = chunks.reduce(0) { $0 &+ $1.compressedSize }
    uncompressedSize = chunks.reduce(0) { $0 &+ $1.uncompressedSize }
    let types: [String] = chunks.map { "\($0.type)" }
    let least: [String?] = chunks.map { Self.text($0.minimum) }
    let greatest: [String?] = chunks.map { Self.text($0.maximum) }
    let encodings: [String] = chunks.map { $0.encodings.joined(separator: " ") }
    columns = try DataFrame([
      "row_group": chunks.map(\.rowGroup), "column": chunks.map(\.column), "type": types,
      "rows": chunks.map(\.rows), "nulls": chunks.map(\.nulls), "min": least, "max": greatest,
      "encodings": encodings, "codec": chunks.map(\.codec),
      "compressed": chunks.map(\.compressedSize), "uncompressed": chunks.map(\.uncompressedSize),
    ])
  }

  private static func text(_ bound: Column?) -> String? { bound.map { $0.text(at: 0) } }
}
