import ColumnarCore

/// Puts the pages of one chunk one behind the other: packed, each behind its header.
///
/// Used by one thread.
final class PageWriter {
  private let options: ParquetWriteOptions
  private let packer: ParquetPacker
  private var target: MutableBuffer
  /// What all pages and headers take before they are packed.
  private(set) var uncompressedSize = 0
  private var levels = MutableBuffer(capacity: 1 << 12)
  private var values = MutableBuffer(capacity: 1 << 16)
  private var packed = MutableBuffer(capacity: 1 << 16)
  /// Pages to come that are not packed, as the last one did not get smaller.
  private var skipped = 0
  private static let skippedPages = 7

  init(_ options: ParquetWriteOptions, _ packer: ParquetPacker, capacity: Int) {
    self.options = options
    self.packer = packer
    target = MutableBuffer(capacity: capacity)
  }

  /// The number of bytes so far.
  var count: Int { target.count }

  /// All bytes; nothing may be added any more.
  func finish() -> Buffer {
    var taken = MutableBuffer(capacity: 0)
    swap(&taken, &target)
    return taken.freeze()
  }

  // MARK: Pages

  /// Appends a page of distinct values.
  func appendDictionary(_ dictionary: CodedValues, _ leaf: ParquetWriteLeaf) throws {
    values.count = 0
    dictionary.values.appendPlain(0..<dictionary.values.count, to: &values)
    try checkSize(values.count, leaf)
    packed.count = 0
    try packAll()
    appendPage(2, size: values.count, body: packed.count) {
      $0.structure(7) {
        $0.int32(1, dictionary.values.count)
        $0.int32(2, ParquetEncoding.plain.rawValue)
        $0.bool(3, dictionary.isSorted)
      }
    }
  }

  /// Appends a data page; its header and all takes the bytes from `count` on.
  func append(
    _ page: PagePlan, _ shredded: ShreddedLeaf, _ encoding: LeafEncoding
  ) throws {
    values.count = 0
    levels.count = 0
    packed.count = 0
    let isFirst = options.pageVersion == .v1
    if isFirst {
      if shredded.repetitions != nil {
        appendSized { shredded.appendRepetitions(page.levels, to: &$0) }
      }
      appendSized { shredded.appendDefinitions(page.levels, to: &$0) }
      append(values: page.values, encoding)
      try checkSize(values.count, shredded.leaf)
      try packAll()
      return appendPage(0, size: values.count, body: packed.count) {
        $0.structure(5) {
          $0.int32(1, page.levels.count)
          $0.int32(2, encoding.encoding.rawValue)
          $0.int32(3, ParquetEncoding.rle.rawValue)
          $0.int32(4, ParquetEncoding.rle.rawValue)
        }
      }
    }
    shredded.appendRepetitions(page.levels, to: &levels)
    let repetitionBytes = levels.count
    shredded.appendDefinitions(page.levels, to: &levels)
    let definitionBytes = levels.count - repetitionBytes
    append(values: page.values, encoding)
    try checkSize(levels.count + values.count, shredded.leaf)
    packed.append(contentsOf: UnsafeRawBufferPointer(start: levels.start, count: levels.count))
    let isPacked = try packIfSmaller()
    appendPage(3, size: levels.count + values.count, body: packed.count) {
      $0.structure(8) {
        $0.int32(1, page.levels.count)
        $0.int32(2, page.levels.count - page.values.count)
        $0.int32(3, page.rows.count)
        $0.int32(4, encoding.encoding.rawValue)
        $0.int32(5, definitionBytes)
        $0.int32(6, repetitionBytes)
        $0.bool(7, isPacked)
      }
    }
  }

  /// Appends levels behind their size.
  private func appendSized(_ body: (inout MutableBuffer) -> Void) {
    let start = values.count
    values.append(UInt32(0))
    body(&values)
    let size = UInt32(truncatingIfNeeded: values.count - start - 4)
    (values.start + start).storeBytes(of: size.littleEndian, as: UInt32.self)
  }

  private func append(values range: Range<Int>, _ encoding: LeafEncoding) {
    if let coded = encoding.coded {
      values.append(UInt8(truncatingIfNeeded: coded.width))
      HybridEncoder.append(
        coded.codes.pointer(as: UInt32.self) + range.lowerBound, range.count, width: coded.width,
        to: &values)
      withExtendedLifetime(coded.codes.owner) {}
    } else {
      encoding.plain?.append(range, as: encoding.encoding, to: &values)
    }
  }

  // MARK: Packing

  private var valueBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: values.start, count: values.count)
  }

  /// Packs the values behind what is in `packed`.
  private func packAll() throws {
    if packer.codec == .uncompressed {
      packed.append(contentsOf: valueBytes)
    } else {
      _ = try packer.pack(valueBytes, to: &packed)
    }
  }

  /// Packs the values, or leaves them as they are where that saves nothing; pages behind such a one
  /// are not tried.
  private func packIfSmaller() throws -> Bool {
    guard packer.codec != .uncompressed, values.count > 0 else {
      packed.append(contentsOf: valueBytes)
      return false
    }
    let start = packed.count
    if skipped == 0 {
      let size = try packer.pack(valueBytes, to: &packed)
      if size < values.count - values.count / 50 { return true }
      packed.count = start
      skipped = Self.skippedPages
    } else {
      skipped -= 1
    }
    packed.append(contentsOf: valueBytes)
    return false
  }

  private func checkSize(_ size: Int, _ leaf: ParquetWriteLeaf) throws {
    guard size > 1 << 30 else { return }
    throw ColumnarError(
      .resourcesExhausted,
      "A page of column \"\(leaf.name)\" would have \(size) bytes; at most \(1 << 30) can be "
        + "written. Single rows this large are not for Parquet.")
  }

  /// Appends a header and what is in `packed`.
  private func appendPage(
    _ kind: Int, size: Int, body: Int, _ detail: (inout ThriftWriter) -> Void
  ) {
    let bytes = UnsafeRawBufferPointer(start: packed.start, count: body)
    let header = ThriftWriter.structure {
      $0.int32(1, kind)
      $0.int32(2, size)
      $0.int32(3, body)
      if options.writesChecksums {
        $0.int32(4, Int(Int32(bitPattern: PageChecksum.of(bytes))))
      }
      detail(&$0)
    }
    header.withUnsafeBytes { target.append(contentsOf: $0) }
    target.append(contentsOf: bytes)
    uncompressedSize += header.count + size
  }
}
