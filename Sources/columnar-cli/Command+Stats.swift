import Columnar

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
    if try arguments.choice("--format", OutputFormat.self) ?? .table == .table {
      let size = summary.compressedSize
      let ratio = size > 0 ? Double(summary.uncompressedSize) / Double(size) : 1
      Terminal.write(
        """
        \(summary.rowCount) rows in \(summary.rowGroupCount) row groups, \(size) bytes of columns \
        (\(summary.uncompressedSize) unpacked, \((ratio * 100).rounded() / 100) times as many)
        \(summary.createdBy.map { "written by \($0)\n" } ?? "")
        """)
    }
    try Output.show(columns, arguments)
  }

  /// A row per column of the frame.
  private static func computed(_ frame: LazyFrame) throws -> DataFrame {
    let fields = try frame.schema().fields
    var aggregates = [rowCount().as("rows")]
    for (k, field) in fields.enumerated() {
      aggregates.append(col(field.name).isNull().cast(to: .int64).sum().as("n\(k)"))
      guard field.type.isOrdered else { continue }
      aggregates.append(col(field.name).min().cast(to: .string).as("a\(k)"))
      aggregates.append(col(field.name).max().cast(to: .string).as("z\(k)"))
    }
    let result = try frame.select(aggregates).collect()
    func number(_ name: String) throws -> Int? { try result[name, as: Int?.self].first ?? nil }
    func text(_ name: String) throws -> String? {
      result.schema.firstIndex(of: name) == nil
        ? nil : try result[name, as: String?.self].first ?? nil
    }
    let rows = try number("rows") ?? 0
    return try DataFrame([
      "column": fields.map(\.name), "type": fields.map { "\($0.type)" },
      "rows": fields.map { _ in rows },
      "nulls": try fields.indices.map { try number("n\($0)") },
      "min": try fields.indices.map { try text("a\($0)") },
      "max": try fields.indices.map { try text("z\($0)") },
    ])
  }
}

extension DataType {
  /// Whether a least and a greatest value can be told and shown as text.
  fileprivate var isOrdered: Bool { isNumeric || isTemporal || self == .string || self == .bool }
}
