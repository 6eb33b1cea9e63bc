import CColumnarSystem

/// Group numbers of fixed-width keys: open addressing, linear probing, at most a third full (half
/// full measured 1.4 times slower: the length of a probe cannot be predicted, so nearly all must be
/// one long).
///
/// Slots are found by the low bits of the hash, so that doubling moves a slot's content to one of
/// two places and the rebuild streams through both tables.
struct FixedKeyTable<Slot: KeySlot>: ~Copyable {
  typealias Word = Slot.Word

  private var slots: MutableBuffer
  private var mask: Int
  /// The key of every group; a placeholder under the null group.
  private(set) var keys: MutableBuffer
  private(set) var groupCount = 0
  private(set) var nullGroup = GroupIDs.absent

  /// Rows that are handled between two looks at the table's size.
  private static var chunk: Int { 256 }
  /// Tables larger than this do not stay in the second-level cache, and prefetching pays.
  private static var cached: Int { 1 << 20 }

  /// An empty table; one that is not used takes hardly any memory.
  init(isUsed: Bool) {
    let capacity = isUsed ? 1024 : 16
    slots = Self.emptySlots(capacity)
    mask = capacity - 1
    keys = MutableBuffer(capacity: capacity / 2 * MemoryLayout<Word>.stride)
  }

  private static func emptySlots(_ count: Int) -> MutableBuffer {
    let memory = MutableBuffer(count: count * MemoryLayout<Slot>.stride)
    memory.pointer(as: Slot.self).update(repeating: Slot.empty, count: count)
    return memory
  }

