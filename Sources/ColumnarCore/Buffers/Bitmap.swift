/// Immutable bits over a buffer, least significant bit first, starting at any bit.
///
/// Used for validity (a set bit is a value, a clear one a null), for boolean columns, and for
/// selections.
public struct Bitmap: Sendable {
  @usableFromInline package let buffer: Buffer
  @usableFromInline package let offset: Int
  /// The number of bits.
  public let count: Int

  /// The bits of `buffer` from bit `offset` on.
  @usableFromInline
  package init(buffer: Buffer, offset: Int = 0, count: Int) {
    precondition(offset >= 0 && count >= 0 && (offset + count + 7) / 8 <= buffer.count)
    self.buffer = buffer
    self.offset = offset
    self.count = count
  }

  /// All bits the same.
  package init(repeating bit: Bool, count: Int) {
    self = Bitmap(count: count) { _ in bit ? ~0 : 0 }
  }

  /// Makes the bits word by word: `word(k)` gives bits 64 k to 64 k + 63; those beyond `count` are
  /// dropped.
  @inlinable @inline(__always)
  package init(count: Int, word: (Int) -> UInt64) {
    let words = (count &+ 63) / 64
    let memory = MutableBuffer(count: words * 8)
    let target = memory.pointer(as: UInt64.self)
    for k in 0..<words { target[k] = word(k) }
    if count & 63 != 0 { target[words - 1] &= (1 << UInt64(count & 63)) &- 1 }
    self.init(buffer: memory.freeze(), count: count)
  }

  /// The bits of an array of booleans.
  package init(_ bits: [Bool]) {
    self = Bitmap(count: bits.count) { k in
      var word: UInt64 = 0
      for i in (k * 64)..<Swift.min(bits.count, k * 64 + 64) where bits[i] {
        word |= 1 << UInt64(i & 63)
      }
      return word
    }
  }

  /// The bit at `index`.
  @inlinable
  public subscript(index: Int) -> Bool {
    precondition(index >= 0 && index < count, "bit index out of range")
    return isSet(index)
  }

  /// The bit at `index`, which is not checked.
  @inlinable @inline(__always)
  package func isSet(_ index: Int) -> Bool {
    let bit = offset &+ index
    let byte = buffer.start.load(fromByteOffset: bit &>> 3, as: UInt8.self)
    return (byte &>> UInt8(truncatingIfNeeded: bit & 7)) & 1 != 0
  }

  /// Bits 64 k to 64 k + 63; bits beyond `count` are zero.
  @inlinable @inline(__always)
  package func word(_ k: Int) -> UInt64 {
    let first = k &<< 6
    let remaining = count &- first
    let bit = offset &+ first
    let byte = bit &>> 3
    let shift = UInt64(truncatingIfNeeded: bit & 7)
    var bits: UInt64
    if byte &+ 9 <= buffer.count {
      bits = buffer.start.loadUnaligned(fromByteOffset: byte, as: UInt64.self) &>> shift
      if shift != 0 {
        let next = UInt64(buffer.start.load(fromByteOffset: byte &+ 8, as: UInt8.self))
        bits |= next &<< (64 &- shift)
      }
    } else {
      bits = tailWord(byte, shift)
    }
    if remaining < 64 { bits &= (1 &<< UInt64(truncatingIfNeeded: remaining)) &- 1 }
    return bits
  }

  /// A word near the end of the buffer, gathered byte by byte so that nothing beyond it is read.
  @usableFromInline
  package func tailWord(_ byte: Int, _ shift: UInt64) -> UInt64 {
    var bits: UInt64 = 0
    for k in 0..<9 where byte + k < buffer.count {
      let value = UInt64(buffer.start.load(fromByteOffset: byte + k, as: UInt8.self))
      let position = k * 8 - Int(shift)
      if position >= 0 {
        bits |= value << UInt64(position)
      } else {
        bits |= value >> UInt64(-position)
      }
    }
    return bits
  }

  /// The number of 64-bit words.
  @inlinable @inline(__always)
  package var wordCount: Int { (count &+ 63) &>> 6 }

  /// The number of set bits.
  ///
  /// Cost: one popcount per 64 bits.
  public var setCount: Int {
    var total = 0
    for k in 0..<wordCount { total &+= word(k).nonzeroBitCount }
    return total
  }

  /// The bits of `range`, sharing the buffer.
  package func slice(_ range: Range<Int>) -> Bitmap {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "slice beyond the bitmap")
    return Bitmap(buffer: buffer, offset: offset + range.lowerBound, count: range.count)
  }
}

extension Bitmap {
  /// Bitwise and.
  package static func & (a: Bitmap, b: Bitmap) -> Bitmap {
    precondition(a.count == b.count)
    return Bitmap(count: a.count) { a.word($0) & b.word($0) }
  }

  /// Bitwise or.
  package static func | (a: Bitmap, b: Bitmap) -> Bitmap {
    precondition(a.count == b.count)
    return Bitmap(count: a.count) { a.word($0) | b.word($0) }
  }

  /// Bitwise not.
  package static prefix func ~ (a: Bitmap) -> Bitmap {
    Bitmap(count: a.count) { ~a.word($0) }
  }

  /// Both validities at once; nil means that everything is valid.
  package static func both(_ a: Bitmap?, _ b: Bitmap?) -> Bitmap? {
    guard let a else { return b }
    guard let b else { return a }
    return a & b
  }

  /// Calls `body` with the index of every set bit, in order.
  @inlinable @inline(__always)
  package func forEachSet(_ body: (Int) throws -> Void) rethrows {
    for k in 0..<wordCount {
      var bits = word(k)
      while bits != 0 {
        try body((k &<< 6) &+ bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
    }
  }
}
