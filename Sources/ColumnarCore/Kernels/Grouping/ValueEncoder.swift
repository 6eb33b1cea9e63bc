/// Writes the values of one column into encoded rows.
struct ValueEncoder {
  private enum Content {
    case nothing
    case fixed(UnsafeRawPointer, PhysicalType, width: Int)
    case bytes(BytesView)
    indirect case list(ListView, ValueEncoder)
    case structure([ValueEncoder])
  }

  private let column: Column
  private let content: Content
  private let validity: Bitmap?
  private let ordered: Bool
  /// What every byte is xor-ed with: all ones where the order is descending.
  private let flip: UInt8
  private let nullMarker: UInt8

  /// `nested` values carry the flip of the whole, and their nulls come last.
  init(_ source: Column, order: RowEncoding.Order?) {
    let plain = source.type.kind == .bool ? source.booleansAsBytes() : source.decoded()
    self.init(
      plain, ordered: order != nil, flip: order?.descending == true ? 0xFF : 0,
      nullMarker: order.map { $0.nullsFirst ? 0 : 2 } ?? 0)
  }

  private init(_ source: Column, ordered: Bool, flip: UInt8, nullMarker: UInt8) {
    let plain = source.type.kind == .bool ? source.booleansAsBytes() : source.decoded()
    column = plain
    validity = plain.validity
    self.ordered = ordered
    self.flip = flip
    self.nullMarker = nullMarker
    // A nested null comes last in ascending order, whatever the outer ones do.
    let inner: UInt8 = ordered ? 2 ^ flip : 0
    switch plain.type.physical {
    case .null, .opaque: content = .nothing
    case .bytes: content = .bytes(BytesView(plain))
    case .list, .fixedSizeList:
      let lists = ListView(plain)
      content = .list(
        lists, ValueEncoder(lists.elements, ordered: ordered, flip: flip, nullMarker: inner))
    case .structure:
      content = .structure(
        plain.structChildren.map {
          ValueEncoder($0, ordered: ordered, flip: flip, nullMarker: inner)
        })
    default:
      let width = plain.type.physical.width ?? 0
      content = .fixed(plain.plainBase, plain.type.physical, width: width)
    }
  }

  /// The marker before a value that is there; nested markers are flipped with their bytes.
  private func marker(nested: Bool) -> UInt8 { nested ? 1 ^ flip : 1 }

  /// The bytes per row where all rows take the same number.
  var fixedLength: Int? {
    switch content {
    case .nothing: 1
    case .fixed(_, _, let width): 1 + width
    case .bytes, .list, .structure: nil
    }
  }

  /// Adds every row's length.
  func addLengths(_ lengths: UnsafeMutablePointer<Int>) {
    for row in 0..<column.count { lengths[row] &+= length(row) }
  }

  private func length(_ row: Int) -> Int {
    if let fixedLength { return fixedLength }
    if let validity, !validity.isSet(row) { return 1 }
    switch content {
    case .bytes(let view):
      if !ordered { return 5 &+ view.views[row].count }
      let bytes = view.bytes(row)
      var zeros = 0
      for byte in bytes { zeros &+= asInt(byte == 0) }
      return 3 &+ bytes.count &+ zeros
    case .list(let lists, let elements):
      var total = ordered ? 2 : 9
      for k in lists.range(row) { total += elements.length(k) + (ordered ? 1 : 0) }
      return total
    case .structure(let children): return children.reduce(1) { $0 + $1.length(row) }
    case .nothing, .fixed: return 0
    }
  }

  /// Writes all rows, each at its cursor, which moves on behind what was written.
  func write(into base: UnsafeMutableRawPointer, _ cursor: UnsafeMutablePointer<Int>) {
    if case .fixed(let values, let physical, _) = content {
      switch physical {
      case .int8: writeWords(Signed<Int8>.self, values, base, cursor)
      case .int16: writeWords(Signed<Int16>.self, values, base, cursor)
      case .int32: writeWords(Signed<Int32>.self, values, base, cursor)
      case .int64: writeWords(Signed<Int64>.self, values, base, cursor)
      case .uint8: writeWords(Unsigned<UInt8>.self, values, base, cursor)
      case .uint16: writeWords(Unsigned<UInt16>.self, values, base, cursor)
      case .uint32: writeWords(Unsigned<UInt32>.self, values, base, cursor)
      case .uint64: writeWords(Unsigned<UInt64>.self, values, base, cursor)
      case .int128: writeWords(Signed<Int128>.self, values, base, cursor)
      case .float32: writeWords(FloatOrder.self, values, base, cursor)
      default: writeWords(DoubleOrder.self, values, base, cursor)
      }
      return
    }
    for row in 0..<column.count {
      cursor[row] = write(row, base + cursor[row], nested: false) - base
    }
  }

