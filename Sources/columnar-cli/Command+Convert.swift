import Columnar
import ColumnarIO

extension Command {
  static let convert = Command(
    name: "convert", operands: ["IN", "OUT"], summary: "Write a file in another format.",
    details: """
      Formats are told by the names: .parquet, .arrow, .arrows, .csv, .tsv, .jsonl, the last three \
      also with .gz or .zst. OUT appears under its name only when it is complete. Rows are streamed, \
      in bounded memory. In JSON Lines, NaN and infinities become nulls.
      """,
    options: [
      .columns,
      Option(
        name: "--to", value: "FORMAT",
        help: "The format of OUT, instead of what its name tells; csv for standard output."),
      Option(
        name: "--compression", value: "NAME",
        help: "none, gzip, zstd, lz4 or snappy, as far as the format has them."),
      Option(name: "--row-group-rows", value: "N", help: "Rows of a row group of Parquet."),
      Option(name: "--quiet", short: "-q", help: "Show no progress on the terminal."),
    ] + Option.reading + [.skipping]
  ) { arguments in
    let path = arguments.operands[1]
    let named = try arguments.choice("--to", FileFormat.self) ?? FileFormat(path: path)
    guard let format = named ?? (path == "-" ? .csv : nil) else {
      throw UsageError(
        "\"\(path)\" does not tell a format by its ending. Name it with --to.", command: "convert")
    }
    let input = try Input(arguments.operands[0], arguments)
    let frame = try input.selected(arguments)
    let target = try ConvertTarget(path, format, arguments)
    // Progress is for people who watch.
    let isWatched = path != "-" && !arguments.isOn("--quiet") && Terminal.errorsAreShown
    let rows = try target.write(
      frame, on: isWatched ? .columnar(listeners: [ProgressDisplay()]) : .columnar)
    if isWatched {
      Terminal.writeError("\(rows) \(rows == 1 ? "row" : "rows") written to \(path)\n")
    }
    input.tellSkipped()
  }
}

/// The packings that `--compression` names.
enum Compression: String, CaseIterable {
  case none, gzip, zstd, lz4, snappy
}

/// A file to be written.
struct ConvertTarget {
  private let path: String
  private let format: FileFormat
  private let compression: Compression?
  private let rowGroupRows: Int?

  /// Options that the format does not have are errors before anything is read.
  init(_ path: String, _ format: FileFormat, _ arguments: Arguments) throws {
    self.path = path
    self.format = format
    compression = try arguments.choice("--compression", Compression.self)
    rowGroupRows = try arguments.number("--row-group-rows")
    if let compression, !known.contains(compression) {
      let names = known.map(\.rawValue).joined(separator: ", ")
      throw UsageError(
        "--compression \(compression.rawValue) does not go with \(format.rawValue), which has \(names).",
        command: "convert")
    }
    guard rowGroupRows == nil || format == .parquet else {
      throw UsageError(
        "--row-group-rows does not go with \(format.rawValue), only with parquet.",
        command: "convert")
    }
    guard rowGroupRows != 0 else {
      throw UsageError("--row-group-rows is at least 1.", command: "convert")
    }
    let isShown = path == "-" && Terminal.outputIsShown
    guard !isShown || (format.isText && (compression ?? Compression.none) == Compression.none)
    else {
      throw UsageError(
        "a terminal shows csv, tsv and jsonl, but no bytes such as these. Redirect them.",
        command: "convert")
    }
  }

  private var known: [Compression] {
    switch format {
    case .csv, .tsv, .jsonl: [.none, .gzip, .zstd]
    case .arrow, .arrows: [.none, .zstd, .lz4]
    case .parquet: [.none, .gzip, .zstd, .lz4, .snappy]
    }
  }

  private var textCompression: TextCompression {
    switch compression {
    case .gzip?: .gzip()
    case .zstd?: .zstd()
    case .none?: .none
    default: .byName
    }
  }

  private var arrowCompression: ArrowCompression {
    switch compression {
    case .zstd?: .zstd()
    case .lz4?: .lz4
    default: .none
    }
  }

  private var parquetCompression: ParquetCompression {
    switch compression {
    case .none?: .none
    case .gzip?: .gzip
    case .lz4?: .lz4
    case .snappy?: .snappy
    default: .zstd
    }
  }

  /// Writes all rows; how many there were.
  func write(_ frame: LazyFrame, on engine: any Engine) throws -> Int {
    switch format {
    case .csv, .tsv:
      var options = CSVWriteOptions()
      if format == .tsv { options.delimiter = "\t" }
      options.compression = textCompression
      return try frame.write(csv: path, options: options, on: engine).rows
    case .jsonl:
      var options = Output.jsonOptions
      options.compression = textCompression
      return try frame.write(jsonLines: path, options: options, on: engine).rows
    case .arrow, .arrows:
      let options = ArrowWriteOptions(
        format: format == .arrow ? .file : .stream, compression: arrowCompression)
      return try frame.write(arrow: path, options: options, on: engine).rows
    case .parquet:
      var options = ParquetWriteOptions(compression: parquetCompression)
      if let rowGroupRows { options.rowGroupRows = rowGroupRows }
      return try frame.write(parquet: path, options: options, on: engine).rows
    }
  }
}
