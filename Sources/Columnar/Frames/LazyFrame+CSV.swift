import ColumnarCore
import ColumnarIO

@_exported public import enum ColumnarIO.BadRowPolicy
@_exported public import struct ColumnarIO.CSVReadOptions
@_exported public import struct ColumnarIO.CSVWriteOptions
@_exported public import enum ColumnarIO.TextCompression
@_exported public import enum ColumnarIO.TextEncoding

extension LazyFrame {
  /// A query over a CSV file, plain or packed with gzip or zstd, or over standard input, whose path
  /// is `-` and which can be read once.
  ///
  /// A path may also be a folder, for all files in it whose names end in `.csv`, `.csv.gz` or
  /// `.csv.zst`, or a pattern such as `data/*.csv.gz`: columns are then found by name, what a file
  /// lacks is null, and where types were inferred differently all files are read as the one that
  /// takes all values. Folders named `key=value` are columns; files that filters on those leave out
  /// are not read. `files` says more.
  ///
  /// The file is opened, its header read and its types inferred when the query runs or is
  /// explained. Only the columns and, where they suffice, only the rows that the query uses are
  /// parsed. A bad row is an error that names file, line, column and text; to go on without bad
  /// rows and look at them later, open a `CSVFile`.
  public static func scan(
    csv path: String, options: CSVReadOptions = CSVReadOptions(),
    files: FileSetOptions = FileSetOptions()
  ) -> LazyFrame {
    LazyFrame(.deferred(name: path) { try TextFiles(csv: path, options, files).table })
  }
}

extension LazyFrame {
  /// Runs the query and writes its rows, in order and in bounded memory, to a CSV file; packed with
  /// gzip if the name ends in `.gz`, with zstd if in `.zst`, and to standard output if the path is
  /// `-`.
  ///
  /// The file appears under its name only when it is complete; an error or a cancelled task leaves
  /// nothing behind, and a file that was there before as it was.
  ///
  /// Gives the number of rows, and those whose functions failed under `onError: .collect`.
  @discardableResult
  public func write(
    csv path: String, options: CSVWriteOptions = CSVWriteOptions(),
    on engine: any Engine = .columnar
  ) throws -> WriteSummary {
    try Query(self, engine).write(Cancellation()) { schema in
      CSVBatchWriter(try CSVWriter(path: path, schema: schema, options: options))
    }
  }
}

extension DataFrame {
  /// Writes the rows to a CSV file; see `LazyFrame.write(csv:options:on:)`.
  @discardableResult
  public func write(
    csv path: String, options: CSVWriteOptions = CSVWriteOptions()
  ) throws -> WriteSummary {
    try lazy.write(csv: path, options: options)
  }
}

/// Text made on all threads, written by one at a time.
///
/// `@unchecked Sendable`: the sink calls `write` and `finish` by one thread at a time, and the
/// formatter is constant.
private struct CSVBatchWriter: BatchWriter, @unchecked Sendable {
  let writer: CSVWriter

  init(_ writer: CSVWriter) { self.writer = writer }

  func encode(_ batch: Batch) throws -> Buffer {
    var text = MutableBuffer(capacity: batch.count * 16)
    try writer.formatter.append(batch, to: &text)
    return text.freeze()
  }

  func write(_ encoded: Buffer) throws {
    try encoded.withBytes { try writer.write(formatted: $0) }
  }

  func finish() throws { try writer.finish() }
}

/// Opened CSV files, whose bad rows can be looked at after they were read.
public struct CSVFile: Sendable {
  private let files: TextFiles

  /// Opens a file, or all that a folder or pattern stands for, and infers the types.
  ///
  /// With `options.badRows` at `.collect`, rows that cannot be read are left out and noted in
  /// `rejects`; the limit is that of each file.
  public init(
    _ path: String, options: CSVReadOptions = CSVReadOptions(),
    files set: FileSetOptions = FileSetOptions()
  ) throws {
    files = try TextFiles(csv: path, options, set)
  }

  /// The names and types of the columns.
  public var schema: Schema { files.table.schema }

  /// A query over the rows.
  public var lazy: LazyFrame { LazyFrame(.table(files.table)) }

  /// The rows that were left out by all queries so far: file, line, column, text and reason.
  public var rejects: DataFrame { files.rejects }
}