  /// Numbers the rows, giving new keys new numbers.
  mutating func assign<R: KeyReader>(
    _ reader: R.Type, _ base: UnsafeRawPointer, count: Int, validity: Bitmap?,
    hashes: UnsafePointer<UInt64>?, into target: UnsafeMutablePointer<UInt32>
  ) where R.Word == Word {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.chunk) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      var first = 0
      while first < count {
        let length = min(Self.chunk, count &- first)
        reserve(length)
        let valid = validity.map { Self.allValid($0, first, length) } ?? true
        if valid {
          insert(
            reader, base, first, length, hashes: hashes, scratch: scratch, into: target + first)
        } else if let validity {
          insertSparse(reader, base, first, length, validity, into: target)
        }
        first &+= length
      }
    }
  }

  /// Whether no row of a chunk is null; chunks begin at multiples of 64.
  @inline(__always)
  private static func allValid(_ validity: Bitmap, _ first: Int, _ length: Int) -> Bool {
    var clear = length
    for k in (first &>> 6)..<((first &+ length &+ 63) &>> 6) {
      clear &-= validity.word(k).nonzeroBitCount
    }
    return clear <= 0
  }

  @inline(__always)
  private mutating func insert<R: KeyReader>(
    _ reader: R.Type, _ base: UnsafeRawPointer, _ first: Int, _ length: Int,
    hashes: UnsafePointer<UInt64>?, scratch: UnsafeMutablePointer<UInt64>,
    into target: UnsafeMutablePointer<UInt32>
  ) where R.Word == Word {
    let table = slots.pointer(as: Slot.self)
    let keys = keys.pointer(as: Word.self)
    let mask = mask
    var groups = groupCount
    let large = (mask &+ 1) &* MemoryLayout<Slot>.stride > Self.cached
    if large {
      for i in 0..<length {
        let hash = hashes.map { $0[first &+ i] } ?? HashMix.word(UInt64(R.read(base, first &+ i)))
        let slot = Int(truncatingIfNeeded: hash) & mask
        scratch[i] = UInt64(truncatingIfNeeded: slot)
        columnar_prefetch(table + slot)
      }
    }
    for i in 0..<length {
      let word = R.read(base, first &+ i)
      var position: Int
      if large {
        position = Int(truncatingIfNeeded: scratch[i])
      } else {
        let hash = hashes.map { $0[first &+ i] } ?? HashMix.word(UInt64(word))
        position = Int(truncatingIfNeeded: hash) & mask
      }
      while true {
        let slot = table[position]
        if slot.group == GroupIDs.absent {
          table[position] = Slot(word, UInt32(truncatingIfNeeded: groups))
          keys[groups] = word
          target[i] = UInt32(truncatingIfNeeded: groups)
          groups &+= 1
          break
        }
        if slot.word == word {
          target[i] = slot.group
          break
        }
        position = (position &+ 1) & mask
      }
    }
    groupCount = groups
  }

  private mutating func insertSparse<R: KeyReader>(
    _ reader: R.Type, _ base: UnsafeRawPointer, _ first: Int, _ length: Int, _ validity: Bitmap,
    into target: UnsafeMutablePointer<UInt32>
  ) where R.Word == Word {
    let table = slots.pointer(as: Slot.self)
    let keys = keys.pointer(as: Word.self)
    var groups = groupCount
    for row in first..<(first &+ length) {
      guard validity.isSet(row) else {
        if nullGroup == GroupIDs.absent {
          nullGroup = UInt32(truncatingIfNeeded: groups)
          keys[groups] = 0
          groups &+= 1
        }
        target[row] = nullGroup
        continue
      }
      let word = R.read(base, row)
      let position = Self.position(of: word, table, mask)
      if table[position].group == GroupIDs.absent {
        table[position] = Slot(word, UInt32(truncatingIfNeeded: groups))
        keys[groups] = word
        groups &+= 1
      }
      target[row] = table[position].group
    }
    groupCount = groups
  }

  /// The slot that holds `word`, or the empty one where it belongs.
  @inline(__always)
  private static func position(
    of word: Word, _ table: UnsafeMutablePointer<Slot>, _ mask: Int
  ) -> Int {
    var position = Int(truncatingIfNeeded: HashMix.word(UInt64(word))) & mask
    while table[position].group != GroupIDs.absent, table[position].word != word {
      position = (position &+ 1) & mask
    }
    return position
  }

  /// Looks the rows up without adding any; safe from several threads while nobody assigns.
  borrowing func find<R: KeyReader>(
    _ reader: R.Type, _ base: UnsafeRawPointer, count: Int, validity: Bitmap?,
    into target: UnsafeMutablePointer<UInt32>
  ) where R.Word == Word {
    let table = slots.pointer(as: Slot.self)
    let mask = mask
    let large = (mask &+ 1) &* MemoryLayout<Slot>.stride > Self.cached
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.chunk) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      var first = 0
      while first < count {
        let length = min(Self.chunk, count &- first)
        for i in 0..<length {
          let hash = HashMix.word(UInt64(R.read(base, first &+ i)))
          let slot = Int(truncatingIfNeeded: hash) & mask
          scratch[i] = slot
          if large { columnar_prefetch(table + slot) }
        }
        for i in 0..<length {
          let word = R.read(base, first &+ i)
          var position = scratch[i]
          var slot = table[position]
          while slot.group != GroupIDs.absent, slot.word != word {
            position = (position &+ 1) & mask
            slot = table[position]
          }
          target[first &+ i] = slot.group
        }
        first &+= length
      }
    }
    if let validity {
      for row in 0..<count where !validity.isSet(row) { target[row] = nullGroup }
    }
  }

  /// Makes room for so many more groups.
  mutating func reserve(_ extra: Int) {
    keys.count = groupCount &* MemoryLayout<Word>.stride
    keys.reserve(extra &* MemoryLayout<Word>.stride)
    let capacity = mask &+ 1
    if (groupCount &+ extra) &* 3 > capacity { grow(to: groupCount &+ extra) }
  }

  @inline(never)
  private mutating func grow(to groups: Int) {
    var capacity = mask + 1
    while capacity < groups * 3 { capacity *= 2 }
    // Small tables jump ahead, so that the way to a large one has few rebuilds.
    if capacity < 1 << 16 { capacity *= 4 } else if capacity < 1 << 20 { capacity *= 2 }
    let old = slots.pointer(as: Slot.self)
    let oldCount = mask + 1
    let larger = Self.emptySlots(capacity)
    let table = larger.pointer(as: Slot.self)
    let newMask = capacity - 1
    for k in 0..<oldCount where old[k].group != GroupIDs.absent {
      var position = Int(truncatingIfNeeded: HashMix.word(UInt64(old[k].word))) & newMask
      while table[position].group != GroupIDs.absent { position = (position &+ 1) & newMask }
      table[position] = old[k]
    }
    slots = larger
    mask = newMask
  }
}
