import Columnar
import ColumnarCore

/// What a footer says of columns, drawn so that every figure fits the terminal: one table where
/// that is wide enough, else one of what the columns hold and one of how it is stored.
struct StatsTables {
  private let columns: DataFrame

  init(_ columns: DataFrame) { self.columns = columns }

  /// Of a name more than this is shown only where there is room.
  private static let nameWidth = 20

  func show() throws {
    let keys = ["file", "row_group"].filter { columns.schema.names.contains($0) } + ["column"]
    let held = keys + ["type", "nulls", "min", "max"]
    let stored = ["encodings", "codec", "packed", "unpacked"]
    let frame = try columns.query { query in
      query.with(col("compressed").as("packed"), col("uncompressed").as("unpacked"))
    }
    let whole = Output.layout(try frame.query { $0.select(held + ["rows"] + stored) }, isOurs: true)
    guard whole.naturalWidth > terminalWidth() else { return Terminal.write(whole.render()) }
    for names in [held, keys + stored] { Terminal.write(try layout(frame, names).render()) }
  }

  /// A table whose long names are cut in the middle, so that their ends tell them apart.
  private func layout(_ frame: DataFrame, _ names: [String]) throws -> TableLayout {
    var layout = Output.layout(try frame.query { $0.select(names) }, isOurs: true)
    guard layout.naturalWidth > terminalWidth() else { return layout }
    for k in layout.columns.indices where ["file", "column"].contains(layout.columns[k].name) {
      layout.columns[k].head = layout.columns[k].head.map { Self.cut($0, to: Self.nameWidth) }
      layout.columns[k].leastWidth = Self.nameWidth
    }
    return layout
  }

  /// The first and last letters of a long text.
  static func cut(_ text: String, to width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    let (front, back) = ((width - 1) / 2, width / 2)
    return String(text.prefix(front)) + "…" + String(text.suffix(back))
  }

  /// How many times as large, with two digits behind the point.
  static func ratio(_ size: Int, _ other: Int) -> String {
    let hundredths = Int((Double(size) / Double(max(other, 1)) * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
