/// Sorts one plain column of fixed width without nulls.
struct ColumnSort {
  let column: Column
  let descending: Bool
  let parallel: Parallel

  /// The order of the rows; `rows` gives the numbers of positions that are not rows themselves.
  func order(_ rows: RowIndices?) -> RowIndices {
    switch column.type.physical {
    case .int8: order(Signed<Int8>.self, rows)
    case .int16: order(Signed<Int16>.self, rows)
    case .int32: order(Signed<Int32>.self, rows)
    case .int64: order(Signed<Int64>.self, rows)
    case .uint8: order(Unsigned<UInt8>.self, rows)
    case .uint16: order(Unsigned<UInt16>.self, rows)
    case .uint32: order(Unsigned<UInt32>.self, rows)
    case .uint64: order(Unsigned<UInt64>.self, rows)
    case .int128: orderDecimals(rows)
    case .float32: order(FloatOrder.self, rows)
    default: order(DoubleOrder.self, rows)
    }
  }

  /// The values in order.
  func values() -> Column {
    switch column.type.physical {
    case .int8: values(Signed<Int8>.self)
    case .int16: values(Signed<Int16>.self)
    case .int32: values(Signed<Int32>.self)
    case .int64: values(Signed<Int64>.self)
    case .uint8: values(Unsigned<UInt8>.self)
    case .uint16: values(Unsigned<UInt16>.self)
    case .uint32: values(Unsigned<UInt32>.self)
    case .uint64: values(Unsigned<UInt64>.self)
    case .float32: values(StoredFloat.self)
    default: values(StoredDouble.self)
    }
  }

  /// Decimals whose range fits into 64 bits are sorted as such words, others by their bytes.
  private func orderDecimals(_ rows: RowIndices?) -> RowIndices {
    let words = Signed<Int128>.self
    let (low, high) = Self.extremes(words, column.plainBase, 0..<column.count)
    guard high &- low > UInt64.max else { return order(words, rows) }
    let bytes = RowEncoding.encode([column], orders: [.init(descending: descending)])
    let order = StringSort.order(bytes, descending: false, parallel)
    return rows.map { order.mapped(to: $0) } ?? order
  }

  private func order<O: OrderedWord>(_ words: O.Type, _ rows: RowIndices?) -> RowIndices {
    let (keys, bits) = range(words)
    guard bits > 0, !isSorted(keys) else { return rows ?? Sorting.identity(column.count) }
    let count = column.count
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    let positionBits = Int.bitWidth - (count - 1).leadingZeroBitCount
    let map = rows?.pointer
    if bits + positionBits <= 64 {
      RadixSort(
        source: PackedSource(keys: keys, positionBits: UInt64(positionBits)),
        sink: RowSink<BareKey>(target: target, rows: map, mask: (1 << UInt64(positionBits)) - 1),
        count: count, lowBit: positionBits, highBit: bits + positionBits
      ).run(parallel)
    } else {
      RadixSort(
        source: PairSource(keys: keys), sink: RowSink<KeyedRow>(target: target, rows: map, mask: 0),
        count: count, lowBit: 0, highBit: bits
      ).run(parallel)
    }
    withExtendedLifetime((rows, column)) {}
    return RowIndices(buffer: memory.freeze(), count: count)
  }

  private func values<O: OrderedWord>(_ words: O.Type) -> Column {
    let (keys, bits) = range(words)
    guard bits > 0, !isSorted(keys) else { return column }
    let count = column.count
    let memory = MutableBuffer(count: count * (column.type.physical.width ?? 8))
    RadixSort(
      source: BareSource(keys: keys), sink: ValueSink(keys: keys, target: memory.start),
      count: count, lowBit: 0, highBit: bits
    ).run(parallel)
    withExtendedLifetime(column) {}
    return Column(type: column.type, values: memory.freeze(), count: count)
  }

  /// The keys counted from the least word, and how many bits they have.
  private func range<O: OrderedWord>(_ words: O.Type) -> (WordKeys<O>, Int) {
    let parts = column.count < 1 << 16 ? 1 : parallel.width
    let keys = WordKeys<O>(base: column.plainBase, origin: 0, descending: false)
    let extremes = Monitor<(O.Word, O.Word)>((.max, .min))
    parallel.run(parts) { part in
      let rows = Parallel.part(part, of: parts, column.count)
      let (low, high) = Self.extremes(words, keys.base, rows)
      extremes.withLock { $0 = (min($0.0, low), max($0.1, high)) }
    }
    let (least, greatest) = extremes.withLock { $0 }
    let span = UInt64(truncatingIfNeeded: greatest &- least)
    return (
      WordKeys(
        base: keys.base, origin: UInt64(truncatingIfNeeded: descending ? greatest : least),
        descending: descending), 64 - span.leadingZeroBitCount
    )
  }

  @inline(__always)
  private static func extremes<O: OrderedWord>(
    _ words: O.Type, _ base: UnsafeRawPointer, _ rows: Range<Int>
  ) -> (O.Word, O.Word) {
    var least = O.Word.max
    var greatest = O.Word.min
    for k in rows {
      let word = O.word(base, k)
      least = min(least, word)
      greatest = max(greatest, word)
    }
    return (least, greatest)
  }

  /// Stops at the first pair out of order, so it costs nothing where there is work to do.
  private func isSorted<O: OrderedWord>(_ keys: WordKeys<O>) -> Bool {
    var previous = keys.key(0)
    for k in 1..<column.count {
      let key = keys.key(k)
      if key < previous { return false }
      previous = key
    }
    return true
  }
}
