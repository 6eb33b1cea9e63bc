import ColumnarCore
import ColumnarIO

@_exported public import struct ColumnarIO.FileSetOptions
@_exported public import struct ColumnarIO.ParquetReadOptions

extension LazyFrame {
  /// A query over a Parquet file, all `.parquet` files in a folder and beneath it, or all files that
  /// match a pattern such as `data/2026-*.parquet` or `data/**/*.parquet`, in the order of their
  /// paths.
  ///
  /// Files are mapped into memory. Only the columns that the query uses are decoded, and only of row
  /// groups and pages that by statistics, page index and bloom filters may hold rows that its filters
  /// keep; a filter's columns come first, the others where it keeps something. The number of rows is
  /// known without decoding anything.
  ///
  /// Of several files columns are found by name, numbers of different widths are widened, and what a
  /// file lacks is null. Folders named `key=value` are columns; files that filters on those leave
  /// out are not read. `files` says more.
  ///
  /// Intervals, decimals of more than 38 digits and encrypted files are refused, as are bytes that
  /// break the format, by an error that names file and byte.
  public static func scan(
    parquet path: String, options: ParquetReadOptions = ParquetReadOptions(),
    files: FileSetOptions = FileSetOptions()
  ) -> LazyFrame {
    LazyFrame(
      .deferred(name: path) {
        let found = try FilePattern.files(path, suffixes: [".parquet"])
        return try ParquetTable(found, name: path, options: options, files: files)
      })
  }

  /// A query over the rows of several Parquet files, one after the other; see
  /// `scan(parquet:options:files:)`.
  public static func scan(
    parquet paths: [String], options: ParquetReadOptions = ParquetReadOptions(),
    files: FileSetOptions = FileSetOptions()
  ) -> LazyFrame {
    let name = paths.count == 1 ? paths[0] : "\(paths.first ?? "") and \(paths.count - 1) more"
    return LazyFrame(
      .deferred(name: name) {
        try ParquetTable(
          paths.map(FilePattern.named), name: name, options: options, files: files)
      })
  }
}
