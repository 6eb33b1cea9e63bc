import CColumnarSystem
import ColumnarCore

/// A CSV file, opened: its dialect checked, its header read, its types inferred.
///
/// A plain file is mapped and read in any number of splits; one packed with gzip (told by its first
/// bytes, not by its name) is one split that is unpacked while it is parsed.
package final class CSVSource: FileSource {
  package let path: String
  package let schema: Schema
  /// The bad rows left out so far, where the options ask to collect them.
  package let rejects: RowRejects
  let dialect: CSVDialect
  /// Whether a column's type was guessed rather than given.
  let isInferred: [Bool]
  let inferenceRows: Int?
  private let file: Buffer
  private let isPacked: Bool
  private let counter: LineCounter
  /// Where in the unpacked text the first row stands, behind the header.
  private let dataStart: Int

  /// Opens the file at `path` and reads as much of it as header and inference need.
  package init(path: String, options: CSVReadOptions = CSVReadOptions()) throws {
    let dialect = try CSVDialect(options)
    let file = try MappedFile.open(path)
    let counter = LineCounter(file)
    let isPacked = GzipInflater.recognizes(file)
    let window =
      isPacked
      ? try TextWindow(packed: file, path: path) : TextWindow(mapped: file, counter: counter)
    var opening = CSVOpening(path: path, options: options, dialect: dialect, window: window)
    let fields = try opening.run()
    self.path = path
    self.dialect = dialect
    self.file = file
    self.isPacked = isPacked
    self.counter = counter
    schema = Schema(unchecked: fields)
    isInferred = opening.isInferred
    inferenceRows = options.inferenceRows
    dataStart = opening.dataStart
    rejects = RowRejects(path: path, options.badRows)
  }

  package func splits(targetBytes: Int) throws -> [FileSplit] {
    if isPacked { return [FileSplit(index: 0, bytes: 0..<file.count)] }
    let length = file.count - dataStart
    guard length > 0 else { return [] }
    let step = max(1, targetBytes)
    let count = (length - 1) / step + 1
    let starts = CSVRowStarts(file, dialect, first: dataStart, step: step, count: count)
    return (0..<count).map { k in
      let begin = dataStart + k * step
      return FileSplit(index: k, bytes: begin..<min(begin + step, file.count), detail: starts)
    }
  }

  package func read(
    _ split: FileSplit, _ request: ReadRequest, emit: (Batch) throws -> Bool
  ) throws {
    guard request.limit ?? 1 > 0 else { return }
    let reader = CSVBatchReader(self, request)
    guard !isPacked else {
      let window = try TextWindow(packed: file, path: path)
      // The header lies in the first piece as a rule; long skipped lines may take more.
      var start = dataStart
      while window.count <= start, !window.isEnd {
        start -= window.count
        _ = window.advance(to: window.count)
        try window.extend()
      }
      _ = try reader.run(window, from: start, before: .max, emit: emit)
      return
    }
    guard let starts = split.detail as? CSVRowStarts else {
      throw ColumnarError(.internal, "A split of another source was given to \"\(path)\".")
    }
    let window = TextWindow(mapped: file, counter: counter)
    let start = starts.start(of: split.index)
    let end = try reader.run(window, from: start, before: split.bytes.upperBound, emit: emit)
    if let end { starts.record(start: end, of: split.index + 1) }
  }
}
