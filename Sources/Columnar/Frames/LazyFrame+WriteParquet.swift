import ColumnarCore
import ColumnarIO

@_exported public import struct ColumnarIO.ParquetCompression
@_exported public import struct ColumnarIO.ParquetWriteOptions

extension LazyFrame {
  /// Runs the query and writes its rows, in order and in bounded memory, to a Parquet file.
  ///
  /// Row groups are encoded on all compute threads, column by column. The file appears under its
  /// name only when it is complete; an error or a cancelled task leaves nothing behind, and a file
  /// that was there before as it was. Opaque columns and structs without fields are an error.
  ///
  /// Gives the number of rows, and those whose functions failed under `onError: .collect`.
  @discardableResult
  public func write(
    parquet path: String, options: ParquetWriteOptions = ParquetWriteOptions(),
    on engine: any Engine = .columnar
  ) throws -> WriteSummary {
    try Query(self, engine).write(Cancellation()) { schema, query in
      RowGroupSink(
        try ParquetFileDestination(path: path, schema: schema, options: options),
        query, rowGroupBytes: options.rowGroupBytes)
    }
  }
}

/// What becomes of a folder that is to be written and exists.
public enum ExistingFolder: Sendable, Hashable {
  /// It is an error, unless the folder is empty.
  case fail
  /// It is replaced by the new one with all that is in it, once that is whole.
  case replace
}

extension LazyFrame {
  /// Runs the query and writes its rows to a folder of Parquet files, split by the values of some
  /// columns: `folder/key=value/part-0.parquet`, as Hive has it.
  ///
  /// Those columns are told by the folders' names and not written: text as in addresses (`%2F` for
  /// a slash), null as `__HIVE_DEFAULT_PARTITION__`. Within a file rows keep their order. The whole
  /// folder appears under its name in one step when it is complete; where it replaces another on a
  /// file system that cannot exchange two names, there is none for a moment. What is waiting to be
  /// written takes no more memory than some row groups, however many values the keys have; with
  /// very many, a value may get several files.
  @discardableResult
  public func write(
    parquet folder: String, partitionedBy keys: [String], ifExists: ExistingFolder = .fail,
    options: ParquetWriteOptions = ParquetWriteOptions(), on engine: any Engine = .columnar
  ) throws -> WriteSummary {
    try Query(self, engine).write(Cancellation()) { schema, query in
      RowGroupSink(
        try ParquetFolderDestination(
          path: folder, schema: schema, keys: keys, replaces: ifExists == .replace,
          options: options),
        query, rowGroupBytes: options.rowGroupBytes)
    }
  }
}

extension DataFrame {
  /// Writes the rows to a folder of Parquet files, split by the values of some columns; see
  /// `LazyFrame.write(parquet:partitionedBy:ifExists:options:on:)`.
  @discardableResult
  public func write(
    parquet folder: String, partitionedBy keys: [String], ifExists: ExistingFolder = .fail,
    options: ParquetWriteOptions = ParquetWriteOptions()
  ) throws -> WriteSummary {
    try lazy.write(parquet: folder, partitionedBy: keys, ifExists: ifExists, options: options)
  }

  /// Writes the rows to a Parquet file; see `LazyFrame.write(parquet:options:on:)`.
  @discardableResult
  public func write(
    parquet path: String, options: ParquetWriteOptions = ParquetWriteOptions()
  ) throws -> WriteSummary {
    try lazy.write(parquet: path, options: options)
  }
}
