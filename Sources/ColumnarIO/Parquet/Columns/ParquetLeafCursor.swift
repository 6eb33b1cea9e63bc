import ColumnarCore

/// Reads the values of one leaf in a row group, from the first to the last, in pieces of any number
/// of rows; rows that are skipped are decoded only where their page is not skipped as a whole.
///
/// Used by one thread at a time.
final class ParquetLeafCursor {
  /// A page that is being read.
  struct OpenPage {
    /// Values with nulls that are left.
    var left: Int
    /// The levels of a flat column.
    var definitions: HybridDecoder?
    let values: any ValueDecoder
    /// All levels of a nested column, a byte each, and how many were read.
    var levels: ParquetLevels?
  }

  let leaf: ParquetLeaf
  let state: ParquetRowGroupState
  let list: ParquetPageList
  private let unpacker: ParquetUnpacker
  /// Whether levels are needed by what stands around the leaf.
  private let keepsLevels: Bool
  private(set) var pageIndex = 0
  var page: OpenPage?
  /// Rows to be left out before the next that is read.
  var pendingSkip = 0

  init(
    _ leaf: ParquetLeaf, _ state: ParquetRowGroupState, keepsLevels: Bool,
    _ unpacker: ParquetUnpacker
  ) throws {
    self.leaf = leaf
    self.state = state
    self.keepsLevels = keepsLevels
    self.unpacker = unpacker
    list = try state.pages(of: leaf)
    try state.countPages(of: leaf, list)
  }

  /// Leaves out rows; nothing is decoded yet.
  func skip(_ rows: Int) { pendingSkip += rows }

  /// Where the page at hand stands, for errors.
  var origin: ParquetOrigin {
    let at = list.pages.isEmpty ? 0 : list.pages[min(pageIndex, list.pages.count - 1)].start
    return state.origin(leaf).at(at)
  }

  func dictionary() throws -> ParquetDictionary? {
    try state.dictionary(of: leaf, unpacker)
  }

  /// The header of the next page, if there is none open and one left.
  var upcoming: ParquetPage? {
    closeFinishedPage()
    return pageIndex < list.pages.count && page == nil ? list.pages[pageIndex] : nil
  }

  /// Leaves out the next page, which is not open.
  func skipPage() { pageIndex += 1 }

  private func closeFinishedPage() {
    guard let open = page, open.left == 0 else { return }
    page = nil
    pageIndex += 1
  }

  /// Opens the next page unless one is open; false at the end.
  func openPage() throws -> Bool {
    closeFinishedPage()
    if page != nil { return true }
    guard pageIndex < list.pages.count else { return false }
    let header = list.pages[pageIndex]
    state.countOpened(pageIndex, of: leaf)
    var origin = origin
    if state.file.options.verifiesChecksums {
      try PageChecksum.check(header, state.file.bytes, origin)
    }
    origin.isUnpacked = state.group.chunks[leaf.index].codec != .uncompressed
    let bytes = try state.unpackedPage(pageIndex, of: leaf) { page in
      try ParquetPageBytes(page, leaf, file: state.file.bytes, unpacker, origin)
    }
    let dictionary = header.encoding.isDictionary ? try dictionary() : nil
    let values = try leaf.decoder(
      header.encoding, bytes.values, count: header.valueCount, dictionary: dictionary,
      bytes.origin)
    var opened = OpenPage(
      left: header.valueCount, definitions: bytes.definitions, values: values)
    if keepsLevels {
      opened.levels = try ParquetLevels(header, leaf, bytes, bytes.origin)
    }
    page = opened
    return true
  }

  /// Leaves out values in pieces, because decoders take memory for as many.
  func skipValues(_ count: Int, of values: any ValueDecoder) throws {
    var left = count
    while left > 0 {
      let taken = min(left, 8192)
      try values.skip(taken)
      left -= taken
    }
  }

  /// The error of a column that ends too early.
  func ended(_ missing: Int) -> ColumnarError {
    origin.corrupt("\(missing) rows too few")
  }
}
