import CColumnarSystem
import ColumnarCore

/// A CSV file, opened: its dialect checked, its header read, its types inferred.
///
/// A plain file is mapped and read in any number of splits; one packed with gzip or zstd (told by
/// its first bytes, not by its name) and standard input are one split that is unpacked while it is
/// parsed.
package final class CSVSource: FileSource {
  package let path: String
  package let schema: Schema
  /// The bad rows left out so far, where the options ask to collect them.
  package let rejects: RowRejects
  let dialect: CSVDialect
  /// Whether a column's type was guessed rather than given.
  let isInferred: [Bool]
  let inferenceRows: Int?
  private let file: TextFile
  /// Where in the unpacked text the first row stands, behind the header.
  private let dataStart: Int

  /// Opens the file at `path` and reads as much of it as header and inference need.
  package init(path: String, options: CSVReadOptions = CSVReadOptions()) throws {
    let dialect = try CSVDialect(options)
    let file = try TextFile(path)
    let window = try file.openingWindow()
    var opening = CSVOpening(
      path: file.path, options: options, dialect: dialect, window: window)
    let fields = try opening.run()
    self.path = file.path
    self.dialect = dialect
    self.file = file
    schema = Schema(unchecked: fields)
    isInferred = opening.isInferred
    inferenceRows = options.inferenceRows
    dataStart = opening.dataStart
    rejects = RowRejects(path: file.path, options.badRows)
  }

  package func splits(targetBytes: Int) throws -> [FileSplit] {
    let bytes = file.bytes
    guard file.isMapped else { return [FileSplit(index: 0, bytes: 0..<bytes.count)] }
    let length = bytes.count - dataStart
    guard length > 0 else { return [] }
    let step = max(1, targetBytes)
    let count = (length - 1) / step + 1
    let starts = CSVRowStarts(bytes, dialect, first: dataStart, step: step, count: count)
    return (0..<count).map { k in
      let begin = dataStart + k * step
      return FileSplit(index: k, bytes: begin..<min(begin + step, bytes.count), detail: starts)
    }
  }

  package func read(
    _ split: FileSplit, _ request: ReadRequest, emit: (Batch) throws -> Bool
  ) throws {
    guard request.limit ?? 1 > 0 else { return }
    let reader = CSVBatchReader(self, request)
    guard file.isMapped else {
      let (window, start) = try file.window(at: dataStart)
      _ = try reader.run(window, from: start, before: .max, emit: emit)
      return
    }
    guard let starts = split.detail as? CSVRowStarts else {
      throw ColumnarError(.internal, "A split of another source was given to \"\(path)\".")
    }
    let window = try file.window()
    let start = starts.start(of: split.index)
    let end = try reader.run(window, from: start, before: split.bytes.upperBound, emit: emit)
    if let end { starts.record(start: end, of: split.index + 1) }
  }
}
