import CColumnarSystem
import ColumnarCore

/// Finds the place of a key: an open-addressing table of 24 bytes per slot.
///
/// `@unchecked Sendable`: its owner lets one thread change it and none read it meanwhile.
final class CacheIndex: @unchecked Sendable {
  /// Where a row stands: a segment in the upper half, a row of it in the lower.
  typealias Place = UInt64

  /// No row.
  static let nowhere: Place = .max

  private struct Slot {
    var low: UInt64
    var high: UInt64
    var place: Place
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  /// Slots in use, also by rows that are gone.
  private(set) var count = 0

  init() {
    mask = 63
    slots = Self.emptySlots(64)
  }

  deinit { slots.deallocate() }

  /// The bytes of the table.
  var byteCount: Int { (mask + 1) * MemoryLayout<Slot>.stride }

  private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(low: 0, high: 0, place: nowhere), count: count)
    return slots
  }

  /// The places of `count` keys, `nowhere` for those that are not there.
  func find(_ keys: UnsafePointer<StableKey>, count: Int, into target: UnsafeMutablePointer<Place>)
  {
    let (slots, mask) = (slots, mask)
    let ahead = Self.ahead
    for row in 0..<count {
      if row &+ ahead < count {
        columnar_prefetch(slots + (Int(truncatingIfNeeded: keys[row &+ ahead].low) & mask))
      }
      target[row] = slots[Self.slot(of: keys[row], slots, mask)].place
    }
  }

  /// So many keys ahead the memory is asked for, far enough for it to answer.
  static let ahead = 12

  /// Asks for the memory where a key is looked for.
  @inline(__always)
  func prefetch(_ key: StableKey) {
    columnar_prefetch(slots + (Int(truncatingIfNeeded: key.low) & mask))
  }

  /// The slot that holds the key, or the empty one where it belongs.
  @inline(__always)
  private static func slot(
    of key: StableKey, _ slots: UnsafeMutablePointer<Slot>, _ mask: Int
  ) -> Int {
    var position = Int(truncatingIfNeeded: key.low) & mask
    while slots[position].place != nowhere,
      slots[position].low != key.low || slots[position].high != key.high
    {
      position = (position &+ 1) & mask
    }
    return position
  }

  /// Sets the place of a key unless it has one that is still there; gives the place that it has.
  @discardableResult
  func insert(_ key: StableKey, _ place: Place, isThere: (Place) -> Bool) -> Place {
    if (count &+ 1) &* 3 > (mask &+ 1) &* 2 { rebuild(room: 1, isThere) }
    let position = Self.slot(of: key, slots, mask)
    let known = slots[position].place
    if known == Self.nowhere { count &+= 1 } else if isThere(known) { return known }
    slots[position] = Slot(low: key.low, high: key.high, place: place)
    return place
  }

  /// Makes room for so many more keys at once.
  func reserve(_ more: Int, _ isThere: (Place) -> Bool) {
    if (count + more) * 3 > (mask + 1) * 2 { rebuild(room: more, isThere) }
  }

  /// Makes the table anew without the rows that are gone, with room for so many more.
  func rebuild(room: Int, _ isThere: (Place) -> Bool) {
    let (old, oldCount) = (slots, mask + 1)
    var kept = 0
    for k in 0..<oldCount where old[k].place != Self.nowhere && isThere(old[k].place) { kept += 1 }
    var size = 64
    while size < (kept + room) * 2 { size *= 2 }
    slots = Self.emptySlots(size)
    mask = size - 1
    count = kept
    for k in 0..<oldCount where old[k].place != Self.nowhere && isThere(old[k].place) {
      let key = StableKey(low: old[k].low, high: old[k].high)
      slots[Self.slot(of: key, slots, mask)] = old[k]
    }
    old.deallocate()
  }
}
