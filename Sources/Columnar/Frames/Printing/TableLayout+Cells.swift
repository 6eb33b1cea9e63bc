extension TableLayout {
  /// A column with its cells cut to the limit, and the widths it could do with.
  struct MeasuredColumn {
    private let name: String
    private let type: String
    private let alignment: Alignment
    private let cells: [String]
    /// The width at which nothing more is cut.
    let natural: Int
    /// The least width at which it is still worth showing.
    let minimum: Int

    init(_ column: Column, in layout: TableLayout, rows: (head: Int, tail: Int), limit: Int) {
      let sign = layout.options.style.ellipsis
      func fitted(_ text: String) -> String {
        DisplayWidth.fitted(text, to: limit, ellipsis: sign)
      }
      name = fitted(column.name)
      type = fitted(column.type)
      alignment = column.alignment
      var head = column.head.map(fitted)
      var tail = column.tail.map(fitted)
      if column.alignment == .decimal {
        let aligned = TableLayout.decimalAligned(head + tail, limit: limit)
        head = Array(aligned.prefix(head.count))
        tail = Array(aligned.dropFirst(head.count))
      }
      head += Array(repeating: "", count: rows.head - head.count)
      tail += Array(repeating: "", count: rows.tail - tail.count)
      cells = head + (rows.head + rows.tail < layout.rowCount ? [sign] : []) + tail

      let header = max(DisplayWidth.of(name), layout.options.showsTypes ? DisplayWidth.of(type) : 0)
      let body = cells.reduce(0) { max($0, DisplayWidth.of($1)) }
      natural = max(header, body)
      let least = min(natural, column.leastWidth)
      minimum = column.alignment == .left ? least : max(body, least)
    }

    /// The column drawn at `width`.
    func block(width: Int, in layout: TableLayout) -> Block {
      func drawn(_ text: String) -> String {
        let sign = layout.options.style.ellipsis
        return layout.pad(
          DisplayWidth.fitted(text, to: width, ellipsis: sign), to: width, alignment)
      }
      return Block(width: width, name: drawn(name), type: drawn(type), cells: cells.map(drawn))
    }
  }

  /// Numbers filled up with blanks behind them until their decimal points stand under each other.
  ///
  /// Cells that are no numbers stay as they are, and so does everything if a number would get
  /// wider than `limit`.
  static func decimalAligned(_ cells: [String], limit: Int) -> [String] {
    func fractionWidth(_ cell: String) -> Int? {
      let digits = cell.utf8.first == UInt8(ascii: "-") ? cell.utf8.dropFirst() : cell.utf8[...]
      guard let first = digits.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
        return nil
      }
      let point = cell.utf8.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") }
      return point.map { cell.utf8.distance(from: $0, to: cell.utf8.endIndex) } ?? 0
    }
    let fractions = cells.map(fractionWidth)
    let widest = fractions.reduce(0) { max($0, $1 ?? 0) }
    let aligned = zip(cells, fractions).map { cell, fraction in
      fraction.map { cell + String(repeating: " ", count: widest - $0) } ?? cell
    }
    return aligned.contains { $0.utf8.count > limit } ? cells : aligned
  }
}
