/// The mixing behind keys that outlive the process: the body and the end of MurmurHash3 x64 128.
///
/// Sixteen bytes are taken in at a time, as two words; for one state two different pairs never give
/// the same next state, so that keys of one number never collide, and others do with a chance of
/// 2^-128. It is no cryptographic hash: who chooses values to collide will find some. Nothing here
/// may ever change, because keys are kept in files: tests hold golden values.
package struct StableHash: Sendable {
  @usableFromInline var a: UInt64
  @usableFromInline var b: UInt64

  /// Starts from any key.
  @inline(__always)
  package init(seed: StableKey) {
    a = seed.low
    b = seed.high
  }

  /// Takes in two words.
  @inline(__always)
  package mutating func absorb(_ x: UInt64, _ y: UInt64) {
    a ^= Self.rotated(x &* Self.first, 31) &* Self.second
    a = (Self.rotated(a, 27) &+ b) &* 5 &+ 0x52DC_E729
    b ^= Self.rotated(y &* Self.second, 33) &* Self.first
    b = (Self.rotated(b, 31) &+ a) &* 5 &+ 0x3849_5AB5
  }

  /// What was taken in so far, not yet spread over all bits: enough to be taken in by another hash.
  @inline(__always)
  var state: StableKey { StableKey(low: a, high: b) }

  /// The key: every bit depends on all that was taken in.
  @inline(__always)
  package func finish() -> StableKey {
    var (a, b) = (a, b)
    a &+= b
    b &+= a
    a = Self.spread(a)
    b = Self.spread(b)
    a &+= b
    b &+= a
    return StableKey(low: a, high: b)
  }

  private static let first: UInt64 = 0x87C3_7B91_1142_53D5
  private static let second: UInt64 = 0x4CF5_AD43_2745_937F

  @inline(__always)
  private static func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    (word &<< bits) | (word &>> (64 &- bits))
  }

  @inline(__always)
  private static func spread(_ word: UInt64) -> UInt64 {
    var word = word
    word ^= word &>> 33
    word &*= 0xFF51_AFD7_ED55_8CCD
    word ^= word &>> 33
    word &*= 0xC4CE_B9FE_1A85_EC53
    return word ^ (word &>> 33)
  }
}

extension StableHash {
  /// Takes in bytes: sixteen at a time as little-endian words, the last ones filled up with zeros.
  ///
  /// The length is not taken in: where it may vary, take it in first.
  @inline(__always)
  package mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    var position = 0
    while position &+ 16 <= bytes.count {
      let x = base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let y = base.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self)
      absorb(UInt64(littleEndian: x), UInt64(littleEndian: y))
      position &+= 16
    }
    if position < bytes.count { absorbTail(base + position, bytes.count &- position) }
  }

  private mutating func absorbTail(_ base: UnsafeRawPointer, _ count: Int) {
    var words: (UInt64, UInt64) = (0, 0)
    for k in 0..<count {
      let byte = UInt64(base.load(fromByteOffset: k, as: UInt8.self))
      let shift = UInt64(truncatingIfNeeded: (k & 7) &* 8)
      if k < 8 { words.0 |= byte &<< shift } else { words.1 |= byte &<< shift }
    }
    absorb(words.0, words.1)
  }

  /// Takes in a text, told from what comes before and after it.
  package mutating func absorb(text: String) {
    var text = text
    text.withUTF8 { bytes in
      absorb(UInt64(bytes.count), 0)
      absorb(UnsafeRawBufferPointer(bytes))
    }
  }
}
