import ColumnarCore

/// Writes batches to a JSON Lines file that appears under its name only when it is whole; packed as
/// the options or the name say, and to standard output if the path is `-`.
///
/// Used by one thread at a time. Several threads may format batches with `formatter` and hand in
/// the text in order.
package final class JSONLinesWriter {
  /// Makes the text of a batch.
  package let formatter: JSONFormatter
  private let file: TextFileWriter

  /// Starts the file; types without a form in JSON are errors before anything is made.
  package init(
    path: String, schema: Schema, options: JSONLinesWriteOptions = JSONLinesWriteOptions()
  ) throws {
    formatter = try JSONFormatter(schema, options, path: path)
    file = try TextFileWriter(path: path, compression: options.compression)
  }

  /// Appends the rows of a batch.
  ///
  /// After an error the file is given up and nothing of it is left.
  package func write(_ batch: Batch) throws {
    try file.giveUpOnError {
      // Slices keep the text in memory bounded whatever the batch's size.
      for start in stride(from: 0, to: batch.count, by: 8192) {
        var text = MutableBuffer(capacity: 1 << 16)
        try formatter.append(batch.slice(start..<min(start + 8192, batch.count)), to: &text)
        try file.write(UnsafeRawBufferPointer(start: text.start, count: text.count))
      }
    }
  }

  /// Appends lines that `formatter` made.
  package func write(formatted lines: UnsafeRawBufferPointer) throws { try file.write(lines) }

  /// Writes the rest and makes the file appear.
  package func finish() throws { try file.finish() }

  /// Gives the file up; nothing of it is left.
  package func discard() { file.discard() }
}
