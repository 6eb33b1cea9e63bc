import Columnar
import ColumnarCore

extension Command {
  static let stats = Command(
    name: "stats", operands: ["FILE"], summary: "Show what the columns hold.",
    details: """
      Of Parquet: what the footer says of each column of each row group, without reading any data:
      rows, nulls, least and greatest value, encodings, codec and sizes. Of other files: the same of
      the whole file, computed by reading it.
      """,
    options: [
      Option(name: "--scan", help: "Compute it from the data, of Parquet too."), .columns, .format,
    ] + Option.reading
  ) { arguments in
    let input = try Input(arguments.operands[0], arguments)
    if input.format == .parquet, !arguments.isOn("--scan") {
      try showFooter(input, arguments)
    } else {
      try Output.show(try computed(input.selected(arguments)), arguments)
    }
  }

  private static func showFooter(_ input: Input, _ arguments: Arguments) throws {
    let summary = try ParquetSummary(input.path)
    var columns = summary.columns
    if let names = try arguments.names("--columns") {
      let known = try input.lazy.schema()
      for name in names { _ = try known.index(of: name) }
      // Of nested columns all paths below the name.
      let kept = names.reduce(lit(false)) { kept, name in
        kept || col("column") == name || col("column").string.starts(with: name + ".")
      }
      columns = try columns.query { $0.filter(kept) }
    }
    guard try arguments.choice("--format", OutputFormat.self) ?? .table == .table else {
      return try Output.show(columns, arguments)
    }
    let (size, groups) = (summary.compressedSize, summary.rowGroupCount)
    let ratio = size > 0 ? Double(summary.uncompressedSize) / Double(size) : 1
    Terminal.write(
      """
      \(summary.rowCount) rows in \(groups) \(groups == 1 ? "row group" : "row groups"), \(size) bytes of \
      columns (\(summary.uncompressedSize) unpacked, \((ratio * 100).rounded() / 100) times as many)
      \(summary.createdBy.map { "written by \($0)\n" } ?? "")
      """)
    guard terminalWidth() < widthOfAll else { return try Output.show(columns, arguments) }
    // What holds values, and how it is stored: more than a narrow terminal shows at once.
    for dropped in [
      ["encodings", "codec", "compressed", "uncompressed"],
      ["type", "rows", "nulls", "min", "max"],
    ] {
      let kept = columns.schema.names.filter { !dropped.contains($0) }
      try Output.show(try columns.query { $0.select(kept) }, arguments)
    }
  }

  /// The width from which on all columns of a footer stand side by side.
  private static let widthOfAll = 150

  /// A row per column of the frame.
  private static func computed(_ frame: LazyFrame) throws -> DataFrame {
    let fields = try frame.schema().fields
    var aggregates = [rowCount().as("rows")]
    for (k, field) in fields.enumerated() {
      aggregates.append(col(field.name).count().as("n\(k)"))
      guard field.type.isOrdered else { continue }
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

extension DataType {
  /// Whether a least and a greatest value can be told and shown as text.
  fileprivate var isOrdered: Bool { isNumeric || isTemporal || self == .string }
}
