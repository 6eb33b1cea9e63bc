/// Appends bits one by one or in runs.
@usableFromInline
package struct BitmapBuilder: ~Copyable {
  @usableFromInline var memory: MutableBuffer
  @usableFromInline var pending: UInt64 = 0
  /// The bits appended so far.
  @usableFromInline package private(set) var count = 0
  /// How many of them are clear.
  @usableFromInline package private(set) var clearCount = 0

  /// An empty builder with room for `capacity` bits.
  package init(capacity: Int = 0) {
    memory = MutableBuffer(capacity: (capacity + 63) / 64 * 8 + 8)
  }

  /// Appends one bit.
  @inlinable @inline(__always)
  package mutating func append(_ bit: Bool) {
    let value = UInt64(truncatingIfNeeded: unsafeBitCast(bit, to: UInt8.self))
    pending |= value &<< UInt64(truncatingIfNeeded: count & 63)
    clearCount &+= 1 &- Int(truncatingIfNeeded: value)
    count &+= 1
    if count & 63 == 0 {
      memory.append(pending)
      pending = 0
    }
  }

  /// Appends `repeating` `times` times.
  package mutating func append(repeating bit: Bool, count times: Int) {
    var left = times
    while left > 0, count & 63 != 0 {
      append(bit)
      left -= 1
    }
    while left >= 64 {
      memory.append(bit ? ~0 : 0 as UInt64)
      count += 64
      clearCount += bit ? 0 : 64
      left -= 64
    }
    for _ in 0..<left { append(bit) }
  }

  /// Appends the low `bits` (1 to 64) bits of `word`; those above are zero.
  package mutating func appendWord(_ word: UInt64, count bits: Int) {
    let used = UInt64(count & 63)
    pending |= word << used
    if Int(used) + bits >= 64 {
      memory.append(pending)
      pending = used == 0 ? 0 : word >> (64 - used)
    }
    count += bits
    clearCount += bits - word.nonzeroBitCount
  }

  /// The bits as an immutable bitmap.
  package consuming func finish() -> Bitmap {
    let count = count
    if count & 63 != 0 { memory.append(pending) }
    return Bitmap(buffer: memory.freeze(), count: count)
  }
}
