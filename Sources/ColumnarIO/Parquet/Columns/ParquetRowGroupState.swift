import ColumnarCore

/// What all readers of a row group's parts share: where pages are, and dictionaries.
///
/// `@unchecked Sendable`: what changes is behind locks.
final class ParquetRowGroupState: @unchecked Sendable {
  private struct LeafState {
    var pages: ParquetPageList?
    var dictionary: ParquetDictionary?
  }

  let file: ParquetFile
  let group: ParquetRowGroup
  private let states: [Monitor<LeafState>]
  private let partsLeft: Monitor<Int>

  /// For as many parts as will be read; when the last is, what is shared is let go.
  init(_ file: ParquetFile, group: ParquetRowGroup, parts: Int = 1) {
    self.file = file
    self.group = group
    states = group.chunks.map { _ in Monitor(LeafState()) }
    partsLeft = Monitor(parts)
  }

  func origin(_ leaf: ParquetLeaf) -> ParquetOrigin {
    var origin = file.origin
    origin.column = leaf.path
    return origin
  }

  /// The pages of a leaf's chunk; their headers are read once.
  func pages(of leaf: ParquetLeaf) throws -> ParquetPageList {
    try states[leaf.index].withLock { state in
      if let pages = state.pages { return pages }
      let chunk = group.chunks[leaf.index]
      let origin = origin(leaf)
      guard !chunk.isEncrypted else {
        throw origin.unsupported(
          "has encrypted data in column \"\(MessageText.shown(leaf.path))\"",
          hint: "Have it written without encryption.")
      }
      guard chunk.filePath == nil else {
        throw origin.unsupported(
          "has its data in other files", hint: "Read those files instead.")
      }
      guard chunk.physical == leaf.physical else {
        throw origin.at(file.metadata.dataEnd).corrupt("values of another type than the schema's")
      }
      let pages = try ParquetPageList(
        chunk, leaf, rowCount: group.rowCount, file: file.bytes, dataEnd: file.metadata.dataEnd,
        origin)
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
