/// One slot of an open-addressing table of fixed-width keys.
protocol KeySlot: BitwiseCopyable {
  associatedtype Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable
  static var empty: Self { get }
  init(_ word: Word, _ group: UInt32)
  var word: Word { get }
  var group: UInt32 { get }
}

/// A key of up to four bytes and its group in eight bytes: half the cache of the general slot.
struct NarrowSlot: KeySlot {
  let bits: UInt64

  @inline(__always)
  static var empty: NarrowSlot { NarrowSlot(0, GroupIDs.absent) }

  @inline(__always)
  init(_ word: UInt32, _ group: UInt32) { bits = UInt64(word) | UInt64(group) &<< 32 }

  @inline(__always)
  var word: UInt32 { UInt32(truncatingIfNeeded: bits) }
  @inline(__always)
  var group: UInt32 { UInt32(truncatingIfNeeded: bits &>> 32) }
}

/// A key of eight bytes and its group.
struct WideSlot: KeySlot {
  let word: UInt64
  let bits: UInt64

  @inline(__always)
  static var empty: WideSlot { WideSlot(0, GroupIDs.absent) }

  @inline(__always)
  init(_ word: UInt64, _ group: UInt32) {
    self.word = word
    bits = UInt64(group)
  }

  @inline(__always)
  var group: UInt32 { UInt32(truncatingIfNeeded: bits) }
}
