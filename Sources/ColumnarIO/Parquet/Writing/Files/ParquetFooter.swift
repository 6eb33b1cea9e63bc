import ColumnarCore

/// What stands at the end of a file that is written: gathered row group by row group.
struct ParquetFooter {
  /// A chunk that was written, by where it stands in the file.
  fileprivate struct Chunk {
    let chunk: EncodedChunk
    let offset: Int
    var bloomFilterOffset: Int?
    var columnIndex: Range<Int>?
    var offsetIndex: Range<Int>?
  }

  fileprivate struct RowGroup {
    let rowCount: Int
    let offset: Int
    var chunks: [Chunk]
  }

  private let schema: ParquetWriteSchema
  private let options: ParquetWriteOptions
  private let arrowSchema: String?
  private var rowGroups: [RowGroup] = []

  /// The library and its version, which readers tell writers' known faults by.
  static let createdBy = "columnar version 1.0.0"

  init(_ schema: ParquetWriteSchema, _ options: ParquetWriteOptions) throws {
    self.schema = schema
    self.options = options
    arrowSchema =
      options.writesArrowSchema
      ? Base64.encode(
        IPCMessage.framed(try IPCSchema(schema.schema, layout: .offsets).encoded())) : nil
  }

  /// Notes a row group that was written from `offset` on, its chunks side by side, and behind them
  /// their bloom filters.
  mutating func add(_ group: EncodedRowGroup, at offset: Int) {
    var (next, chunks) = (offset, [Chunk]())
    for chunk in group.chunks {
      // The bytes are in the file.
      chunks.append(Chunk(chunk: chunk.withoutBytes, offset: next))
      next += chunk.bytes.count
    }
    for (k, chunk) in group.chunks.enumerated() where !chunk.bloomFilter.isEmpty {
      chunks[k].bloomFilterOffset = next
      next += chunk.bloomFilter.count
    }
    rowGroups.append(RowGroup(rowCount: group.rowCount, offset: offset, chunks: chunks))
  }

  // MARK: Page index

  /// The page indexes of all chunks, for a file that has `position` bytes so far.
  mutating func pageIndex(at position: Int) -> [UInt8] {
    guard options.writesPageIndex else { return [] }
    var bytes: [UInt8] = []
    for group in rowGroups.indices {
      for k in rowGroups[group].chunks.indices {
        guard let index = rowGroups[group].chunks[k].columnIndexBytes else { continue }
        let start = position + bytes.count
        rowGroups[group].chunks[k].columnIndex = start..<(start + index.count)
        bytes += index
      }
    }
    for group in rowGroups.indices {
      for k in rowGroups[group].chunks.indices {
        let index = rowGroups[group].chunks[k].offsetIndexBytes
        let start = position + bytes.count
        rowGroups[group].chunks[k].offsetIndex = start..<(start + index.count)
        bytes += index
      }
    }
    return bytes
  }

  // MARK: Metadata

  /// The metadata, without its length.
  func metadata() -> [UInt8] {
    ThriftWriter.structure { thrift in
      thrift.int32(1, 2)
      thrift.list(2, .structure, schema.elements) { thrift, element in
        thrift.element { element.write(to: &$0) }
      }
      thrift.int64(3, rowGroups.reduce(0) { $0 + $1.rowCount })
      thrift.list(4, .structure, Array(rowGroups.enumerated())) { thrift, group in
        thrift.element { write(group.element, group.offset, to: &$0) }
      }
      let pairs = keyValues
      if !pairs.isEmpty {
        thrift.list(5, .structure, pairs) { thrift, pair in
          thrift.element {
            $0.string(1, pair.0)
            $0.string(2, pair.1)
          }
        }
      }
      thrift.string(6, Self.createdBy)
      // Bounds follow the order of the type.
      thrift.list(7, .structure, schema.leaves) { thrift, _ in
        thrift.element { $0.structure(1) }
      }
    }
  }

  private var keyValues: [(String, String)] {
    let own = arrowSchema.map { [("ARROW:schema", $0)] } ?? []
    return own + options.metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func write(_ group: RowGroup, _ number: Int, to thrift: inout ThriftWriter) {
    thrift.list(1, .structure, group.chunks) { thrift, chunk in
      thrift.element { chunk.write(to: &$0, options) }
    }
    thrift.int64(2, group.chunks.reduce(0) { $0 + $1.chunk.uncompressedSize })
    thrift.int64(3, group.rowCount)
    let sorted = sortedLeaves
    if !sorted.isEmpty {
      thrift.list(4, .structure, sorted) { thrift, entry in
        thrift.element {
          $0.int32(1, entry.leaf)
          $0.bool(2, entry.column.descending)
          $0.bool(3, entry.column.nullsFirst)
        }
      }
    }
    thrift.int64(5, group.offset)
    thrift.int64(6, group.chunks.reduce(0) { $0 + $1.chunk.size })
    if number <= Int16.max { thrift.int16(7, number) }
  }

  private var sortedLeaves: [(leaf: Int, column: ParquetWriteOptions.SortedColumn)] {
    options.sortedColumns.compactMap { column in
      schema.leaves.firstIndex { $0.path == [column.column] }.map { (leaf: $0, column: column) }
    }
  }
}

extension EncodedChunk {
  /// The bytes in the file, without a bloom filter.
  fileprivate var size: Int { pages.last.map { $0.offset + $0.size } ?? dataOffset }

