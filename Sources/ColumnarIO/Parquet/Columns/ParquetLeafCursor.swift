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
  /// Where reading will go to, so that a page may be unpacked with the one before it; 0: no further
  /// than it must.
  private let endRow: Int
  /// The number of a page that was unpacked ahead, and its packed piece as it should be.
  private var ahead: (index: Int, unpacked: Buffer)?

  init(
    _ leaf: ParquetLeaf, _ state: ParquetRowGroupState, keepsLevels: Bool, readingTo endRow: Int,
    _ unpacker: ParquetUnpacker
  ) throws {
    self.endRow = unpacker.unpacksPairs ? endRow : 0
    self.leaf = leaf
    self.state = state
    self.keepsLevels = keepsLevels
    self.unpacker = unpacker
    list = try state.pages(of: leaf)
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
    pageIndex < list.pages.count && page == nil ? list.pages[pageIndex] : nil
  }

  /// Leaves out the next page, which is not open.
  func skipPage() { pageIndex += 1 }

  /// Opens the next page unless one is open; false at the end.
  func openPage() throws -> Bool {
    if let page, page.left > 0 { return true }
    if page != nil {
      page = nil
      pageIndex += 1
    }
    guard pageIndex < list.pages.count else { return false }
    let header = list.pages[pageIndex]
    var origin = origin
    if state.file.options.verifiesChecksums {
      try PageChecksum.check(header, state.file.bytes, origin)
    }
    origin.isUnpacked = state.group.chunks[leaf.index].codec != .uncompressed
    if header.encoding.isDictionary { try unpackWithDictionary(header, origin) }
    let partner = partner
    let bytes = try state.unpackedPage(pageIndex, of: leaf) { page in
      try ParquetPageBytes(
        page, leaf, file: state.file.bytes, unpacker, origin,
        unpacked: unpacked(page, partner, origin))
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

  /// The page behind the next one, if that will be read too and nobody has it.
  private var partner: Int? {
    let index = pageIndex + 1
    guard endRow > 0, index < list.pages.count, ahead?.index != pageIndex,
      leaf.repetition > 0 || list.firstValues[index] < endRow,
      !state.isUnpacked(index, of: leaf)
    else { return nil }
    return index
  }

  /// Unpacks the dictionary together with the page at hand, if neither was yet.
  private func unpackWithDictionary(_ page: ParquetPage, _ origin: ParquetOrigin) throws {
    let file = state.file.bytes
    guard endRow > 0, ahead?.index != pageIndex, !state.hasDictionary(of: leaf),
      !state.isUnpacked(pageIndex, of: leaf), let dictionary = list.dictionary,
      (try? leaf.check(dictionary, origin)) != nil, (try? leaf.check(page, origin)) != nil,
      let first = ParquetPackedPiece(dictionary, file: file),
      let second = ParquetPackedPiece(page, file: file)
    else { return }
    let (values, codes) = unpacker.unpack(first, second)
    _ = try state.dictionary(of: leaf, unpacker, unpacked: values)
    ahead = codes.map { (pageIndex, $0) }
  }

  /// The packed piece of the page at hand as it was unpacked before, or is now together with that of
  /// its partner; nil where it is to be unpacked by itself.
  private func unpacked(
    _ page: ParquetPage, _ partner: Int?, _ origin: ParquetOrigin
  ) throws -> Buffer? {
    if let ahead {
      self.ahead = nil
      if ahead.index == pageIndex { return ahead.unpacked }
    }
    try leaf.check(page, origin)
    let file = state.file.bytes
    guard let partner, (try? leaf.check(list.pages[partner], origin)) != nil,
      let first = ParquetPackedPiece(page, file: file),
      let second = ParquetPackedPiece(list.pages[partner], file: file)
    else { return nil }
    let (own, next) = unpacker.unpack(first, second)
    ahead = next.map { (partner, $0) }
    return own
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
