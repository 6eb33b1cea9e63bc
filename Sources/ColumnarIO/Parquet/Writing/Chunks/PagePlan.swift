import ColumnarCore

/// Which rows of a chunk make a page: its levels and its values.
struct PagePlan: Sendable {
  /// The first row and how many there are.
  let rows: Range<Int>
  let levels: Range<Int>
  let values: Range<Int>

  /// Cuts a chunk into pages, which begin at rows.
  static func pages(
    _ shredded: ShreddedLeaf, _ encoding: LeafEncoding, _ options: ParquetWriteOptions
  ) -> [PagePlan] {
    guard shredded.rowCount > 0 else { return [] }
    let starts = shredded.rowStarts
    // Text is looked at in steps, as its lengths differ; all else has a size that is known.
    let size = Size(encoding)
    let perRow = size.average * Double(shredded.values.count) / Double(shredded.rowCount)
    let ideal = perRow > 0 ? Double(options.pageBytes) / perRow : .infinity
    let most = max(1, ideal < Double(options.pageRows) ? Int(ideal) : options.pageRows)
    let step = size.lengths == nil ? most : max(1, min(1024, most / 4))
    var pages: [PagePlan] = []
    var (row, level, value) = (0, 0, 0)
    while row < shredded.rowCount {
      let begin = (row: row, level: level, value: value)
      var bytes = 0
      while row < shredded.rowCount, row - begin.row < options.pageRows {
        let next = min(shredded.rowCount, row + step, begin.row + options.pageRows)
        let end = starts.map { $0.place(next, of: shredded) } ?? next
        let count = shredded.valueCount(level..<end)
        let added = size.bytes(value..<(value + count))
        if row > begin.row, bytes + added > options.pageBytes { break }
        (row, level, value, bytes) = (next, end, value + count, bytes + added)
        if size.lengths == nil { break }
      }
      pages.append(
        PagePlan(
          rows: begin.row..<row, levels: begin.level..<level, values: begin.value..<value))
    }
    return pages
  }

  /// The bytes that values take before they are packed.
  private struct Size {
    /// Of all values, or of those that `lengths` does not tell.
    var average: Double
    var lengths: BytesView?

    init(_ encoding: LeafEncoding) {
      if let coded = encoding.coded {
        average = Double(coded.width) / 8
        return
      }
      switch encoding.plain?.form {
      case .bits: average = 0.125
      case .words(_, let width): average = Double(width)
      case .bytes(let view):
        var total = 0
        for row in 0..<view.count { total &+= view.views[row].count &+ 4 }
        average = Double(total) / Double(max(1, view.count))
        lengths = view
      default: average = 0
      }
    }

    func bytes(_ values: Range<Int>) -> Int {
      guard let lengths else { return 0 }
      var total = 0
      for row in values { total &+= lengths.views[row].count &+ 4 }
      return total
    }
  }
}

/// Where the levels of each row begin.
private struct RowStarts {
  let starts: Buffer

  func place(_ row: Int, of shredded: ShreddedLeaf) -> Int {
    row == shredded.rowCount ? shredded.count : Int(starts.pointer(as: Int32.self)[row])
  }
}

extension ShreddedLeaf {
  /// Nil where each row has one level.
  fileprivate var rowStarts: RowStarts? {
    guard let repetitions else { return nil }
    let levels = repetitions.pointer(as: UInt8.self)
    let memory = MutableBuffer(count: (count + 1) * 4)
    let target = memory.pointer(as: Int32.self)
    var row = 0
    for k in 0..<count {
      target[row] = Int32(truncatingIfNeeded: k)
      row &+= levels[k] == 0 ? 1 : 0
    }
    withExtendedLifetime(repetitions.owner) {}
    return RowStarts(starts: memory.freeze())
  }
}
