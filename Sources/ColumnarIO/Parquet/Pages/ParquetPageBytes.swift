import ColumnarCore

/// A data page, unpacked and cut into its parts.
struct ParquetPageBytes {
  let values: Buffer
  /// The levels as runs; nil where the column has none.
  let definitions: HybridDecoder?
  let repetitions: HybridDecoder?
  /// For errors about the values.
  let origin: ParquetOrigin

  /// Unpacks a page and cuts it.
  init(
    _ page: ParquetPage, _ leaf: ParquetLeaf, file: Buffer, _ unpacker: ParquetUnpacker,
    _ origin: ParquetOrigin
  ) throws {
    let packed = file.slice(page.start..<(page.start + page.size))
    try leaf.check(page, origin)
    switch page.kind {
    case .dataV2(let definitionBytes, let repetitionBytes, let isCompressed):
      let levels = definitionBytes + repetitionBytes
      guard levels <= packed.count, levels <= page.unpackedSize else {
        throw origin.corrupt("levels of \(levels) bytes in a page of \(packed.count)")
      }
      let rest = packed.slice(levels..<packed.count)
      let size = page.unpackedSize - levels
      if isCompressed, size == 0 || !rest.isEmpty {
        values = try unpacker.unpack(rest, size: size, origin)
      } else {
        guard rest.count == size else {
          throw origin.corrupt("a page of \(rest.count) bytes is said to have \(size)")
        }
        values = rest
      }
      repetitions =
        try leaf.repetition > 0
        ? HybridDecoder(
          packed.slice(0..<repetitionBytes), width: leaf.repetition.bitWidthNeeded, origin) : nil
      definitions =
        try leaf.definition > 0
        ? HybridDecoder(
          packed.slice(repetitionBytes..<levels), width: leaf.definition.bitWidthNeeded, origin)
        : nil
      self.origin = origin.advanced(by: levels)
    default:
      let bytes = try unpacker.unpack(packed, size: page.unpackedSize, origin)
      var at = 0
      repetitions = try Self.levels(
        bytes, &at, leaf.repetition, page.repetitionEncoding, page.valueCount, origin)
      definitions = try Self.levels(
        bytes, &at, leaf.definition, page.definitionEncoding, page.valueCount, origin)
      values = bytes.slice(at..<bytes.count)
      self.origin = origin.advanced(by: at)
    }
  }

  /// The levels of a page of the first version, which stand in front of its values.
  private static func levels(
    _ bytes: Buffer, _ at: inout Int, _ most: Int, _ encoding: ParquetEncoding, _ count: Int,
    _ origin: ParquetOrigin
  ) throws -> HybridDecoder? {
    guard most > 0 else { return nil }
    let width = most.bitWidthNeeded
    switch encoding {
    case .rle:
      let runs = try bytes.lengthPrefixed(at: at, origin)
      let start = at + 4
      at = start + runs.count
      return try HybridDecoder(runs, width: width, origin.advanced(by: start))
    case .bitPacked:
      let size = (count * width + 7) / 8
      guard size <= bytes.count - at else {
        throw origin.corrupt("levels of \(size) bytes in a page of \(bytes.count)")
      }
      let packed = bytes.slice(at..<(at + size))
      at += size
      return try HybridDecoder(packed.repackedLevels(count, width), width: width, origin)
    default: throw origin.corrupt("levels are said to be written as \(encoding)")
    }
  }
}

extension Buffer {
  var isEmpty: Bool { count == 0 }

  /// Values packed from the highest bit down, as the oldest files have levels, as one run of values
  /// packed from the lowest bit up.
  fileprivate func repackedLevels(_ values: Int, _ width: Int) -> Buffer {
    let groups = (values + 7) / 8
    var result = MutableBuffer(capacity: groups * width + 10)
    var head = UInt64(groups) << 1 | 1
    while head >= 0x80 {
      result.append(UInt8(truncatingIfNeeded: head) | 0x80)
      head >>= 7
    }
    result.append(UInt8(head))
    let bits = pointer(as: UInt8.self)
    var (pending, used): (UInt64, Int) = (0, 0)
    for k in 0..<(groups * 8) {
      var value: UInt64 = 0
      for bit in (k * width)..<(k * width + width) {
        let isSet = bit / 8 < count && bits[bit / 8] >> UInt8(7 - bit % 8) & 1 == 1
        value = value << 1 | (isSet ? 1 : 0)
      }
      pending |= value << UInt64(used)
      used += width
      while used >= 8 {
        result.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        used -= 8
      }
    }
    withExtendedLifetime(owner) {}
    return result.freeze()
  }
}

extension Int {
  /// The bits that numbers from zero to this one take.
  fileprivate var bitWidthNeeded: Int { Int.bitWidth - leadingZeroBitCount }
}

extension ParquetLeaf {
  /// Refuses a page whose size does not go with its number of values, before memory is taken.
  func check(_ page: ParquetPage, _ origin: ParquetOrigin) throws {
    // Text may be of any length. Everything else takes a value's width or that of a code in a run
    // of its own, and at most two bytes for each of the levels.
    guard !isBytes || page.encoding.isDictionary else { return }
    let most = page.valueCount * (Swift.max(width, 8) + 8) + (1 << 20)
    guard page.unpackedSize <= most else {
      throw origin.corrupt("a page of \(page.valueCount) values has \(page.unpackedSize) bytes")
    }
  }
}
