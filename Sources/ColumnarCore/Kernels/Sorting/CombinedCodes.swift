/// Several sort keys of fixed width in one word per row, where their ranges fit into 64 bits
/// together.
struct CombinedCodes {
  /// A UInt64 per row whose order is that of the keys.
  let words: Buffer

  init?(_ keys: [SortKey]) {
    let count = keys[0].column.count
    let memory = MutableBuffer(zeroed: count * 8)
    var used = 0
    for key in keys {
      let column = key.column.type.kind == .bool ? key.column.booleansAsBytes() : key.column
      guard column.type.physical.width != nil, column.type.physical != .bytes else { return nil }
      let words = memory.pointer(as: UInt64.self)
      let bits =
        switch column.type.physical {
        case .int8: Self.append(Signed<Int8>.self, column, key, used, words)
        case .int16: Self.append(Signed<Int16>.self, column, key, used, words)
        case .int32: Self.append(Signed<Int32>.self, column, key, used, words)
        case .int64: Self.append(Signed<Int64>.self, column, key, used, words)
        case .uint8: Self.append(Unsigned<UInt8>.self, column, key, used, words)
        case .uint16: Self.append(Unsigned<UInt16>.self, column, key, used, words)
        case .uint32: Self.append(Unsigned<UInt32>.self, column, key, used, words)
        case .uint64: Self.append(Unsigned<UInt64>.self, column, key, used, words)
        case .int128: Self.append(Signed<Int128>.self, column, key, used, words)
        case .float32: Self.append(FloatOrder.self, column, key, used, words)
        default: Self.append(DoubleOrder.self, column, key, used, words)
        }
      guard let bits else { return nil }
      used += bits
    }
    words = memory.freeze()
  }

  /// Shifts the words up and puts the key's code below; gives its bits, or nil if they do not fit.
  private static func append<O: OrderedWord>(
    _ order: O.Type, _ column: Column, _ key: SortKey, _ used: Int,
    _ words: UnsafeMutablePointer<UInt64>
  ) -> Int? {
    let base = column.plainBase
    let validity = column.trueValidity
    var least = O.Word.max
    var greatest = O.Word.min
    forEachValid(column.count, validity) {
      let word = O.word(base, $0)
      least = min(least, word)
      greatest = max(greatest, word)
    }
    if least > greatest { return 0 }
    guard var span = UInt64(exactly: greatest &- least) else { return nil }
    // A null takes the code below or above all others.
    if validity != nil {
      guard span < .max else { return nil }
      span += 1
    }
    let bits = 64 - span.leadingZeroBitCount
    guard used + bits <= 64 else { return nil }
    let shift = UInt64(bits)
    let (low, high) = (UInt64(truncatingIfNeeded: least), UInt64(truncatingIfNeeded: greatest))
    let first: UInt64 = validity != nil && key.nullsFirst ? 1 : 0
    let null = key.nullsFirst ? 0 : span
    let descending = key.descending
    for row in 0..<column.count {
      let word = UInt64(truncatingIfNeeded: O.word(base, row))
      var code = (descending ? high &- word : word &- low) &+ first
      if let validity, !validity.isSet(row) { code = null }
      words[row] = (bits == 64 ? 0 : words[row] &<< shift) | code
    }
    withExtendedLifetime(column) {}
    return bits
  }
}
