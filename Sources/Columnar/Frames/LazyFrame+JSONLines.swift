import ColumnarCore
import ColumnarIO

@_exported public import struct ColumnarIO.JSONLinesReadOptions
@_exported public import struct ColumnarIO.JSONLinesWriteOptions

extension LazyFrame {
  /// A query over a JSON Lines file (also called NDJSON), plain or packed with gzip or zstd, or over
  /// standard input, whose path is `-` and which can be read once.
  ///
  /// A path may also be a folder, for all files in it whose names end in `.jsonl` or `.ndjson`, also
  /// with `.gz` or `.zst`, or a pattern such as `data/*.jsonl.gz`: columns are then found by name,
  /// what a file lacks is null, and where types were inferred differently all files are read as the
  /// one that takes all values, objects with the keys of all. Folders named `key=value` are columns;
  /// files that filters on those leave out are not read. `files` says more.
  ///
  /// The file is opened and its columns and types inferred when the query runs or is explained.
  /// Only the keys that the query uses are parsed. A bad line is an error that names file, line,
  /// column and text; to go on without bad lines and look at them later, open a `JSONLinesFile`.
  public static func scan(
    jsonLines path: String, options: JSONLinesReadOptions = JSONLinesReadOptions(),
    files: FileSetOptions = FileSetOptions()
  ) -> LazyFrame {
    LazyFrame(.deferred(name: path) { try TextFiles(jsonLines: path, options, files).table })
  }

  /// Runs the query and writes its rows, in order and in bounded memory, to a JSON Lines file; packed
  /// with gzip if the name ends in `.gz`, with zstd if in `.zst`, and to standard output if the path
  /// is `-`.
  ///
  /// The file appears under its name only when it is complete; an error or a cancelled task leaves
  /// nothing behind, and a file that was there before as it was. Opaque columns are an error.
  ///
  /// Gives the number of rows, and those whose functions failed under `onError: .collect`.
  @discardableResult
  public func write(
    jsonLines path: String, options: JSONLinesWriteOptions = JSONLinesWriteOptions(),
    on engine: any Engine = .columnar
  ) throws -> WriteSummary {
    try Query(self, engine).write(Cancellation()) { schema in
      JSONLinesBatchWriter(try JSONLinesWriter(path: path, schema: schema, options: options))
    }
  }
}

extension DataFrame {
  /// The rows of a JSON Lines file; see `LazyFrame.scan(jsonLines:options:files:)`.
  public init(
    jsonLines path: String, options: JSONLinesReadOptions = JSONLinesReadOptions()
  ) throws {
    self = try LazyFrame.scan(jsonLines: path, options: options).collect()
  }

  /// Writes the rows to a JSON Lines file; see `LazyFrame.write(jsonLines:options:on:)`.
  @discardableResult
  public func write(
    jsonLines path: String, options: JSONLinesWriteOptions = JSONLinesWriteOptions()
  ) throws -> WriteSummary {
    try lazy.write(jsonLines: path, options: options)
  }
}

/// Text made on all threads, written by one at a time.
///
/// `@unchecked Sendable`: the sink calls `write` and `finish` by one thread at a time, and the
/// formatter is constant.
private struct JSONLinesBatchWriter: BatchWriter, @unchecked Sendable {
  let writer: JSONLinesWriter

  init(_ writer: JSONLinesWriter) { self.writer = writer }

  func encode(_ batch: Batch) throws -> Buffer {
    var text = MutableBuffer(capacity: batch.count * 32)
    try writer.formatter.append(batch, to: &text)
    return text.freeze()
  }

  func write(_ encoded: Buffer) throws {
    try encoded.withBytes { try writer.write(formatted: $0) }
  }

  func finish() throws { try writer.finish() }
}

/// Opened JSON Lines files, whose bad lines can be looked at after they were read.
public struct JSONLinesFile: Sendable {
  private let files: TextFiles

  /// Opens a file, or all that a folder or pattern stands for, and infers the columns.
  ///
  /// With `options.badRows` at `.collect`, lines that cannot be read are left out and noted in
  /// `rejects`; the limit is that of each file.
  public init(
    _ path: String, options: JSONLinesReadOptions = JSONLinesReadOptions(),
    files set: FileSetOptions = FileSetOptions()
  ) throws {
    files = try TextFiles(jsonLines: path, options, set)
  }

  /// The names and types of the columns.
  public var schema: Schema { files.table.schema }

  /// A query over the lines.
  public var lazy: LazyFrame { LazyFrame(.table(files.table)) }

  /// The lines that were left out by all queries so far: file, line, column, text and reason.
  public var rejects: DataFrame { files.rejects }
}
