import ColumnarCore

/// Writes batches to a CSV file that appears under its name only when it is whole; packed with gzip
/// if the name ends in `.gz`.
///
/// Used by one thread at a time. Several threads may format batches with `formatter` and hand in
/// the text in order.
package final class CSVWriter {
  /// Makes the text of a batch.
  package let formatter: CSVFormatter
  private let file: AtomicFile
  private let deflater: GzipDeflater?
  private var text = MutableBuffer(capacity: 1 << 20)
  private static let piece = 1 << 20

  /// Starts the file; types without a form in CSV and unsuitable options are errors before anything
  /// is made.
  package init(path: String, schema: Schema, options: CSVWriteOptions = CSVWriteOptions()) throws {
    formatter = try CSVFormatter(schema, options, path: path)
    deflater = path.hasSuffix(".gz") ? try GzipDeflater(path: path) : nil
    file = try AtomicFile(path)
    if options.hasHeader { formatter.appendHeader(to: &text) }
  }

  /// Appends the rows of a batch.
  ///
  /// After an error the file is given up and nothing of it is left.
  package func write(_ batch: Batch) throws {
    try file.checkOpen()
    do {
      // Slices keep the text in memory bounded whatever the batch's size.
      var row = 0
      while row < batch.count {
        let end = min(row + 8192, batch.count)
        try formatter.append(batch.slice(row..<end), to: &text)
        row = end
        if text.count >= Self.piece { try flush(isLast: false) }
      }
    } catch {
      file.discard()
      throw error
    }
  }

  /// Appends rows that `formatter` made.
  ///
  package func write(formatted rows: UnsafeRawBufferPointer) throws {
    do {
      try flush(isLast: false)
      try put(rows, isLast: false)
    } catch {
      file.discard()
      throw error
    }
  }

  /// Writes the rest and makes the file appear.
  package func finish() throws {
    do {
      try flush(isLast: true)
    } catch {
      file.discard()
      throw error
    }
    try file.commit()
  }

  /// Gives the file up; nothing of it is left.
  package func discard() { file.discard() }

  private func flush(isLast: Bool) throws {
    try put(UnsafeRawBufferPointer(start: text.start, count: text.count), isLast: isLast)
    text.count = 0
  }

  private func put(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
    if let deflater {
      try deflater.pack(bytes, isLast: isLast) { try file.write($0) }
    } else {
      try file.write(bytes)
    }
  }
}
