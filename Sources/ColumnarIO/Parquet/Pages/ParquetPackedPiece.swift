import ColumnarCore

/// The part of a page that is packed, and the number of bytes that it unpacks to.
struct ParquetPackedPiece {
  let bytes: Buffer
  let size: Int

  /// The packed part of a page; nil where nothing is packed, or not as the header says.
  init?(_ page: ParquetPage, file: Buffer) {
    let whole = file.slice(page.start..<(page.start + page.size))
    switch page.kind {
    case .data, .dictionary:
      bytes = whole
      size = page.unpackedSize
    case .dataV2(let definitionBytes, let repetitionBytes, true):
      let levels = definitionBytes + repetitionBytes
      guard levels <= whole.count, levels <= page.unpackedSize else { return nil }
      bytes = whole.slice(levels..<whole.count)
      size = page.unpackedSize - levels
    default: return nil
    }
  }
}
