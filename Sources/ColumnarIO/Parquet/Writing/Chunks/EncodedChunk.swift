import ColumnarCore

/// The pages of one leaf of a row group, ready to be written, and what the footer says of them.
package struct EncodedChunk: Sendable {
  /// A data page, by where it stands among the bytes.
  struct Page: Sendable {
    let offset: Int
    /// With its header.
    let size: Int
    let firstRow: Int
    let valueCount: Int
    let nullCount: Int
    let bounds: WrittenBounds
  }

  let leaf: ParquetWriteLeaf
  let bytes: Buffer
  let codec: ParquetCodec
  /// Values, nulls and empty lists.
  var levelCount = 0
  var uncompressedSize = 0
  /// Whether the bytes begin with a dictionary.
  var hasDictionary = false
  /// Where the first data page stands.
  var dataOffset = 0
  var encoding = ParquetEncoding.plain
  var pages: [Page] = []
  var bounds = WrittenBounds()
  var nullCount = 0
  /// An index of the values, with its header; empty where none was asked for.
  var bloomFilter: [UInt8] = []
  /// The size of it, once it is in the file.
  var bloomFilterSize = 0

  /// The encodings that occur: those of values, and that of levels.
  var encodings: [ParquetEncoding] {
    if hasDictionary { return [.plain, .rle, .rleDictionary] }
    return encoding == .rle ? [.rle] : [encoding, .rle]
  }
}

/// The chunks of some rows, in the order of the leaves.
package struct EncodedRowGroup: Sendable {
  let rowCount: Int
  let chunks: [EncodedChunk]

  package init(rowCount: Int, chunks: [EncodedChunk]) {
    self.rowCount = rowCount
    self.chunks = chunks
  }
}
