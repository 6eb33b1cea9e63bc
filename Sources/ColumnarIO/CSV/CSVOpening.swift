import ColumnarCore

/// The steps that open a file: byte order mark, skipped lines, header, types.
struct CSVOpening {
  let path: String
  let options: CSVReadOptions
  let dialect: CSVDialect
  let window: TextWindow
  /// Where in the unpacked text the first row stands.
  private(set) var dataStart = 0
  private(set) var isInferred: [Bool] = []
  private let indexer: CSVIndexer
  private var position = 0

  init(path: String, options: CSVReadOptions, dialect: CSVDialect, window: TextWindow) {
    self.path = path
    self.options = options
    self.dialect = dialect
    self.window = window
    indexer = CSVIndexer(dialect)
  }

  /// The columns of the file.
  mutating func run() throws -> [Field] {
    skipMark()
    for _ in 0..<max(0, options.skipRows) { try skipLine() }
    let names = try names()
    dataStart = window.fileOffset + position
    // The window of a packed file may have moved past empty lines that are rows.
    position = max(0, position)
    var seen = Set<String>()
    if let twice = names.first(where: { !seen.insert($0).inserted }) {
      throw ColumnarError(
        .duplicateName,
        "\"\(path)\" has two columns named \"\(twice)\". Name all columns with columnNames.",
        context: [.file(path)])
    }
    for name in options.schemaOverrides.keys.sorted()
    where !options.isOneOfMany && !seen.contains(name) {
      let hint = Suggestion.hint(for: name, among: names, what: "columns")
      throw ColumnarError(
        .columnNotFound, "\"\(path)\" has no column \"\(name)\" whose type could be set. \(hint)",
        context: [.file(path)])
    }
    let types = try types(names)
    return zip(names, types).map { Field($0, $1) }
  }

  private mutating func skipMark() {
    let first = UnsafeRawBufferPointer(start: window.base, count: min(window.count, 3))
    if first.elementsEqual([0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private mutating func skipLine() throws {
    while true {
      while position < window.count {
        position += 1
        if window.base.load(fromByteOffset: position - 1, as: UInt8.self) == 0x0A { return }
      }
      guard !window.isEnd else { return }
      position = window.advance(to: position)
      try window.extend()
    }
  }

  /// The names, from the header, from the options, or numbered.
  private mutating func names() throws -> [String] {
    // Empty lines and comments before the first row are no rows, unless empty lines turn out to be
    // fields.
    let first = window.fileOffset + position
    repeat {
      let isFound = try indexer.index(
        window, from: position, before: .max, rowLimit: 1, columns: nil, path: path)
      guard isFound else {
        let names = try namesOfEmptyFile()
        position = names.count == 1 ? first - window.fileOffset : indexer.next
        return names
      }
      position = indexer.next
    } while indexer.rows == 0 && indexer.misfits.isEmpty
    if let misfit = indexer.misfits.first {
      throw ColumnarError(
        .corruptFile,
        "\"\(path)\", line \(window.line(of: misfit.range.lowerBound)): the first row has a quote "
          + "that is never closed.", context: [.file(path, offset: misfit.range.lowerBound)])
    }
    let fields = CSVFields(indexer, window)
    let width = indexer.width
    let begin = indexer.start + fields.range(row: 0).lowerBound
    position = options.hasHeader ? indexer.next : width == 1 ? first - window.fileOffset : begin
    var names = (1...width).map { "column_\($0)" }
    if options.hasHeader {
      for k in 0..<width {
        if let name = try name(fields.bytes(0, k)) { names[k] = name }
      }
    }
    if let given = options.columnNames {
      guard given.count == width else {
        throw ColumnarError(
          .lengthMismatch,
          "\"\(path)\" has \(width) columns, but columnNames names \(given.count).",
          context: [.file(path)])
      }
      names = given
    }
    return names
  }

  private func namesOfEmptyFile() throws -> [String] {
    if let names = options.columnNames, !options.hasHeader { return names }
    throw TextError(path).invalid(
      options.hasHeader
        ? "is empty: it has not even a header."
        : "is empty. Say with columnNames which columns it would have.")
  }

  /// A name of the header; nil for an empty one.
  private func name(_ field: UnsafeRawBufferPointer) throws -> String? {
    // The text may lie in the scratch memory, which so must live as long as it is looked at.
    let scratch = CSVScratch()
    defer { withExtendedLifetime(scratch) {} }
    guard case .text(let text) = dialect.content(field, isText: true, scratch: scratch) else {
      return dialect.isNull(field) ? String(decoding: field, as: UTF8.self) : nil
    }
    guard UTF8Validation.firstInvalidByte(in: text) == nil else {
      throw TextError(path).invalid("has a header that is not valid UTF-8.")
    }
    if text.contains(0x0D), field.first != dialect.quote {
      throw TextError(path).invalid(
        "has carriage returns inside its header: its lines seem to end in a carriage return alone. "
          + "Convert them to line feeds first.")
    }
    return text.count == 0 ? nil : String(decoding: text, as: UTF8.self)
  }

  /// The types given, and for the rest those that the first rows suggest.
  private mutating func types(_ names: [String]) throws -> [DataType] {
    let given = names.map { options.schemaOverrides[$0] }
    for type in given.compactMap({ $0 }) where !CSVColumnParser.supports(type) {
      throw CSVColumnParser.unsupported(type)
    }
    isInferred = given.map { $0 == nil }
    let open = names.indices.filter { isInferred[$0] }
    var guesses = [CSVInference](repeating: CSVInference(dialect), count: names.count)
    var left = open.isEmpty ? 0 : options.inferenceRows ?? .max
    let scratch = CSVScratch()
    while left > 0,
      try indexer.index(
        window, from: position, before: .max, rowLimit: min(left, CSVIndexer.batchRows),
        columns: names.count, path: path)
    {
      let fields = CSVFields(indexer, window)
      for k in open {
        for row in 0..<fields.rows {
          let field = fields.bytes(row, k)
          guard case .text(let text) = dialect.content(field, isText: false, scratch: scratch)
          else {
            continue
          }
          guesses[k].add(text)
        }
      }
      left -= fields.rows
      position = indexer.next
    }
    return names.indices.map { given[$0] ?? guesses[$0].type }
  }
}
