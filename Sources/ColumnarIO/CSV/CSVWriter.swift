import ColumnarCore

/// Writes batches to a CSV file that appears under its name only when it is whole; packed as the
/// options or the name say, and to standard output if the path is `-`.
///
/// Used by one thread at a time. Several threads may format batches with `formatter` and hand in
/// the text in order.
package final class CSVWriter {
  /// Makes the text of a batch.
  package let formatter: CSVFormatter
  private let file: TextFileWriter
  private var text = MutableBuffer(capacity: 1 << 20)
  private static let piece = 1 << 20

  /// Starts the file; types without a form in CSV and unsuitable options are errors before anything
  /// is made.
  package init(path: String, schema: Schema, options: CSVWriteOptions = CSVWriteOptions()) throws {
    formatter = try CSVFormatter(schema, options, path: path)
    file = try TextFileWriter(path: path, compression: options.compression)
    if options.hasHeader { formatter.appendHeader(to: &text) }
  }

  /// Appends the rows of a batch.
  ///
  /// After an error the file is given up and nothing of it is left.
  package func write(_ batch: Batch) throws {
    try file.giveUpOnError {
      // Slices keep the text in memory bounded whatever the batch's size.
      var row = 0
      while row < batch.count {
        let end = min(row + 8192, batch.count)
        try formatter.append(batch.slice(row..<end), to: &text)
        row = end
        if text.count >= Self.piece { try flush() }
      }
    }
  }

  /// Appends rows that `formatter` made.
  ///
  package func write(formatted rows: UnsafeRawBufferPointer) throws {
    try flush()
    try file.write(rows)
  }

  /// Writes the rest and makes the file appear.
  package func finish() throws {
    try flush()
    try file.finish()
  }

  /// Gives the file up; nothing of it is left.
  package func discard() { file.discard() }

  private func flush() throws {
    try file.write(UnsafeRawBufferPointer(start: text.start, count: text.count))
    text.count = 0
  }
}
