import Columnar
import ColumnarCore

extension Command {
  static let stats = Command(
    name: "stats", operands: ["FILE"], summary: "Show what the columns hold.",
    details: """
      Of Parquet: what the footer says, without reading any data: of each column rows, nulls, least \
      and greatest value, encodings, codec and sizes. A table shows this over all row groups, or \
      with --row-groups for each; other formats of output have a row for each column of each row \
      group. Of other files: the same of the whole, computed by reading it.
      """,
    options: [
      Option(name: "--row-groups", help: "Show every row group of Parquet."),
      Option(name: "--scan", help: "Compute it from the data, of Parquet too."), .columns, .format,
    ] + Option.reading + [.skipping]
  ) { arguments in
    let input = try Input(arguments.operands[0], arguments)
    if input.format == .parquet, !arguments.isOn("--scan") {
      try showFooter(input, arguments)
    } else {
      try Output.show(try computed(input.selected(arguments)), arguments, isOurs: true)
      input.tellSkipped()
    }
  }

  private static func showFooter(_ input: Input, _ arguments: Arguments) throws {
    let summary = try ParquetSummary(input.paths)
    let isTable = try arguments.choice("--format", OutputFormat.self) ?? .table == .table
    let isWhole = isTable && !arguments.isOn("--row-groups")
    let columns = try chosen(isWhole ? summary.totals : summary.columns, input, arguments)
    guard isTable else { return try Output.show(columns, arguments) }
    Terminal.write(head(of: summary, files: input.paths.count))
    try StatsTables(columns).show()
  }

  /// Those that `--columns` asks for: columns, of nested ones all paths below the name, or paths.
  private static func chosen(
    _ columns: DataFrame, _ input: Input, _ arguments: Arguments
  ) throws -> DataFrame {
    guard let names = try arguments.names("--columns") else { return columns }
    let paths = try Array(columns["column", as: String.self])
    let known = try input.lazy.schema()
    for name in names where !paths.contains(name) { _ = try known.index(of: name) }
    let kept = names.reduce(lit(false)) { kept, name in
      kept || col("column") == name || col("column").string.starts(with: name + ".")
    }
    return try columns.query { $0.filter(kept) }
  }

  /// What a footer says of the whole.
  private static func head(of summary: ParquetSummary, files: Int) -> String {
    func many(_ count: Int, _ thing: String) -> String {
      "\(grouped(count)) \(thing)\(count == 1 ? "" : "s")"
    }
    var text = many(summary.rowCount, "row")
    if files > 1 { text += " in \(many(files, "file"))" }
    text += " in \(many(summary.rowGroupCount, "row group"))"
    if let rows = summary.rowGroupRows, summary.rowGroupCount > 1 {
      let least = rows.lowerBound == rows.upperBound ? "" : "\(grouped(rows.lowerBound)) to "
      text += " of \(least)\(many(rows.upperBound, "row"))"
    }
    let (size, unpacked) = (summary.compressedSize, summary.uncompressedSize)
    text += "\n\(many(size, "byte")) of columns, \(grouped(unpacked)) unpacked"
    if size > 0 { text += " (\(StatsTables.ratio(unpacked, size)) times as many)" }
    if let creator = summary.createdBy {
      text += "\nwritten by \(DisplayWidth.fitted(creator, to: max(terminalWidth() - 11, 8)))"
    }
    return text + "\n"
  }

  /// Digits in groups of three.
  private static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return String(digits)
  }

  /// A row per column of the frame.
  private static func computed(_ frame: LazyFrame) throws -> DataFrame {
    let fields = try frame.schema().fields
    var aggregates = [rowCount().as("rows")]
    for (k, field) in fields.enumerated() {
      aggregates.append(col(field.name).count().as("n\(k)"))
      guard field.type.hasOrder else { continue }
      aggregates.append(col(field.name).min().as("a\(k)"))
      aggregates.append(col(field.name).max().as("z\(k)"))
    }
    let result = try frame.select(aggregates).collect()
    func number(_ name: String) throws -> Int { try result[name, as: Int.self].first ?? 0 }
    func text(_ name: String) throws -> String? {
      guard result.schema.firstIndex(of: name) != nil else { return nil }
      let column = try result.column(name)
      return column.count == 0 || column.isNull(0) ? nil : column.text(at: 0)
    }
    let rows = try number("rows")
    let nulls = try fields.indices.map { rows - (try number("n\($0)")) }
    let least = try fields.indices.map { try text("a\($0)") }
    let greatest = try fields.indices.map { try text("z\($0)") }
    return try DataFrame([
      "column": fields.map(\.name), "type": fields.map { "\($0.type)" },
      "rows": Array(repeating: rows, count: fields.count), "nulls": nulls, "min": least,
      "max": greatest,
    ])
  }
}
