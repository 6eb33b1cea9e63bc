import ColumnarCore
import ColumnarIO

@_exported public import struct ColumnarIO.ParquetReadOptions

extension LazyFrame {
  /// A query over a Parquet file, all `.parquet` files of a folder, or all files that match a pattern
  /// such as `data/2026-*.parquet`, in the order of their names.
  ///
  /// Files are mapped into memory. Only the columns that the query uses are decoded, and only of row
  /// groups that by their statistics may hold rows that its filters keep; a filter's columns come
  /// first, the others where it keeps something. The number of rows is known without decoding
  /// anything. Of several files columns are found by name; what a file lacks is null.
  ///
  /// Intervals, decimals of more than 38 digits and encrypted files are refused, as are bytes that
  /// break the format, by an error that names file and byte.
  public static func scan(
    parquet path: String, options: ParquetReadOptions = ParquetReadOptions()
  ) -> LazyFrame {
    LazyFrame(
      .deferred(name: path) {
        let paths = try FilePattern.paths(path, suffix: ".parquet")
        return try ParquetTable(paths, name: path, options: options)
      })
  }

  /// A query over the rows of several Parquet files, one after the other; see `scan(parquet:)`.
  public static func scan(
    parquet paths: [String], options: ParquetReadOptions = ParquetReadOptions()
  ) -> LazyFrame {
    let name = paths.count == 1 ? paths[0] : "\(paths.first ?? "") and \(paths.count - 1) more"
    return LazyFrame(
      .deferred(name: name) { try ParquetTable(paths, name: name, options: options) })
  }
}
