import ColumnarCore

/// A split block bloom filter: of a value that it does not know, a column chunk has none.
struct ParquetBloomFilter: Sendable {
  /// A filter of more bytes than any writer makes is not believed.
  private static let byteLimit = 1 << 27
  private static let salts: [UInt32] = [
    0x47b6_137b, 0x4497_4d91, 0x8824_ad5b, 0xa2b7_289d,
    0x7054_95c7, 0x2df1_424b, 0x9efc_4947, 0x5c6b_fb31,
  ]

  /// Blocks of 32 bytes.
  private let bits: Buffer
  private var blocks: Int { bits.count / 32 }

  /// The filter at a place of a file; nil where it is none that can be relied upon: cut short, of
  /// an unknown kind, or its header makes no sense.
  init?(_ place: ParquetPlace, file: Buffer, _ origin: ParquetOrigin) {
    guard let bytes = place.bytes(in: file) else { return nil }
    var reader = ThriftReader(bytes, origin.at(place.offset))
    var size = 0
    // Algorithm, hash and compression: a union each, of whose kinds there is one so far.
    var kinds = [0, 0, 0]
    do {
      try reader.structure { reader, id, type in
        switch (id, type) {
        case (1, _):
          size = try reader.integer(type)
          return true
        case (2...4, .structure):
          try reader.structure { _, kind, _ in
            kinds[id - 2] = kind
            return false
          }
          return true
        default: return false
        }
      }
    } catch { return nil }
    let start = reader.position
    guard kinds == [1, 1, 1], size >= 32, size % 32 == 0, size <= Self.byteLimit,
      size <= bytes.count - start, place.size == nil || place.size == start + size
    else { return nil }
    bits = bytes.slice(start..<(start + size))
  }

  /// Whether a value of that hash may be there.
  func mayHold(_ hash: UInt64) -> Bool {
    let block = Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(blocks)) &>> 32)
    let key = UInt32(truncatingIfNeeded: hash)
    return bits.withBytes { bytes in
      Self.salts.indices.allSatisfy { k in
        let word = bytes.loadUnaligned(fromByteOffset: block * 32 + k * 4, as: UInt32.self)
        return word.littleEndian & 1 &<< ((key &* Self.salts[k]) &>> 27) != 0
      }
    }
  }
}

extension ParquetLeaf {
  /// The hashes under which a filter of this leaf knows a value: of one that cannot be among its
  /// values none; nil where that cannot be told.
  func bloomHashes(of value: Column) -> [UInt64]? {
    guard value.count == 1, !value.isNull(0), let found = stored(value.decoded()) else {
      return nil
    }
    return found.map { bytes in bytes.withUnsafeBytes { XXHash64.hash($0) } }
  }

  /// The ways in which the file may have written a value, in plain encoding without a length.
  private func stored(_ value: Column) -> [[UInt8]]? {
    if isBytes {
      guard conversion == .none, value.type.physical == .bytes else { return nil }
      let bytes = BytesView(value).withBytes(0) { Array($0) }
      return physical == .fixedBytes && bytes.count != typeLength ? [] : [bytes]
    }
    let isNarrowed =
      switch conversion {
      case .narrow8, .narrow16: true
      default: false
      }
    guard conversion == .none || isNarrowed, value.type.physical != .bytes else { return nil }
    // What does not fit the leaf's type equals none of its values.
    guard let own = try? value.cast(to: type, strict: false), !own.isNull(0),
      let back = try? own.cast(to: value.type, strict: true),
      let same = try? back.compared(.equal, value), same.selection.isSet(0)
    else { return [] }
    switch physical {
    case .int32, .int64:
      guard let wide = isNarrowed ? own.asInt32 : own else { return nil }
      return wide.type.physical.width == width ? [wide.bytesOfFirst(width)] : nil
    case .float: return Self.ways(PrimitiveView<Float>(own)[0], own.bytesOfFirst(width))
    case .double: return Self.ways(PrimitiveView<Double>(own)[0], own.bytesOfFirst(width))
    default: return nil
    }
  }

  /// A zero equals one of the other sign; of NaN there are many.
  private static func ways<T: BinaryFloatingPoint>(_ value: T, _ bytes: [UInt8]) -> [[UInt8]]? {
    if value.isNaN { return nil }
    guard value == 0, let last = bytes.last else { return [bytes] }
    return [bytes, bytes.dropLast() + [last ^ 0x80]]
  }
}

extension Column {
  fileprivate var asInt32: Column? { try? cast(to: .int32, strict: true) }

  /// The first value of fixed width, as it lies in memory.
  fileprivate func bytesOfFirst(_ width: Int) -> [UInt8] {
    let plain = decoded()
    let start = plain.offset * width
    return plain.storage.values.slice(start..<(start + width)).withBytes { Array($0) }
  }
}
