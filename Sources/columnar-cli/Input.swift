import Columnar
import ColumnarIO

/// A file that is read, in whatever format.
struct Input {
  let path: String
  let format: FileFormat
  let lazy: LazyFrame

  /// What `--from`, the name, or the first bytes say that it is.
  init(_ path: String, _ arguments: Arguments) throws {
    let format =
      try arguments.choice("--from", FileFormat.self) ?? FileFormat(path: path)
      ?? FileFormat.sniffed(path: path)
    self.path = format.isText ? path : try FileFormat.mappablePath(path)
    self.format = format
    switch format {
    case .parquet: lazy = .scan(parquet: self.path)
    case .arrow, .arrows: lazy = .scan(arrow: self.path)
    case .csv, .tsv: lazy = .scan(csv: path, options: try Self.csv(path, format, arguments))
    case .jsonl: lazy = .scan(jsonLines: path)
    }
  }

  private static func csv(
    _ path: String, _ format: FileFormat, _ arguments: Arguments
  ) throws -> CSVReadOptions {
    let isGiven = format == .tsv || arguments.value("--delimiter") != nil
    // Of several files the first tells for all.
    let first = try isGiven ? path : FilePattern.paths(path, suffix: ".csv").first ?? path
    var options = try isGiven ? CSVReadOptions() : CSVReadOptions.sniffed(first)
    if format == .tsv { options.delimiter = "\t" }
    if let delimiter = arguments.value("--delimiter") {
      let named = delimiter == "\\t" || delimiter == "tab" ? "\t" : delimiter
      guard named.count == 1, let character = named.first else {
        throw UsageError("--delimiter is one character, or \"tab\", not \"\(delimiter)\".")
      }
      options.delimiter = character
    }
    if let null = arguments.value("--null") { options.nullValues.append(null) }
    options.hasHeader = !arguments.isOn("--no-header")
    return options
  }

  /// The columns that `--columns` asks for.
  func selected(_ arguments: Arguments) throws -> LazyFrame {
    guard let names = try arguments.names("--columns") else { return lazy }
    return lazy.select(names)
  }
}
