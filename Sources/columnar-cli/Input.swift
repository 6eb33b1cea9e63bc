import Columnar
import ColumnarCore
import ColumnarIO

/// A file that is read, or all that a folder or pattern stands for, in whatever format.
struct Input {
  let paths: [String]
  let format: FileFormat
  let lazy: LazyFrame
  /// The bad rows that were left out so far; nil where they are errors.
  private var skipped: (@Sendable () -> DataFrame)?

  /// What `--from`, the names, or the first bytes say that it is.
  init(_ path: String, _ arguments: Arguments) throws {
    let paths = try FilePattern.paths(path, suffixes: FileFormat.suffixes)
    let stated = try arguments.choice("--from", FileFormat.self)
    format = try stated ?? Self.format(path, paths)
    if format.isText {
      self.paths = paths
    } else {
      self.paths = try paths.map { try FileFormat.mappablePath($0) }
    }
    let isSkipping = arguments.isOn("--skip-bad-rows")
    switch format {
    case .parquet:
      lazy = .scan(parquet: paths == [path] ? self.paths[0] : path)
    case .arrow, .arrows:
      lazy = .scan(arrow: paths == [path] ? self.paths[0] : path)
    case .csv, .tsv:
      let options = try Self.csv(paths[0], format, arguments)
      guard isSkipping else {
        lazy = .scan(csv: path, options: options)
        break
      }
      let file = try CSVFile(path, options: options)
      (lazy, skipped) = (file.lazy, { file.rejects })
    case .jsonl:
      var options = JSONLinesReadOptions()
      options.inferenceRows = try Self.inferenceRows(arguments)
      guard isSkipping else {
        lazy = .scan(jsonLines: path, options: options)
        break
      }
      options.badRows = .collect(limit: .max)
      let file = try JSONLinesFile(path, options: options)
      (lazy, skipped) = (file.lazy, { file.rejects })
    }
  }

  /// The format that the names tell; of files with other names the first bytes of the first one.
  private static func format(_ path: String, _ paths: [String]) throws -> FileFormat {
    let told = Set(paths.map { FileFormat(path: $0)?.rawValue ?? "" }).sorted()
    guard told.count == 1 else {
      let kinds = told.map { $0 == "" ? "other" : $0 }.joined(separator: " and ")
      throw ColumnarError(
        .io, "\"\(path)\" stands for \(kinds) files. Say with --from what to read them as.")
    }
    guard let named = FileFormat(rawValue: told[0]) else {
      return try FileFormat.sniffed(path: paths[0])
    }
    if named.isText, path == paths[0] {
      // A name that is wrong is told as such, rather than by what the text looks like.
      let found = try FileFormat.sniffed(path: path)
      guard found.isText else {
        throw ColumnarError(
          .corruptFile,
          "\"\(path)\" is named as \(named.rawValue) but begins as \(found.rawValue). To read it as "
            + "such, say --from \(found.rawValue).", context: [.file(path)])
      }
    }
    return named
  }

  /// The encodings of CSV that `--encoding` names.
  private enum Encoding: String, CaseIterable {
    case utf8, utf16le, utf16be, windows1252

    var value: TextEncoding {
      switch self {
      case .utf8: .utf8
      case .utf16le: .utf16LittleEndian
      case .utf16be: .utf16BigEndian
      case .windows1252: .windows1252
      }
    }
  }

  private static func inferenceRows(_ arguments: Arguments) throws -> Int? {
    if arguments.value("--infer-rows") == "all" { return nil }
    return try arguments.number("--infer-rows") ?? 10_000
  }

  private static func csv(
    _ first: String, _ format: FileFormat, _ arguments: Arguments
  ) throws -> CSVReadOptions {
    let isGiven = format == .tsv || arguments.value("--delimiter") != nil
    // Of several files the first tells for all.
    let encoding = try arguments.choice("--encoding", Encoding.self) ?? .utf8
    var options =
      try isGiven ? CSVReadOptions() : CSVReadOptions.sniffed(first, encoding: encoding.value)
    options.encoding = encoding.value
    options.commentPrefix = arguments.value("--comment")
    options.skipRows = try arguments.number("--skip-rows") ?? 0
    if format == .tsv { options.delimiter = "\t" }
    if let delimiter = arguments.value("--delimiter") {
      let named = delimiter == "\\t" || delimiter == "tab" ? "\t" : delimiter
      guard named.count == 1, let character = named.first else {
        throw arguments.wrong("--delimiter is one character, or \"tab\", not \"\(delimiter)\".")
      }
      options.delimiter = character
    }
    if let null = arguments.value("--null") { options.nullValues.append(null) }
    options.hasHeader = !arguments.isOn("--no-header")
    options.inferenceRows = try inferenceRows(arguments)
    if arguments.isOn("--skip-bad-rows") { options.badRows = .collect(limit: .max) }
    return options
  }

  /// The columns that `--columns` asks for.
  func selected(_ arguments: Arguments) throws -> LazyFrame {
    guard let names = try arguments.names("--columns") else { return lazy }
    return lazy.select(names)
  }

  /// Says on standard error how many bad rows were left out, and what is wrong with the first.
  func tellSkipped() {
    guard let rejects = skipped?(), let batch = rejects.batches.first(where: { $0.count > 0 })
    else { return }
    let (file, line, reason) = (0, 1, 4)
    let first = [file, line, reason].map { batch.columns[$0].text(at: 0) }
    // A row may have several faults.
    let count = rejects.batches.reduce(0) { count, batch in
      count + Set((0..<batch.count).map { batch.columns[line].text(at: $0) }).count
    }
    Terminal.writeError(
      "columnar: left out \(count == 1 ? "1 row" : "\(count) rows"): \"\(first[0])\", line "
        + "\(first[1]): \(first[2])\(count == 1 ? "" : ", and more").\n")
  }
}
