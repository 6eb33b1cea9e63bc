/// A frame as text: a box with a header of names and types, and a line with the shape.
///
///     shape: (1_000, 3)
///     ╭─────┬────────┬────────╮
///     │  id ┆ name   ┆  price │
///     │ int ┆ string ┆ double │
///     ╞═════╪════════╪════════╡
///     │   1 ┆ apple  ┆   0.25 │
///     │   … ┆ …      ┆      … │
///     │ 999 ┆ 漢字   ┆  12.5  │
///     ╰─────┴────────┴────────╯
///
/// It never gets wider than `Options.maximumWidth`: long cells are cut first, then columns in the
/// middle give way to one `…`. Rows between `head` and `tail` are shown as one row of `…`.
package struct TableLayout: Sendable {
  package var columns: [Column]
  /// All rows of the frame, shown or not.
  package var rowCount: Int
  package var options: Options

  /// A table of `columns`, of whose `rowCount` rows only those in the columns' cells are shown.
  ///
  /// Where columns have different numbers of cells, the missing ones are shown empty.
  package init(columns: [Column], rowCount: Int, options: Options = Options()) {
    self.columns = columns
    self.rowCount = rowCount
    self.options = options
  }

  /// One column: what its header says and its formatted cells.
  package struct Column: Sendable {
    package var name: String
    package var type: String
    package var alignment: Alignment
    /// The width that it is not shrunk below as long as it has that much to show.
    package var leastWidth = 12
    /// Cells of the first rows.
    package var head: [String]
    /// Cells of the last rows; empty when `head` holds them all.
    package var tail: [String]

    package init(
      name: String, type: String, alignment: Alignment = .left, head: [String],
      tail: [String] = []
    ) {
      self.name = name
      self.type = type
      self.alignment = alignment
      self.head = head
      self.tail = tail
    }
  }

  /// Where cells stand in a column that is wider than they are.
  package enum Alignment: Sendable {
    case left
    case right
    /// Numbers with their decimal points under each other; cells that are no numbers to the right.
    case decimal
  }

  package struct Options: Sendable {
    /// Terminal columns that the table may take.
    package var maximumWidth: Int
    /// Rows to show; `visibleRows(of:)` splits them.
    package var maximumRows: Int
    /// Terminal columns that one cell may take.
    package var maximumCellWidth: Int
    package var style: Style
    package var showsShape: Bool
    package var showsTypes: Bool

    package init(
      maximumWidth: Int = 100, maximumRows: Int = 10, maximumCellWidth: Int = 32,
      style: Style = .rounded, showsShape: Bool = true, showsTypes: Bool = true
    ) {
      self.maximumWidth = maximumWidth
      self.maximumRows = maximumRows
      self.maximumCellWidth = maximumCellWidth
      self.style = style
      self.showsShape = showsShape
      self.showsTypes = showsTypes
    }

    /// How many of the first and of the last rows to format for a frame of `rowCount` rows.
    package func visibleRows(of rowCount: Int) -> (head: Int, tail: Int) {
      let maximum = max(maximumRows, 0)
      if rowCount <= maximum { return (rowCount, 0) }
      return ((maximum + 1) / 2, maximum / 2)
    }
  }
}

extension TableLayout {
  /// The columns of a terminal that the table would take if it were not cut, at most
  /// `maximumCellWidth` for each of its columns.
  package var naturalWidth: Int {
    var wide = self
    wide.options.maximumWidth = .max
    return wide.visibleBlocks().reduce(1) { $0 + $1.width + 3 }
  }

  /// The table as lines, each ended by a line break.
  package func render() -> String {
    var text = options.showsShape ? "shape: \(shape)\n" : ""
    let blocks = visibleBlocks()
    if blocks.isEmpty { return text }
    let style = options.style
    let widths = blocks.map(\.width)
    text += style.rule(style.top, widths: widths)
    text += line { $0.name }
    if options.showsTypes { text += line { $0.type } }
    text += style.rule(style.middle, widths: widths)
    for row in blocks[0].cells.indices { text += line { $0.cells[row] } }
    text += style.rule(style.bottom, widths: widths)
    return text

    func line(_ cell: (Block) -> String) -> String {
      style.line(blocks.map(cell))
    }
  }

  /// Rows and columns in all, digits grouped: `(1_000, 5)`.
  private var shape: String { "(\(grouped(rowCount)), \(grouped(columns.count)))" }

  private func grouped(_ number: Int) -> String {
    var result = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { result.append("_") }
      result.append(digit)
    }
    return String(result.reversed())
  }
}
