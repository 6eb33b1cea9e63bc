/// Hashes of rows over any number of key columns.
package enum RowHash {
  /// A UInt64 per row; rows of equal values hash equal whatever the columns' encoding or slicing.
  ///
  /// A null hashes to a constant, -0.0 as 0.0, every NaN as one. The columns are equally long and
  /// none is opaque (an opaque column counts as one value). Cost: about 1 ns per row and
  /// fixed-width column.
  package static func hash(_ columns: [Column]) -> Buffer {
    let count = columns.first?.count ?? 0
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: UInt64.self)
    guard let first = columns.first else { return memory.freeze() }
    hash(first, into: target)
    if columns.count > 1 {
      let next = MutableBuffer(count: count * 8)
      let other = next.pointer(as: UInt64.self)
      for column in columns.dropFirst() {
        hash(column, into: other)
        for row in 0..<count { target[row] = HashMix.combine(target[row], other[row]) }
      }
    }
    return memory.freeze()
  }

  /// The hashes of one column.
  static func hash(_ column: Column, into target: UnsafeMutablePointer<UInt64>) {
    switch column.encoding {
    case .constant:
      var one: UInt64 = 0
      hash(column.encodedValues.slice(0..<1), into: &one)
      target.update(repeating: one, count: column.count)
    case .dictionary where column.encodedValues.count <= column.count:
      hashCodes(column, into: target)
    case .dictionary, .plain:
      hashPlain(column.decoded(), into: target)
    }
  }

  private static func hashCodes(_ column: Column, into target: UnsafeMutablePointer<UInt64>) {
    let values = column.encodedValues
    let memory = MutableBuffer(count: values.count * 8 + 8)
    let hashes = memory.pointer(as: UInt64.self)
    hash(values, into: hashes)
    let codes = column.codes
    if let validity = column.validity {
      for row in 0..<column.count {
        target[row] = validity.isSet(row) ? hashes[Int(codes[row])] : HashMix.null
      }
    } else {
      for row in 0..<column.count { target[row] = hashes[Int(codes[row])] }
    }
  }

  private static func hashPlain(_ column: Column, into target: UnsafeMutablePointer<UInt64>) {
    switch column.type.physical {
    case .null, .opaque: target.update(repeating: HashMix.null, count: column.count)
    case .bool: return hashPlain(column.booleansAsBytes(), into: target)
    case .int128: hashDecimals(column, into: target)
    case .bytes: hashBytes(BytesView(column), into: target)
    case .list, .fixedSizeList: hashLists(ListView(column), column.count, into: target)
    case .structure: hashStructs(column, into: target)
    default: column.withKeyReader(Words(count: column.count, target: target))
    }
    if let validity = column.validity {
      for row in 0..<column.count where !validity.isSet(row) { target[row] = HashMix.null }
    }
  }

  private struct Words: KeyReaderBody {
    let count: Int
    let target: UnsafeMutablePointer<UInt64>

    @inline(__always)
    func run<R: KeyReader>(_ reader: R.Type, _ base: UnsafeRawPointer) {
      let target = target
      for row in 0..<count { target[row] = HashMix.word(UInt64(R.read(base, row))) }
    }
  }

  private static func hashDecimals(_ column: Column, into target: UnsafeMutablePointer<UInt64>) {
    let view = PrimitiveView<Int128>(column)
    for row in 0..<view.count {
      let value = view.values[row]
      target[row] = HashMix.combine(
        HashMix.word(UInt64(truncatingIfNeeded: value)), UInt64(truncatingIfNeeded: value &>> 64))
    }
    withExtendedLifetime(view) {}
  }

  private static func hashBytes(_ view: BytesView, into target: UnsafeMutablePointer<UInt64>) {
    let views = view.views
    let count = view.count
    let validity = view.validity
    view.blocks.withUnsafeBufferPointer { blocks in
      // A null's view may be anything, so it is not followed.
      guard let bases = blocks.baseAddress else {
        for row in 0..<count { target[row] = HashMix.inline(views[row]) }
        return
      }
      forEachValid(count, validity) { target[$0] = HashMix.bytes(views[$0], bases) }
    }
  }

  private static func hashLists(
    _ lists: ListView, _ count: Int, into target: UnsafeMutablePointer<UInt64>
  ) {
    guard count > 0 else { return }
    // The elements of the window are hashed once, in one go.
    let first = lists.range(0).lowerBound
    let last = max(first, lists.range(count - 1).upperBound)
    let memory = MutableBuffer(count: (last - first) * 8 + 8)
    let elements = memory.pointer(as: UInt64.self)
    hash(lists.elements.slice(first..<last), into: elements)
    for row in 0..<count {
      let range = lists.range(row)
      var combined = HashMix.word(UInt64(range.count))
      for k in range { combined = HashMix.combine(combined, elements[k - first]) }
      target[row] = combined
    }
  }

  private static func hashStructs(_ column: Column, into target: UnsafeMutablePointer<UInt64>) {
    target.update(repeating: HashMix.word(1), count: column.count)
    let memory = MutableBuffer(count: column.count * 8)
    let other = memory.pointer(as: UInt64.self)
    for child in column.structChildren {
      hash(child, into: other)
      for row in 0..<column.count { target[row] = HashMix.combine(target[row], other[row]) }
    }
  }
}
