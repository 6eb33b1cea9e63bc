import ColumnarCore
import Glibc

/// A JSON Lines file, opened: its columns and types given or inferred.
///
/// A plain file is mapped and read in any number of splits, each of which begins at a line; one
/// packed with gzip or zstd (told by its first bytes, not by its name) and standard input are one
/// split that is unpacked while it is parsed.
package final class JSONLinesSource: TextSource {
  package let path: String
  package let schema: Schema
  /// The columns with all keys of objects, also those that are passed over.
  let keys: Schema
  /// The bad rows left out so far, where the options ask to collect them.
  package let rejects: RowRejects
  let options: JSONLinesReadOptions
  /// Whether a column's type was guessed rather than given.
  let isInferred: [Bool]
  private let file: TextFile
  /// Where the first line stands, behind a byte order mark.
  private let dataStart: Int

  var ignoresUnknown: Bool {
    (options.unknownKeys ?? (options.schema == nil ? .fail : .ignore)) == .ignore
  }

  /// Opens the file at `path` and reads as much of it as inference needs.
  package init(path: String, options: JSONLinesReadOptions = JSONLinesReadOptions()) throws {
    let file = try TextFile(path)
    let window = try file.openingWindow()
    let opening = JSONLinesOpening(path: file.path, options: options, window: window)
    dataStart = opening.skipMark()
    let fields = try options.schema?.fields ?? opening.infer(from: dataStart)
    for name in options.schemaOverrides.keys.sorted()
    where !options.isOneOfMany && !fields.contains(where: { $0.name == name }) {
      let hint = Suggestion.hint(for: name, among: fields.map(\.name), what: "keys")
      throw ColumnarError(
        .columnNotFound,
        "\"\(file.path)\" has no key \"\(name)\" whose type could be set. \(hint)",
        context: [.file(file.path)])
    }
    isInferred = fields.map { options.schema == nil && options.schemaOverrides[$0.name] == nil }
    schema = try Schema(fields.map { Field($0.name, options.schemaOverrides[$0.name] ?? $0.type) })
    keys = schema
    for field in schema.fields { try Self.check(field.type, of: field.name) }
    self.path = file.path
    self.file = file
    self.options = options
    rejects = RowRejects(path: file.path, options.badRows)
  }

  private init(_ source: JSONLinesSource, _ schema: Schema) {
    path = source.path
    self.schema = schema
    keys = source.keys
    rejects = source.rejects
    options = source.options
    isInferred = source.isInferred
    file = source.file
    dataStart = source.dataStart
  }

  package func narrowed(to types: [Int: DataType]) -> (any FileSource)? {
    JSONLinesSource(self, schema.narrowed(to: types))
  }

  /// Types without a form in JSON are errors.
  static func check(_ type: DataType, of name: String) throws {
    guard JSONNode.form(type) != nil else {
      throw ColumnarError(
        .unsupported, "JSON has no form for column \"\(name)\" of type \(type).")
    }
    if let element = type.element { try check(element, of: name) }
    for field in type.fields ?? [] { try check(field.type, of: name + "." + field.name) }
  }

  package func splits(targetBytes: Int) throws -> [FileSplit] {
    let bytes = file.bytes
    guard file.isMapped else { return [FileSplit(index: 0, bytes: 0..<bytes.count)] }
    let length = bytes.count - dataStart
    guard length > 0 else { return [] }
    let step = max(1, targetBytes)
    return (0..<((length - 1) / step + 1)).map { k in
      let begin = dataStart + k * step
      return FileSplit(index: k, bytes: begin..<min(begin + step, bytes.count))
    }
  }

  package func read(
    _ split: FileSplit, _ request: ReadRequest, emit: (Batch) throws -> Bool
  ) throws {
    guard request.limit ?? 1 > 0 else { return }
    var reader = JSONLinesBatchReader(self, request)
    guard file.isMapped else {
      let (window, start) = try file.window(at: dataStart)
      return try reader.run(window, from: start, before: .max, emit: emit)
    }
    let window = try file.window()
    let start = firstLine(from: split.bytes.lowerBound)
    try reader.run(window, from: start, before: split.bytes.upperBound, emit: emit)
  }

  /// The first start of a line at or behind `position`.
  private func firstLine(from position: Int) -> Int {
    guard position > dataStart else { return dataStart }
    let text = file.bytes
    guard let found = memchr(text.start + position - 1, 0x0A, text.count - position + 1) else {
      return text.count
    }
    return UnsafeRawPointer(found) - text.start + 1
  }
}

/// The steps that open a file: byte order mark, columns, types.
struct JSONLinesOpening {
  let path: String
  let options: JSONLinesReadOptions
  let window: TextWindow

  /// The most keys that are taken for columns.
  private static let maxColumns = 100_000

  /// Where the text begins.
  func skipMark() -> Int {
    let first = UnsafeRawBufferPointer(start: window.base, count: min(window.count, 3))
    return first.elementsEqual([0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The columns that the first lines show.
  func infer(from start: Int) throws -> [Field] {
    var (position, stop) = (start, Int.max)
    var lines = JSONLines()
    let reader = JSONShapeReader(options)
    var left = options.inferenceRows ?? .max
    let faults = JSONLinesFaults(path: path, window: window)
    while left > 0,
      try lines.find(
        window, &position, &stop, limit: min(left, JSONLines.batchRows),
        maxBytes: options.clampedRowBytes, path: path)
    {
      for line in lines.lines {
        let bytes = UnsafeRawBufferPointer(start: window.base + line.lowerBound, count: line.count)
        if Self.isBlank(bytes) { continue }
        do throws(JSONFault) {
          try JSONLinesFaults.checkText(bytes)
          try reader.add(window.base + line.lowerBound, count: line.count)
        } catch {
          // Reading finds it again and notes it down.
          if options.badRows == .fail { throw faults.error(error, line) }
        }
      }
      guard reader.root.columns.count <= Self.maxColumns else {
        throw ColumnarError(
          .resourcesExhausted,
          "\"\(path)\" has more than \(Self.maxColumns) different keys in its first lines. State the "
            + "columns in the option schema.", context: [.file(path)])
      }
      left -= lines.lines.count
      position = lines.next
    }
    return reader.root.columns
  }

  static func isBlank(_ line: UnsafeRawBufferPointer) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
