import CColumnarSystem

/// Group numbers of strings, binary values and encoded rows.
///
/// A slot is eight bytes: the hash's lower half, which places it and tells most other keys apart,
/// and the group. The views of the groups stand in a table of their own; long values are copied
/// into an arena.
struct BytesKeyTable: ~Copyable {
  private var slots: MutableBuffer
  private var mask: Int
  /// The view of every group, over `arena`.
  private(set) var views: MutableBuffer
  let arena = BytesArena()
  private(set) var groupCount = 0
  private(set) var nullGroup = GroupIDs.absent

  private static var chunk: Int { 256 }
  private static var cached: Int { 1 << 20 }
  private static var empty: UInt64 { ~0 }

  /// An empty table; one that is not used takes hardly any memory.
  init(isUsed: Bool) {
    let capacity = isUsed ? 1024 : 16
    slots = Self.emptySlots(capacity)
    mask = capacity - 1
    views = MutableBuffer(capacity: capacity / 2 * 16)
  }

  private static func emptySlots(_ count: Int) -> MutableBuffer {
    let memory = MutableBuffer(count: count * 8)
    memory.pointer(as: UInt64.self).update(repeating: empty, count: count)
    return memory
  }

  /// Numbers the rows of a bytes column, giving new keys new numbers.
  mutating func assign(
    _ keys: BytesView, hashes: UnsafePointer<UInt64>, into target: UnsafeMutablePointer<UInt32>
  ) {
    keys.blocks.withUnsafeBufferPointer { blocks in
      let bases = blocks.baseAddress ?? UnsafePointer(arena.bases)
      var first = 0
      while first < keys.count {
        let length = min(Self.chunk, keys.count &- first)
        reserve(length)
        insert(keys, bases, first, length, hashes, into: target)
        first &+= length
      }
    }
  }

  private mutating func insert(
    _ keys: BytesView, _ bases: UnsafePointer<UnsafeRawPointer>, _ first: Int, _ length: Int,
    _ hashes: UnsafePointer<UInt64>, into target: UnsafeMutablePointer<UInt32>
  ) {
    let table = slots.pointer(as: UInt64.self)
    let stored = views.pointer(as: ByteView.self)
    let source = keys.views
    let validity = keys.validity
    let mask = mask
    var groups = groupCount
    if (mask &+ 1) &* 8 > Self.cached {
      prefetch(hashes + first, length, table, stored)
    }
    for row in first..<(first &+ length) {
      if let validity, !validity.isSet(row) {
        if nullGroup == GroupIDs.absent {
          nullGroup = UInt32(truncatingIfNeeded: groups)
          stored[groups] = ByteView(low: 0, high: 0)
          groups &+= 1
        }
        target[row] = nullGroup
        continue
      }
      let hash = hashes[row]
      let view = source[row]
      let tag = hash &<< 32
      var position = Int(truncatingIfNeeded: hash) & mask
      while true {
        let slot = table[position]
        if slot == Self.empty {
          table[position] = tag | UInt64(truncatingIfNeeded: groups)
          stored[groups] = arena.keep(view, bases)
          target[row] = UInt32(truncatingIfNeeded: groups)
          groups &+= 1
          break
        }
        if slot & 0xFFFF_FFFF_0000_0000 == tag {
          let group = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF)
          if ByteView.equal(stored[group], arena.bases, view, bases) {
            target[row] = UInt32(truncatingIfNeeded: group)
            break
          }
        }
        position = (position &+ 1) & mask
      }
    }
    groupCount = groups
  }

  /// Brings in the slots of a chunk, and then the views that they point at.
  @inline(__always)
  private borrowing func prefetch(
    _ hashes: UnsafePointer<UInt64>, _ length: Int, _ table: UnsafePointer<UInt64>,
    _ stored: UnsafePointer<ByteView>
  ) {
    let mask = mask
    for i in 0..<length {
      columnar_prefetch(table + (Int(truncatingIfNeeded: hashes[i]) & mask))
    }
    for i in 0..<length {
      let slot = table[Int(truncatingIfNeeded: hashes[i]) & mask]
      // An empty slot's address is never followed: a prefetch of any address is harmless.
      let group = Int(truncatingIfNeeded: slot & 0x7FFF_FFFF)
      columnar_prefetch(UnsafeRawPointer(bitPattern: UInt(bitPattern: stored) &+ UInt(group &* 16)))
    }
  }

  /// Looks the rows up without adding any; safe from several threads while nobody assigns.
  borrowing func find(
    _ keys: BytesView, hashes: UnsafePointer<UInt64>, into target: UnsafeMutablePointer<UInt32>
  ) {
    let table = slots.pointer(as: UInt64.self)
    let stored = views.pointer(as: ByteView.self)
    let mask = mask
    let large = (mask &+ 1) &* 8 > Self.cached
    keys.blocks.withUnsafeBufferPointer { blocks in
      let bases = blocks.baseAddress ?? UnsafePointer(arena.bases)
      var first = 0
      while first < keys.count {
        let length = min(Self.chunk, keys.count &- first)
        if large { prefetch(hashes + first, length, table, stored) }
        for row in first..<(first &+ length) {
          if let validity = keys.validity, !validity.isSet(row) {
            target[row] = nullGroup
            continue
          }
          let view = keys.views[row]
          let tag = hashes[row] &<< 32
          var position = Int(truncatingIfNeeded: hashes[row]) & mask
          target[row] = GroupIDs.absent
          while table[position] != Self.empty {
            let slot = table[position]
            let group = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF)
            if slot & 0xFFFF_FFFF_0000_0000 == tag,
              ByteView.equal(stored[group], arena.bases, view, bases)
            {
              target[row] = UInt32(truncatingIfNeeded: group)
              break
            }
            position = (position &+ 1) & mask
          }
        }
        first &+= length
      }
    }
  }

  mutating func reserve(_ extra: Int) {
    views.count = groupCount &* 16
    views.reserve(extra &* 16)
    if (groupCount &+ extra) &* 3 > mask &+ 1 { grow(to: groupCount &+ extra) }
  }

  @inline(never)
  private mutating func grow(to groups: Int) {
    var capacity = mask + 1
    while capacity < groups * 3 { capacity *= 2 }
    if capacity < 1 << 16 { capacity *= 4 } else if capacity < 1 << 20 { capacity *= 2 }
    let old = slots.pointer(as: UInt64.self)
    let larger = Self.emptySlots(capacity)
    let table = larger.pointer(as: UInt64.self)
    let newMask = capacity - 1
    for k in 0...mask where old[k] != Self.empty {
      var position = Int(truncatingIfNeeded: old[k] &>> 32) & newMask
      while table[position] != Self.empty { position = (position &+ 1) & newMask }
      table[position] = old[k]
    }
    slots = larger
    mask = newMask
  }

  /// One view per group as a column of `type`, null for the null group.
  borrowing func keyColumn(_ type: DataType) -> Column {
    let copy = Buffer(
      copying: UnsafeRawBufferPointer(start: views.start, count: groupCount * 16))
    return Column(
      type: type, views: copy, blocks: arena.blocks,
      validity: nullValidity(nullGroup, groupCount), count: groupCount)
  }
}

/// A validity in which only the null group is null.
func nullValidity(_ nullGroup: UInt32, _ count: Int) -> Bitmap? {
  guard nullGroup != GroupIDs.absent else { return nil }
  let position = Int(nullGroup)
  return Bitmap(count: count) { k in
    position >> 6 == k ? ~(1 << UInt64(position & 63)) : ~0
  }
}
