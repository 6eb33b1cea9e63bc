import ColumnarCore
import ColumnarIO

@_exported public import enum ColumnarIO.ArrowCompression
@_exported public import enum ColumnarIO.ArrowLayout
@_exported public import struct ColumnarIO.ArrowWriteOptions

extension LazyFrame {
  /// A query over an Arrow file (also called Feather, version 2) or a saved Arrow stream; which it
  /// is is told by its first bytes.
  ///
  /// The file is mapped into memory and values are used where they lie; only the columns that the
  /// query uses are looked at. Bytes that break the format are an error that names file and byte.
  /// Intervals and unions are refused.
  ///
  /// A path may also be a folder, for all files in it and beneath whose names end in `.arrow`,
  /// `.arrows`, `.feather` or `.ipc`, or a pattern such as `data/*.arrow`: columns are then found by
  /// name, and folders named `key=value` are columns; `files` says more.
  public static func scan(
    arrow path: String, files: FileSetOptions = FileSetOptions()
  ) -> LazyFrame {
    LazyFrame(
      .deferred(name: path) {
        let found = try FilePattern.files(path, suffixes: FileFormat.arrowSuffixes)
        let sources = found.map { file in
          OnceOpened<any FileSource> { try ArrowSource(path: file.path) }
        }
        return try FilesTable.table(of: found, sources, format: "arrow", name: path, files)
      })
  }

  /// Runs the query and writes its rows, in order and in bounded memory, to an Arrow file.
  ///
  /// The file appears under its name only when it is complete; an error or a cancelled task leaves
  /// nothing behind, and a file that was there before as it was. Opaque columns are an error.
  ///
  /// Gives the number of rows, and those whose functions failed under `onError: .collect`.
  @discardableResult
  public func write(
    arrow path: String, options: ArrowWriteOptions = ArrowWriteOptions(),
    on engine: any Engine = .columnar
  ) throws -> WriteSummary {
    try Query(self, engine).write(Cancellation()) { schema in
      ArrowBatchWriter(try ArrowWriter(path: path, schema: schema, options: options), schema)
    }
  }
}

extension DataFrame {
  /// Writes the rows to an Arrow file; see `LazyFrame.write(arrow:options:on:)`.
  @discardableResult
  public func write(
    arrow path: String, options: ArrowWriteOptions = ArrowWriteOptions()
  ) throws -> WriteSummary {
    try lazy.write(arrow: path, options: options)
  }
}

/// Messages made on all threads, written by one at a time.
///
/// `@unchecked Sendable`: the sink calls `write` and `finish` by one thread at a time, and the
/// encoder is constant.
private struct ArrowBatchWriter: BatchWriter, @unchecked Sendable {
  enum Encoded {
    case message(EncodedBatch, Buffer)
    /// A batch too small for a message of its own, or whose codes follow from those before.
    case batch(Batch)
  }

  let writer: ArrowWriter
  let encoder: IPCEncoder
  let needsBatches: Bool
  let schema: Schema

  init(_ writer: ArrowWriter, _ schema: Schema) {
    self.writer = writer
    self.schema = schema
    encoder = writer.encoder
    needsBatches = writer.needsBatches
  }

  func encode(_ batch: Batch) throws -> Encoded {
    let batch = Batch(unchecked: schema, columns: batch.columns, count: batch.count)
    if needsBatches || batch.count < ArrowWriter.smallBatch { return .batch(batch) }
    let plan: EncodedBatch
    do { plan = try encoder.plan(batch) } catch let error as ColumnarError
      where error.code == .resourcesExhausted
    {
      // The writer cuts it.
      return .batch(batch)
    }
    return .message(plan, plan.message())
  }

  func write(_ encoded: Encoded) throws {
    switch encoded {
    case .message(let plan, let message): try writer.write(plan, message)
    case .batch(let batch): try writer.write(batch)
    }
  }

  func finish() throws { try writer.finish() }
}
