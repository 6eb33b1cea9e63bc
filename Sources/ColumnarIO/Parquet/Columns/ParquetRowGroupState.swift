import ColumnarCore

/// What all readers of a row group's parts share: where pages are, and dictionaries.
///
/// `@unchecked Sendable`: what changes is behind locks.
final class ParquetRowGroupState: @unchecked Sendable {
  private struct LeafState {
    var pages: ParquetPageList?
    var dictionary: ParquetDictionary?
    /// Unpacked pages by number, and how many parts are still to read each.
    var pagesOfParts: [Int: (bytes: ParquetPageBytes, readers: Int)] = [:]
    /// The pages that were opened, once they are counted.
    var opened: Set<Int>?
  }

  let file: ParquetFile
  /// The place among the row groups of the file.
  let number: Int
  let group: ParquetRowGroup
  private let states: [Monitor<LeafState>]
  private let partsLeft: Monitor<Int>
  private let parts: Int
  private let partRows: Int
  private let condition: RowCondition
  private let counts: ScanCounts?
  private let needed = Monitor<RowRanges?>(nil)

  /// For as many parts as will be read, each but the last of `partRows` rows; when the last is, what
  /// is shared is let go.
  ///
  /// Of pages that hold no row that meets the condition nothing need be read.
  init(
    _ file: ParquetFile, number: Int, parts: Int = 1, partRows: Int = .max,
    condition: RowCondition = .all([]), counts: ScanCounts? = nil
  ) {
    self.file = file
    self.number = number
    group = file.metadata.rowGroups[number]
    self.parts = parts
    self.partRows = partRows
    self.condition = condition
    self.counts = counts
    states = group.chunks.map { _ in Monitor(LeafState()) }
    partsLeft = Monitor(parts)
  }

  func origin(_ leaf: ParquetLeaf) -> ParquetOrigin {
    var origin = file.origin
    origin.column = leaf.path
    return origin
  }

  /// The rows that may meet the condition; found once.
  func neededRows() throws -> RowRanges {
    try needed.withLock { needed in
      if let needed { return needed }
      let found =
        try file.options.usesPageIndex
        ? rows(meeting: condition) : RowRanges(0..<group.rowCount)
      needed = found
      if found.isEmpty, group.rowCount > 0 { counts?.add(.groupsByPageIndex) }
      return found
    }
  }

  /// Counts the pages of a leaf that is going to be read.
  func countPages(of leaf: ParquetLeaf, _ list: ParquetPageList) throws {
    guard let counts else { return }
    let needed = try neededRows()
    states[leaf.index].withLock { state in
      guard state.opened == nil else { return }
      state.opened = []
      counts.add(.pages, list.pages.count)
      guard needed.count < group.rowCount else { return }
      var (row, pruned) = (0, 0)
      for page in list.pages {
        guard let rows = leaf.repetition == 0 ? page.valueCount : page.rowCount else { break }
        if !needed.overlaps(row..<(row + rows)) { pruned += 1 }
        row += rows
      }
      counts.add(.pagesByPageIndex, pruned)
    }
  }

  /// Counts a page that is opened, for the first time if it is.
  func countOpened(_ page: Int, of leaf: ParquetLeaf) {
    guard let counts else { return }
    let isNew = states[leaf.index].withLock { $0.opened?.insert(page).inserted ?? false }
    if isNew { counts.add(.pagesOpened) }
  }

  /// The pages of a leaf's chunk; their headers are read once.
  func pages(of leaf: ParquetLeaf) throws -> ParquetPageList {
    try states[leaf.index].withLock { state in
      if let pages = state.pages { return pages }
      let chunk = group.chunks[leaf.index]
      let origin = origin(leaf)
      guard !chunk.isEncrypted else {
        throw origin.encrypted("has encrypted data in column \"\(MessageText.shown(leaf.path))\"")
      }
      guard chunk.filePath == nil else {
        throw origin.unsupported(
          "has its data in other files", hint: "Read those files instead.")
      }
      guard chunk.physical == leaf.physical else {
        throw origin.at(file.metadata.dataEnd).corrupt("values of another type than the schema's")
      }
      var pages = try ParquetPageList(
        chunk, leaf, rowCount: group.rowCount, file: file.bytes, dataEnd: file.metadata.dataEnd,
        origin)
      if leaf.repetition > 0, file.options.usesPageIndex,
        let rows = ParquetPageIndex.rows(leaf, group, pages, file)
      {
        pages = pages.telling(rows.map(\.count))
      }
      state.pages = pages
      return pages
    }
  }

  /// The dictionary of a leaf's chunk, if there is one; it is decoded once.
  func dictionary(
    of leaf: ParquetLeaf, _ unpacker: ParquetUnpacker
  ) throws -> ParquetDictionary? {
    guard let page = try pages(of: leaf).dictionary else { return nil }
    return try states[leaf.index].withLock { state in
      if let dictionary = state.dictionary { return dictionary }
      var origin = origin(leaf).at(page.start)
      guard page.encoding == .plain || page.encoding == .plainDictionary else {
        throw origin.corrupt("a dictionary is said to be written as \(page.encoding)")
      }
      if file.options.verifiesChecksums { try PageChecksum.check(page, file.bytes, origin) }
      try leaf.check(page, origin)
      let packed = file.bytes.slice(page.start..<(page.start + page.size))
      let bytes = try unpacker.unpack(packed, size: page.unpackedSize, origin)
      origin.isUnpacked = group.chunks[leaf.index].codec != .uncompressed
      let made = try ParquetDictionary(leaf, bytes, count: page.valueCount, origin)
      state.dictionary = made
      return made
    }
  }

  /// Data page number `index` of a leaf, unpacked.
  ///
  /// One that reaches over the border of two parts or more is unpacked by whoever comes first, and
  /// kept until all have come.
  func unpackedPage(
    _ index: Int, of leaf: ParquetLeaf, _ unpack: (ParquetPage) throws -> ParquetPageBytes
  ) throws -> ParquetPageBytes {
    let list = try pages(of: leaf)
    let page = list.pages[index]
    let readers = leaf.repetition > 0 ? 1 : partCount(list.firstValues[index], page.valueCount)
    guard readers > 1 else { return try unpack(page) }
    return try states[leaf.index].withLock { state in
      if let known = state.pagesOfParts[index] {
        if known.readers > 1 {
          state.pagesOfParts[index]?.readers -= 1
        } else {
          state.pagesOfParts[index] = nil
        }
        return known.bytes
      }
      let made = try unpack(page)
      state.pagesOfParts[index] = (bytes: made, readers: readers - 1)
      return made
    }
  }

  /// How many parts have some of these rows.
  private func partCount(_ first: Int, _ count: Int) -> Int {
    func part(_ row: Int) -> Int { min(parts - 1, row / partRows) }
    return parts == 1 ? 1 : part(first + count - 1) - part(first) + 1
  }

  /// Notes that one of the parts was read.
  func finishPart() {
    let left = partsLeft.withLock { left in
      left -= 1
      return left
    }
    guard left == 0 else { return }
    for state in states { state.withLock { $0 = LeafState() } }
  }
}
