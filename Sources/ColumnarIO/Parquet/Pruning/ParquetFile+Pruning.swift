import ColumnarCore

extension ParquetFile {
  /// By what it is known that no row of a row group meets a condition; nil where one may.
  package func exclusion(_ condition: RowCondition, group number: Int) -> ScanCounts.Item? {
    let group = metadata.rowGroups[number]
    if options.usesStatistics,
      condition.isExcluded(by: { statisticsExclude($0, group) })
    {
      return .groupsByStatistics
    }
    if options.usesBloomFilters,
      condition.isExcluded(by: {
        (options.usesStatistics && statisticsExclude($0, group)) || bloomFilterExcludes($0, group)
      })
    {
      return .groupsByBloomFilter
    }
    return nil
  }

  /// The leaf that a condition is about: a column that is one, or one beneath structs alone, in no
  /// list.
  func leaf(of condition: ColumnCondition) -> ParquetLeaf? {
    var node = schema.nodes[condition.column]
    for name in condition.fields {
      guard case .structure(_, let fields, let nodes) = node,
        let place = fields.firstIndex(where: { $0.name == name })
      else { return nil }
      node = nodes[place]
    }
    guard case .leaf(let index, _) = node, let leaf = schema.leaves[index], leaf.repetition == 0
    else { return nil }
    return leaf
  }

  private func statisticsExclude(_ condition: ColumnCondition, _ group: ParquetRowGroup) -> Bool {
    guard let leaf = leaf(of: condition) else { return false }
    return ParquetBounds(leaf, group, order: order(of: leaf)).excluded(condition.test).isSet(0)
  }

  private func bloomFilterExcludes(_ condition: ColumnCondition, _ group: ParquetRowGroup) -> Bool {
    guard case .compare(.equal, let value) = condition.test, let leaf = leaf(of: condition),
      let place = group.chunks[leaf.index].bloomFilter, let hashes = leaf.bloomHashes(of: value),
      let filter = ParquetBloomFilter(place, file: bytes, origin)
    else { return false }
    return !hashes.contains(where: filter.mayHold)
  }

  func order(of leaf: ParquetLeaf) -> Int {
    leaf.index < metadata.orders.count ? metadata.orders[leaf.index] : 0
  }
}

extension ParquetRowGroupState {
  /// The rows that by the page index may meet the condition: those of the pages of which that is
  /// not excluded.
  func rows(meeting condition: RowCondition) throws -> RowRanges {
    let all = RowRanges(0..<group.rowCount)
    switch condition {
    case .column(let condition):
      guard let leaf = file.leaf(of: condition), group.chunks[leaf.index].columnIndex != nil,
        let found = ParquetPageIndex(leaf, group, try pages(of: leaf), file)
      else { return all }
      return found.rows(passing: condition.test)
    case .all(let parts):
      return try parts.reduce(all) { left, part -> RowRanges in
        try left.isEmpty ? left : left.intersection(rows(meeting: part))
      }
    case .any(let parts):
      return try parts.reduce(RowRanges()) { $0.union(try rows(meeting: $1)) }
    }
  }
}
