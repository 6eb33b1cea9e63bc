import ColumnarCore
import ColumnarIO

@_exported public import enum ColumnarIO.SystemArrow

extension LazyFrame {
  /// A query over a Parquet, ORC or Arrow file that is read by a system Arrow library (see
  /// `SystemArrow`): for what the engine's own readers refuse.
  ///
  /// The format is told by the file's name unless given. One thread reads; conditions are checked
  /// behind the reading. For Parquet and Arrow files that are not encrypted `scan(parquet:)` and
  /// `scan(arrow:)` are quicker. A build without such a library is an error of code `unsupported`
  /// when the query runs; errors of the library have code `io` and its text.
  public static func scan(
    systemArrow path: String, format: SystemArrow.Format? = nil,
    options: SystemArrow.Options = SystemArrow.Options()
  ) -> LazyFrame {
    LazyFrame(
      .deferred(name: path) {
        let schema = try Schema(try SystemArrow.open(path, format, options).schema.fields)
        return ArrowStreamTable(name: "system arrow \(path)", schema: schema) {
          try SystemArrow.open(path, format, options)
        }
      })
  }

  /// Runs the query and has a system Arrow library write its rows (see `SystemArrow`), in order and
  /// in bounded memory.
  ///
  /// The file appears under its name only when it is complete. With keys among the options a Parquet
  /// file is encrypted.
  public func write(
    systemArrow path: String, format: SystemArrow.Format? = nil,
    options: SystemArrow.Options = SystemArrow.Options(), on engine: any Engine = .columnar
  ) throws {
    let frames = try stream(on: engine)
    let reader = BlockingReader(frames)
    try SystemArrow.write(path, format, options, schema: frames.schema) { try reader.next() }
  }
}
