import Columnar
import ColumnarCore
import ColumnarIO

/// How results are shown.
enum OutputFormat: String, CaseIterable {
  case table, csv, jsonl, json
}

/// Shows frames on standard output.
enum Output {
  /// Shows a frame as `--format` says; a table shows all of its rows, and, if it is one that the tool
  /// made, neither shape nor types.
  static func show(_ frame: DataFrame, _ arguments: Arguments, isOurs: Bool = false) throws {
    switch try arguments.choice("--format", OutputFormat.self) ?? .table {
    case .table: Terminal.write(layout(frame, isOurs: isOurs).render())
    case .csv: try frame.write(csv: "-")
    case .jsonl: try frame.write(jsonLines: "-", options: jsonOptions)
    case .json: try writeArray(frame)
    }
  }

  /// All rows, as wide as the terminal.
  static func layout(_ frame: DataFrame, isOurs: Bool) -> TableLayout {
    var options = TableLayout.Options(
      maximumWidth: terminalWidth(), maximumRows: max(frame.count, 1))
    options.showsShape = !isOurs
    options.showsTypes = !isOurs
    // The names and types that a schema is asked for are of use as a whole.
    if isOurs, frame.schema.count < 3 { options.maximumCellWidth = options.maximumWidth }
    return frame.layout(options)
  }

  /// NaN and infinities become nulls, as most readers of JSON want them.
  static var jsonOptions: JSONLinesWriteOptions {
    var options = JSONLinesWriteOptions()
    options.nonFinite = .null
    return options
  }

  /// One array of objects, a line each.
  private static func writeArray(_ frame: DataFrame) throws {
    let formatter = try JSONFormatter(frame.schema, jsonOptions, path: "standard output")
    let writer = try TextFileWriter(path: "-", compression: .none)
    var text = MutableBuffer(capacity: 1 << 16)
    text.append(0x5B as UInt8)
    var isFirst = true
    for batch in frame.batches where batch.count > 0 {
      if !isFirst { text.append(0x2C as UInt8) }
      text.append(0x0A as UInt8)
      isFirst = false
      let batch = Batch(unchecked: frame.schema, columns: batch.columns, count: batch.count)
      try formatter.append(batch, to: &text, separator: [0x2C, 0x0A], atEnd: false)
      try writer.write(UnsafeRawBufferPointer(start: text.start, count: text.count))
      text.count = 0
    }
    for byte in isFirst ? "]\n".utf8 : "\n]\n".utf8 { text.append(byte) }
    try writer.write(UnsafeRawBufferPointer(start: text.start, count: text.count))
    try writer.finish()
  }
}
