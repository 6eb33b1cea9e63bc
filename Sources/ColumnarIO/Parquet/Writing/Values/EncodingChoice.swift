import ColumnarCore

/// Which encoding the values of a chunk come out smallest in: measured, by encoding and packing a
/// sample of them.
///
/// The sample is some 16,000 values, in eight pieces from all over the chunk. Plain values are kept
/// unless another encoding saves three hundredths.
struct EncodingChoice {
  /// The encoding to use where there is no dictionary.
  let encoding: ParquetEncoding
  /// The bytes that a value takes in it, packed.
  let bytesPerValue: Double
  /// What packing makes of a plain byte.
  let plainRatio: Double
  /// How many equal values follow one another, in the mean.
  let runLength: Double

  private static let pieces = 8
  private static let pieceSize = 2048

  init(_ values: StoredValues, _ options: ParquetWriteOptions, _ packer: ParquetPacker) throws {
    let ranges = Self.ranges(values.count)
    let total = ranges.reduce(0) { $0 + $1.count }
    guard total > 0 else {
      (encoding, bytesPerValue, plainRatio, runLength) = (.plain, 0, 1, 1)
      return
    }
    var best = (ParquetEncoding.plain, 0.0)
    var ratio = 1.0
    // Numbers are put side by side, because they are packed by the page.
    let gathered = values.gathered(ranges)
    for candidate in Self.candidates(values, ranges, options, packer) {
      var bytes = MutableBuffer(capacity: total * 8)
      if let gathered {
        gathered.append(0..<total, as: candidate, to: &bytes)
      } else {
        for range in ranges { values.append(range, as: candidate, to: &bytes) }
      }
      var size = bytes.count
      if packer.codec != .uncompressed, size > 0 {
        var packed = MutableBuffer(capacity: size)
        size = min(
          size,
          try packer.pack(
            UnsafeRawBufferPointer(start: bytes.start, count: bytes.count), to: &packed))
      }
      if candidate == .plain {
        best.1 = Double(size)
        ratio = Double(size) / Double(max(1, bytes.count))
      } else if Double(size) < best.1 * (best.0 == .plain ? 0.97 : 1) {
        best = (candidate, Double(size))
      }
    }
    (encoding, bytesPerValue, plainRatio) = (best.0, best.1 / Double(total), ratio)
    runLength = Double(total) / Double(values.runCount(ranges))
  }

  /// Pieces from all over `count` values.
  private static func ranges(_ count: Int) -> [Range<Int>] {
    guard count > pieces * pieceSize else { return count == 0 ? [] : [0..<count] }
    let step = (count - pieceSize) / (pieces - 1)
    return (0..<pieces).map { ($0 * step)..<($0 * step + pieceSize) }
  }

  /// Plain, and what else may be smaller.
  private static func candidates(
    _ values: StoredValues, _ ranges: [Range<Int>], _ options: ParquetWriteOptions,
    _ packer: ParquetPacker
  ) -> [ParquetEncoding] {
    guard options.usesNewEncodings else { return [.plain] }
    switch values.form {
    case .none: return [.plain]
    case .bits: return [.plain, .rle]
    case .words:
      if !values.stored.isFloat { return [.plain, .deltaBinaryPacked] }
      return packer.codec == .uncompressed ? [.plain] : [.plain, .byteStreamSplit]
    // Not all who read decimals of bytes know them in other encodings: DuckDB does not.
    case .bytes where values.stored.conversion == .decimal: return [.plain]
    case .bytes(let view):
      return sharesPrefixes(view, ranges)
        ? [.plain, .deltaLengthByteArray, .deltaByteArray] : [.plain, .deltaLengthByteArray]
    }
  }

  /// Whether values have a good part of their beginning in common with the one before.
  private static func sharesPrefixes(_ view: BytesView, _ ranges: [Range<Int>]) -> Bool {
    var (shared, total) = (0, 0)
    for range in ranges {
      for row in range.dropFirst().prefix(256) {
        let (before, value) = (view.bytes(row - 1), view.bytes(row))
        total += value.count
        shared += zip(before, value).prefix { $0 == $1 }.count
      }
    }
    return shared * 4 > total
  }
}

extension StoredValues {
  /// The numbers of some pieces; nil where the values are no numbers.
  fileprivate func gathered(_ ranges: [Range<Int>]) -> StoredValues? {
    guard case .words = form else { return nil }
    var words = MutableBuffer(capacity: ranges.reduce(0) { $0 + $1.count } * 8)
    for range in ranges { appendPlain(range, to: &words) }
    return StoredValues(
      words: words.freeze(), count: ranges.reduce(0) { $0 + $1.count }, stored)
  }

  /// How many runs of equal values there are in some pieces.
  fileprivate func runCount(_ ranges: [Range<Int>]) -> Int {
    var count = 0
    for range in ranges {
      count += 1
      for row in range.dropFirst() where !isSame(row - 1, row) { count += 1 }
    }
    return count
  }

  private func isSame(_ a: Int, _ b: Int) -> Bool {
    switch form {
    case .none: true
    case .bits(let bits): bits.isSet(a) == bits.isSet(b)
    case .words(let words, 4):
      words.pointer(as: UInt32.self)[a] == words.pointer(as: UInt32.self)[b]
    case .words(let words, _):
      words.pointer(as: UInt64.self)[a] == words.pointer(as: UInt64.self)[b]
    case .bytes(let view):
      view.views[a].low == view.views[b].low && view.bytes(a).elementsEqual(view.bytes(b))
    }
  }
}
