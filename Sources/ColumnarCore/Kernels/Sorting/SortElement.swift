/// What the radix sort moves: a key, perhaps with a row.
protocol SortElement: BitwiseCopyable, Sendable {
  var key: UInt64 { get }
  /// The position that the element stands for, where it carries one; `mask` cuts it out of a packed
  /// key.
  func position(_ mask: UInt64) -> UInt64
}

/// A key alone, or one with a row number in its low bits.
struct BareKey: SortElement {
  let key: UInt64

  @inline(__always)
  init(_ key: UInt64) { self.key = key }

  @inline(__always)
  func position(_ mask: UInt64) -> UInt64 { key & mask }
}

/// A key of all 64 bits and its row.
struct KeyedRow: SortElement {
  var key: UInt64
  var row: UInt64

  @inline(__always)
  init(_ key: UInt64, _ row: UInt64) {
    self.key = key
    self.row = row
  }

  @inline(__always)
  func position(_ mask: UInt64) -> UInt64 { row }
}

/// Where the elements of a sort come from.
protocol SortSource: Sendable {
  associatedtype Element: SortElement
  func element(_ position: Int) -> Element
}

/// Where sorted elements go; each piece is written once.
protocol SortSink: Sendable {
  associatedtype Element: SortElement
  func write(_ elements: UnsafePointer<Element>, _ count: Int, at position: Int)
}

/// Words of a column's rows, turned so that the least comes first and counts from zero.
///
/// `@unchecked Sendable`: the memory is read only while the sort lasts, and its caller keeps it
/// alive.
struct WordKeys<O: OrderedWord>: @unchecked Sendable {
  let base: UnsafeRawPointer
  /// The least word, or the greatest where the order is descending.
  let origin: UInt64
  let descending: Bool

  @inline(__always)
  func key(_ position: Int) -> UInt64 {
    let word = UInt64(truncatingIfNeeded: O.word(base, position))
    return descending ? origin &- word : word &- origin
  }

  /// The word that a key stands for.
  @inline(__always)
  func word(_ key: UInt64) -> O.Word {
    O.Word(truncatingIfNeeded: descending ? origin &- key : origin &+ key)
  }
}

/// Keys without rows.
struct BareSource<O: OrderedWord>: SortSource {
  let keys: WordKeys<O>

  @inline(__always)
  func element(_ position: Int) -> BareKey { BareKey(keys.key(position)) }
}

/// Keys in the upper bits and positions in the lower.
struct PackedSource<O: OrderedWord>: SortSource {
  let keys: WordKeys<O>
  let positionBits: UInt64

  @inline(__always)
  func element(_ position: Int) -> BareKey {
    BareKey(keys.key(position) &<< positionBits | UInt64(truncatingIfNeeded: position))
  }
}

/// Keys with positions beside them.
struct PairSource<O: OrderedWord>: SortSource {
  let keys: WordKeys<O>

  @inline(__always)
  func element(_ position: Int) -> KeyedRow {
    KeyedRow(keys.key(position), UInt64(truncatingIfNeeded: position))
  }
}

/// Elements that are there already; sorting back into the same memory is allowed.
///
/// `@unchecked Sendable`: as `WordKeys`; pieces that are written do not overlap.
struct ElementMemory<Element: SortElement>: SortSource, SortSink, @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>

  @inline(__always)
  func element(_ position: Int) -> Element { base[position] }

  @inline(__always)
  func write(_ elements: UnsafePointer<Element>, _ count: Int, at position: Int) {
    (base + position).update(from: elements, count: count)
  }
}

/// Writes keys back as values of the column.
///
/// `@unchecked Sendable`: pieces that are written do not overlap.
struct ValueSink<O: OrderedWord>: SortSink, @unchecked Sendable {
  let keys: WordKeys<O>
  let target: UnsafeMutableRawPointer

  @inline(__always)
  func write(_ elements: UnsafePointer<BareKey>, _ count: Int, at position: Int) {
    for k in 0..<count { O.store(keys.word(elements[k].key), target, position &+ k) }
  }
}

/// Writes row numbers, through a map from positions to rows where some rows were left out.
///
/// `@unchecked Sendable`: pieces that are written do not overlap.
struct RowSink<Element: SortElement>: SortSink, @unchecked Sendable {
  let target: UnsafeMutablePointer<Int32>
  let rows: UnsafePointer<Int32>?
  /// The low bits of a packed key that hold the position.
  let mask: UInt64

  @inline(__always)
  func write(_ elements: UnsafePointer<Element>, _ count: Int, at start: Int) {
    if let rows {
      for k in 0..<count { target[start &+ k] = rows[Int(elements[k].position(mask))] }
    } else {
      for k in 0..<count {
        target[start &+ k] = Int32(truncatingIfNeeded: elements[k].position(mask))
      }
    }
  }
}
