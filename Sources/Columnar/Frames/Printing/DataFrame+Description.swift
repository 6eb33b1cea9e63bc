import ColumnarCore

extension DataFrame: CustomStringConvertible {
  /// The frame as a table: shape, names, types, the first and last rows, cut to the terminal's width.
  public var description: String { table() }

  /// The frame as a table.
  ///
  /// - Parameters:
  ///   - maximumRows: more rows than this leave out those in the middle.
  ///   - maximumWidth: columns that do not fit leave out those in the middle; nil: the width of
  ///     the terminal.
  public func table(maximumRows: Int = 10, maximumWidth: Int? = nil) -> String {
    layout(
      TableLayout.Options(
        maximumWidth: maximumWidth ?? terminalWidth(), maximumRows: maximumRows)
    ).render()
  }

  /// The frame's first and last rows, ready to be drawn.
  package func layout(_ options: TableLayout.Options) -> TableLayout {
    let (headCount, tailCount) = options.visibleRows(of: count)
    let head = slice(0..<headCount).batch
    let tail = slice((count - tailCount)..<count).batch
    let columns = schema.fields.enumerated().map { position, field in
      TableLayout.Column(
        name: field.name, type: field.type.description, alignment: CellText.alignment(field.type),
        head: (0..<head.count).map { CellText.text(head.columns[position], $0) },
        tail: (0..<tail.count).map { CellText.text(tail.columns[position], $0) })
    }
    return TableLayout(columns: columns, rowCount: count, options: options)
  }
}