  @inline(__always)
  private func writeWords<O: OrderedWord>(
    _ order: O.Type, _ values: UnsafeRawPointer, _ base: UnsafeMutableRawPointer,
    _ cursor: UnsafeMutablePointer<Int>
  ) {
    let mask: O.Word = flip == 0 ? 0 : ~0
    let width = MemoryLayout<O.Word>.size
    for row in 0..<column.count {
      let target = base + cursor[row]
      cursor[row] &+= 1 &+ width
      var marker: UInt8 = 1
      var word = (O.word(values, row) ^ mask).bigEndian
      if let validity, !validity.isSet(row) {
        marker = nullMarker
        word = 0
      }
      target.storeBytes(of: marker, as: UInt8.self)
      (target + 1).storeBytes(of: word, as: O.Word.self)
    }
  }

  /// Writes one row and gives the address behind it.
  private func write(
    _ row: Int, _ start: UnsafeMutableRawPointer, nested: Bool
  ) -> UnsafeMutableRawPointer {
    var target = start
    func put(_ byte: UInt8) {
      target.storeBytes(of: byte, as: UInt8.self)
      target += 1
    }
    if let validity, !validity.isSet(row) {
      put(nullMarker)
      guard let fixedLength else { return target }
      for _ in 1..<max(1, fixedLength) { put(0) }
      return target
    }
    switch content {
    case .nothing: put(nullMarker)
    case .fixed(let values, let physical, let width):
      put(marker(nested: nested))
      if physical == .int128 {
        let word = Signed<Int128>.word(values, row)
        for k in 0..<width { put(UInt8(truncatingIfNeeded: word >> UInt128(120 - 8 * k)) ^ flip) }
        break
      }
      let word = orderedWord(values, physical, row)
      for k in 0..<width { put(UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * k)) ^ flip) }
    case .bytes(let view):
      put(marker(nested: nested))
      let bytes = view.bytes(row)
      if ordered {
        for byte in bytes {
          put(byte ^ flip)
          if byte == 0 { put(0xFF ^ flip) }
        }
        put(flip)
        put(flip)
      } else {
        target.storeBytes(of: UInt32(bytes.count), as: UInt32.self)
        target += 4
        if let base = bytes.baseAddress {
          target.copyMemory(from: base, byteCount: bytes.count)
          target += bytes.count
        }
      }
    case .list(let lists, let elements):
      put(marker(nested: nested))
      let range = lists.range(row)
      if !ordered {
        target.storeBytes(of: Int64(range.count), as: Int64.self)
        target += 8
      }
      for k in range {
        if ordered { put(1 ^ flip) }
        target = elements.write(k, target, nested: true)
      }
      if ordered { put(flip) }
    case .structure(let children):
      put(marker(nested: nested))
      for child in children { target = child.write(row, target, nested: true) }
    }
    return target
  }

  /// A fixed-width value's ordered word in the upper bytes of 64 bits.
  private func orderedWord(
    _ values: UnsafeRawPointer, _ physical: PhysicalType, _ row: Int
  ) -> UInt64 {
    switch physical {
    case .int8: UInt64(Signed<Int8>.word(values, row)) << 56
    case .int16: UInt64(Signed<Int16>.word(values, row)) << 48
    case .int32: UInt64(Signed<Int32>.word(values, row)) << 32
    case .int64: Signed<Int64>.word(values, row)
    case .uint8: UInt64(Unsigned<UInt8>.word(values, row)) << 56
    case .uint16: UInt64(Unsigned<UInt16>.word(values, row)) << 48
    case .uint32: UInt64(Unsigned<UInt32>.word(values, row)) << 32
    case .uint64: Unsigned<UInt64>.word(values, row)
    case .float32: UInt64(FloatOrder.word(values, row)) << 32
    default: DoubleOrder.word(values, row)
    }
  }
}
