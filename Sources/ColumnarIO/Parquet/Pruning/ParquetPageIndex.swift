import ColumnarCore

/// The page index of one column chunk: which rows each page has, and what is known of its values.
///
/// It is made only of what agrees with itself, with the pages' headers and with the row group's
/// statistics; anything else is as if there were no index, and all pages are read.
struct ParquetPageIndex {
  /// The rows of each page, counted in the row group.
  let rows: [Range<Int>]
  let bounds: ParquetBounds

  /// The index of a leaf that is in no list; `list` has the pages that its chunk really has.
  init?(_ leaf: ParquetLeaf, _ group: ParquetRowGroup, _ list: ParquetPageList, _ file: ParquetFile)
  {
    let chunk = group.chunks[leaf.index]
    guard leaf.repetition == 0, let place = chunk.columnIndex,
      let bytes = place.bytes(in: file.bytes), place.size != nil,
      let rows = Self.rows(leaf, group, list, file)
    else { return nil }
    var reader = ThriftReader(bytes, file.origin.at(place.offset))
    guard let index = try? ParquetColumnIndex(&reader, pages: rows.count) else { return nil }
    let counts = rows.map(\.count)
    let bounds = ParquetBounds(leaf, index, rowCounts: counts, order: file.order(of: leaf))
    let whole = ParquetBounds(leaf, group, order: file.order(of: leaf))
    guard Self.agrees(index, counts, chunk.statistics.nullCount),
      bounds.agrees(order: index.boundaryOrder), bounds.lies(within: whole)
    else { return nil }
    self.rows = rows
    self.bounds = bounds
  }

  /// The rows of each page, if the offset index tells of the very pages that there are.
  ///
  /// Of a leaf in a list the headers of older pages tell no rows: those of the index are taken.
  static func rows(
    _ leaf: ParquetLeaf, _ group: ParquetRowGroup, _ list: ParquetPageList, _ file: ParquetFile
  ) -> [Range<Int>]? {
    guard let place = group.chunks[leaf.index].offsetIndex, place.size != nil,
      let bytes = place.bytes(in: file.bytes)
    else { return nil }
    var reader = ThriftReader(bytes, file.origin.at(place.offset))
    guard let index = try? ParquetOffsetIndex(&reader, rowCount: group.rowCount),
      index.locations.count == list.pages.count
    else { return nil }
    let rows = index.rows(of: group.rowCount)
    for (page, (location, rows)) in zip(list.pages, zip(index.locations, rows)) {
      guard location.offset < page.start, location.offset + location.size == page.start + page.size,
        page.rowCount ?? rows.count == rows.count,
        leaf.repetition == 0 ? page.valueCount == rows.count : page.valueCount >= rows.count
      else { return nil }
    }
    return rows
  }

  /// Whether the counts of nulls go with the pages' rows and with the chunk's count.
  private static func agrees(_ index: ParquetColumnIndex, _ rows: [Int], _ whole: Int?) -> Bool {
    guard let counts = index.nullCounts else { return true }
    for (page, count) in counts.enumerated() {
      guard 0...rows[page] ~= count, !index.nullPages[page] || count == rows[page],
        index.nullPages[page] || count < rows[page]
      else { return false }
    }
    return whole == nil || whole == counts.reduce(0, +)
  }

  /// The rows of the pages that may hold one that passes a test.
  func rows(passing test: ColumnCondition.Test) -> RowRanges {
    let excluded = bounds.excluded(test)
    var result = RowRanges()
    for (page, rows) in rows.enumerated() where !excluded.isSet(page) { result.append(rows) }
    return result
  }
}

extension ParquetBounds {
  /// Whether the bounds are in the order that is said of them, and none is empty.
  fileprivate func agrees(order: Int) -> Bool {
    guard none(minimum, .greater, maximum) else { return false }
    guard order == 1 || order == 2 else { return true }
    for bound in [minimum, maximum] {
      let known = (0..<bound.count).filter { !bound.isNull($0) }.map { Int32($0) }
      guard known.count > 1 else { continue }
      let values = bound.taking(RowIndices(known))
      let (first, second) = (values.slice(0..<(known.count - 1)), values.slice(1..<known.count))
      guard none(first, order == 1 ? .greater : .less, second) else { return false }
    }
    return true
  }

  /// Whether no bound lies outside of those of the whole chunk.
  fileprivate func lies(within whole: ParquetBounds) -> Bool {
    let count = rowCounts.count
    // A page's bound may be cut shorter than the chunk's, so it is the other one that must fit.
    return none(maximum, .less, .constant(whole.minimum, count: count))
      && none(minimum, .greater, .constant(whole.maximum, count: count))
  }

  private func none(_ a: Column, _ op: ComparisonOperator, _ b: Column) -> Bool {
    (try? a.compared(op, b))?.selection.setCount == 0
  }
}