  fileprivate var withoutBytes: EncodedChunk {
    var copy = EncodedChunk(leaf: leaf, bytes: .empty, codec: codec)
    copy.levelCount = levelCount
    copy.uncompressedSize = uncompressedSize
    copy.hasDictionary = hasDictionary
    copy.dataOffset = dataOffset
    copy.encoding = encoding
    copy.pages = pages
    copy.bounds = bounds
    copy.nullCount = nullCount
    copy.bloomFilterSize = bloomFilter.count
    return copy
  }
}

extension ParquetFooter.Chunk {
  fileprivate func write(to thrift: inout ThriftWriter, _ options: ParquetWriteOptions) {
    thrift.int64(2, 0)
    thrift.structure(3) { writeMetadata(to: &$0, options) }
    if let offsetIndex {
      thrift.int64(4, offsetIndex.lowerBound)
      thrift.int32(5, offsetIndex.count)
    }
    if let columnIndex {
      thrift.int64(6, columnIndex.lowerBound)
      thrift.int32(7, columnIndex.count)
    }
  }

  private func writeMetadata(to thrift: inout ThriftWriter, _ options: ParquetWriteOptions) {
    thrift.int32(1, chunk.leaf.stored.physical.rawValue)
    thrift.list(2, .int32, chunk.encodings) { $0.element($1.rawValue) }
    thrift.list(3, .binary, chunk.leaf.path) { $0.element(Array($1.utf8)) }
    thrift.int32(4, chunk.codec.rawValue)
    thrift.int64(5, chunk.levelCount)
    thrift.int64(6, chunk.uncompressedSize)
    thrift.int64(7, chunk.size)
    thrift.int64(9, offset + chunk.dataOffset)
    if chunk.hasDictionary { thrift.int64(11, offset) }
    if options.writesStatistics { thrift.structure(12) { chunk.writeStatistics(to: &$0) } }
    writePageCounts(to: &thrift, options)
    if let bloomFilterOffset {
      thrift.int64(14, bloomFilterOffset)
      thrift.int32(15, chunk.bloomFilterSize)
    }
  }

  /// How many pages have which encoding: tells readers that all values are codes.
  private func writePageCounts(to thrift: inout ThriftWriter, _ options: ParquetWriteOptions) {
    let kind = options.pageVersion == .v1 ? 0 : 3
    var counts = [(kind, chunk.encoding, chunk.pages.count)]
    if chunk.hasDictionary { counts.insert((2, .plain, 1), at: 0) }
    thrift.list(13, .structure, counts) { thrift, count in
      thrift.element {
        $0.int32(1, count.0)
        $0.int32(2, count.1.rawValue)
        $0.int32(3, count.2)
      }
    }
  }

  /// The bounds of each page; nil where some page with values has none.
  fileprivate var columnIndexBytes: [UInt8]? {
    let pages = chunk.pages
    let physical = chunk.leaf.stored.physical
    guard !pages.isEmpty,
      pages.allSatisfy({
        $0.valueCount == 0 || ($0.bounds.least != nil && $0.bounds.greatest != nil)
      }
      )
    else { return nil }
    return ThriftWriter.structure { thrift in
      thrift.list(1, .yes, pages) { $0.element($1.valueCount == 0) }
      thrift.list(2, .binary, pages) {
        $0.element($1.bounds.least?.encoded(physical, isLeast: true) ?? [])
      }
      thrift.list(3, .binary, pages) {
        $0.element($1.bounds.greatest?.encoded(physical, isLeast: false) ?? [])
      }
      thrift.int32(4, Self.order(pages.filter { $0.valueCount > 0 }.map(\.bounds)))
      thrift.list(5, .int64, pages) { $0.element($1.nullCount) }
    }
  }

  /// 1 where no bound is less than that of a page before, 2 where none is greater, else 0.
  private static func order(_ bounds: [WrittenBounds]) -> Int {
    var (rises, falls) = (true, true)
    for (a, b) in zip(bounds, bounds.dropFirst()) {
      guard let low = a.least, let nextLow = b.least, let high = a.greatest,
        let nextHigh = b.greatest
      else { return 0 }
      if nextLow < low || nextHigh < high { rises = false }
      if low < nextLow || high < nextHigh { falls = false }
    }
    return rises ? 1 : falls ? 2 : 0
  }

  fileprivate var offsetIndexBytes: [UInt8] {
    ThriftWriter.structure { thrift in
      thrift.list(1, .structure, chunk.pages) { thrift, page in
        thrift.element {
          $0.int64(1, offset + page.offset)
          $0.int32(2, page.size)
          $0.int64(3, page.firstRow)
        }
      }
    }
  }
}

extension EncodedChunk {
  fileprivate func writeStatistics(to thrift: inout ThriftWriter) {
    let physical = leaf.stored.physical
    thrift.int64(3, nullCount)
    if let greatest = bounds.greatest {
      thrift.binary(5, greatest.encoded(physical, isLeast: false))
    }
    if let least = bounds.least { thrift.binary(6, least.encoded(physical, isLeast: true)) }
    if let greatest = bounds.greatest { thrift.bool(7, greatest.isExact) }
    if let least = bounds.least { thrift.bool(8, least.isExact) }
    if leaf.stored.isFloat { thrift.int64(9, bounds.nanCount) }
  }
}
