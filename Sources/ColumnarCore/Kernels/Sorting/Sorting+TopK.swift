extension Sorting {
  /// The first `k` rows in the order of the keys, as `order` would give them; cheap while `k` is
  /// small.
  ///
  /// Rows that the first key rules out are dropped in one pass (about 2 ns per row), and only the
  /// rest is sorted.
  package static func topK(
    _ keys: [SortKey], _ k: Int, parallel: Parallel = .serial
  ) -> RowIndices {
    let count = keys.first?.column.count ?? 0
    guard k > 0, count > 0 else { return identity(0) }
    guard let first = keys.first, k < count / 8, count > 1024,
      let codes = LeadingCodes(first)
    else { return order(keys, parallel: parallel).prefix(k) }
    let rows = codes.candidates(k, exact: keys.count == 1)
    let chosen = order(
      keys.map {
        SortKey($0.column.taking(rows), descending: $0.descending, nullsFirst: $0.nullsFirst)
      }, parallel: parallel
    ).prefix(k)
    let memory = MutableBuffer(count: chosen.count * 4)
    let target = memory.pointer(as: Int32.self)
    for i in 0..<chosen.count { target[i] = rows.pointer[Int(chosen.pointer[i])] }
    withExtendedLifetime((rows, chosen)) {}
    return RowIndices(buffer: memory.freeze(), count: chosen.count)
  }
}

extension RowIndices {
  /// The first rows.
  func prefix(_ length: Int) -> RowIndices {
    RowIndices(buffer: buffer, count: min(length, count), mayBeAbsent: mayBeAbsent)
  }
}

/// A word per row that never contradicts the order of a key, though it may leave rows equal that
/// are not.
struct LeadingCodes {
  private let words: Buffer
  private let count: Int
  /// Whether equal words mean equal keys.
  private let isExact: Bool

  init?(_ key: SortKey) {
    let ranked = DictionaryRanks.ranked(key.column)
    let column = ranked.type.kind == .bool ? ranked.booleansAsBytes() : ranked
    count = column.count
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: UInt64.self)
    switch column.type.physical {
    case .null, .list, .fixedSizeList, .structure, .opaque, .bool: return nil
    case .bytes: Self.fillPrefixes(BytesView(column), target)
    case .int8: Self.fill(Signed<Int8>.self, column, target)
    case .int16: Self.fill(Signed<Int16>.self, column, target)
    case .int32: Self.fill(Signed<Int32>.self, column, target)
    case .int64: Self.fill(Signed<Int64>.self, column, target)
    case .uint8: Self.fill(Unsigned<UInt8>.self, column, target)
    case .uint16: Self.fill(Unsigned<UInt16>.self, column, target)
    case .uint32: Self.fill(Unsigned<UInt32>.self, column, target)
    case .uint64: Self.fill(Unsigned<UInt64>.self, column, target)
    case .float32: Self.fill(FloatOrder.self, column, target)
    case .float64: Self.fill(DoubleOrder.self, column, target)
    case .int128: Self.fillClamped(PrimitiveView<Int128>(column), target)
    }
    if key.descending { for row in 0..<count { target[row] = ~target[row] } }
    let validity = column.trueValidity
    if let validity {
      // The null's code may also be a value's: then both stay candidates.
      let null: UInt64 = key.nullsFirst ? 0 : .max
      for row in 0..<count where !validity.isSet(row) { target[row] = null }
    }
    isExact =
      validity == nil && column.type.physical != .bytes && column.type.physical != .int128
    words = memory.freeze()
  }

  @inline(__always)
  private static func fill<O: OrderedWord>(
    _ order: O.Type, _ column: Column, _ target: UnsafeMutablePointer<UInt64>
  ) {
    let base = column.plainBase
    for row in 0..<column.count { target[row] = UInt64(truncatingIfNeeded: O.word(base, row)) }
    withExtendedLifetime(column) {}
  }

  /// Decimals as 64-bit words, those beyond them as the last ones.
  private static func fillClamped(
    _ view: PrimitiveView<Int128>, _ target: UnsafeMutablePointer<UInt64>
  ) {
    for row in 0..<view.count {
      target[row] = UInt64(bitPattern: Int64(clamping: view.values[row])) ^ 1 &<< 63
    }
    withExtendedLifetime(view) {}
  }

  private static func fillPrefixes(_ view: BytesView, _ target: UnsafeMutablePointer<UInt64>) {
    if view.validity != nil { target.update(repeating: 0, count: view.count) }
    forEachValid(view.count, view.validity) { target[$0] = view.leadingWord($0, 0) }
  }

  /// Rows in their order among which the first `k` surely are.
  func candidates(_ k: Int, exact: Bool) -> RowIndices {
    let words = words.pointer(as: UInt64.self)
    let strict = exact && isExact
    var limit = max(2 * k, 4096)
    var threshold = UInt64.max
    var rows: [Int32] = []
    rows.reserveCapacity(limit)
    var cut = false
    for row in 0..<count {
      let word = words[row]
      // After a cut, an exact word equal to the threshold comes too late to be among the first.
      if word > threshold || (cut && strict && word == threshold) { continue }
      rows.append(Int32(truncatingIfNeeded: row))
      if rows.count == limit {
        threshold = Self.cut(&rows, k, words, strict)
        cut = true
        limit = max(limit, 2 * rows.count)
      }
    }
    if rows.count > k { _ = Self.cut(&rows, k, words, strict) }
    withExtendedLifetime(self.words) {}
    return RowIndices(rows)
  }

  /// Drops the rows behind the k-th word and gives that word.
  private static func cut(
    _ rows: inout [Int32], _ k: Int, _ words: UnsafePointer<UInt64>, _ strict: Bool
  ) -> UInt64 {
    let memory = MutableBuffer(count: rows.count * 8)
    let keys = memory.pointer(as: BareKey.self)
    for (position, row) in rows.enumerated() { keys[position] = BareKey(words[Int(row)]) }
    let elements = ElementMemory(base: keys)
    RadixSort(source: elements, sink: elements, count: rows.count, lowBit: 0, highBit: 64)
      .run(.serial)
    let threshold = keys[k - 1].key
    var ties = rows.count
    if strict {
      ties = 0
      for position in 0..<k where keys[position].key == threshold { ties += 1 }
    }
    var kept: [Int32] = []
    for row in rows where words[Int(row)] <= threshold {
      if words[Int(row)] == threshold {
        if ties == 0 { continue }
        ties -= 1
      }
      kept.append(row)
    }
    rows = kept
    return threshold
  }
}
