extension TableLayout {
  /// A column as it is drawn: all cells padded to the same width.
  struct Block {
    let width: Int
    let name: String
    let type: String
    let cells: [String]
  }

  /// The columns that fit, with an ellipsis in the place of those that don't.
  func visibleBlocks() -> [Block] {
    let limit = max(options.maximumCellWidth, ellipsisWidth)
    let rows = (
      head: columns.map(\.head.count).max() ?? 0, tail: columns.map(\.tail.count).max() ?? 0
    )
    let measured = columns.map { MeasuredColumn($0, in: self, rows: rows, limit: limit) }
    let shown = visibleColumns(minimums: measured.map(\.minimum))
    let elided = shown.count < columns.count
    let widths = shrunk(shown.map { measured[$0] }, reserving: elided ? ellipsisWidth + 3 : 0)
    var blocks = zip(shown, widths).map { measured[$0].block(width: $1, in: self) }
    if elided {
      blocks.insert(ellipsisBlock(rows: blocks[0].cells.count), at: (shown.count + 1) / 2)
    }
    return blocks
  }

  var ellipsisWidth: Int { DisplayWidth.of(options.style.ellipsis) }

  /// Indices of the columns to show: all, or as many as fit from both ends, at least the first.
  private func visibleColumns(minimums: [Int]) -> [Int] {
    func total(_ widths: some Sequence<Int>) -> Int { widths.reduce(1) { $0 + $1 + 3 } }
    if total(minimums) <= options.maximumWidth || minimums.count < 2 {
      return [Int](minimums.indices)
    }
    var front: [Int] = []
    var back: [Int] = []
    var used = 1 + ellipsisWidth + 3
    while front.count + back.count < minimums.count - 1 {
      let fromFront = front.count <= back.count
      let next = fromFront ? front.count : minimums.count - 1 - back.count
      used += minimums[next] + 3
      if used > options.maximumWidth, !front.isEmpty { break }
      if fromFront { front.append(next) } else { back.append(next) }
    }
    return front + back.reversed()
  }

  /// Widths that fit together: the widest columns give way first, none below its minimum unless
  /// it stands alone.
  private func shrunk(_ columns: [MeasuredColumn], reserving reserved: Int) -> [Int] {
    var widths = columns.map(\.natural)
    var excess = widths.reduce(1 + reserved) { $0 + $1 + 3 } - options.maximumWidth
    while excess > 0 {
      let shrinkable = widths.indices.filter { widths[$0] > columns[$0].minimum }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    if excess > 0, widths.count == 1 { widths[0] = max(widths[0] - excess, ellipsisWidth) }
    return widths
  }

  /// What stands in the place of the columns that are left out.
  private func ellipsisBlock(rows: Int) -> Block {
    let sign = options.style.ellipsis
    return Block(
      width: ellipsisWidth, name: sign, type: pad("", to: ellipsisWidth, .left),
      cells: Array(repeating: sign, count: rows))
  }

  /// The text filled up with blanks to `width` columns.
  func pad(_ text: String, to width: Int, _ alignment: Alignment) -> String {
    let blanks = String(repeating: " ", count: max(width - DisplayWidth.of(text), 0))
    return alignment == .left ? text + blanks : blanks + text
  }
}
