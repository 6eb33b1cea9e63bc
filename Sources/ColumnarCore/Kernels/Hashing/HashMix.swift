import CColumnarSystem

/// The mixing functions behind every hash of the engine.
///
/// One multiplication of 64 by 64 bits, folded, spreads every input bit over the whole word: the
/// top bits choose a partition and the low bits a slot, and the two do not depend on each other.
enum HashMix {
  static let null: UInt64 = 0x2545_F491_4F6C_DD1D
  private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93
  private static let third: UInt64 = 0xA076_1D64_78BD_642F
  private static let fourth: UInt64 = 0xE703_7ED1_A0B4_28DB

  /// The hash of a fixed-width value, zero-extended.
  @inline(__always)
  static func word(_ value: UInt64) -> UInt64 {
    columnar_fold_multiply(value ^ first, second)
  }

  /// The hash of two columns' hashes; not symmetric.
  @inline(__always)
  static func combine(_ a: UInt64, _ b: UInt64) -> UInt64 {
    columnar_fold_multiply(a ^ third, b ^ fourth)
  }

  /// The hash of a string of up to twelve bytes, all in its view.
  @inline(__always)
  static func inline(_ view: ByteView) -> UInt64 {
    columnar_fold_multiply(
      columnar_fold_multiply(view.low ^ first, view.high ^ second) ^ third, fourth)
  }

  /// The hash of more than twelve bytes: sixteen at a time, the last sixteen overlapping.
  @inline(__always)
  static func long(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) ^ third
    var position = 0
    while position &+ 16 < count {
      let a = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let b = bytes.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self)
      hash = columnar_fold_multiply(a ^ first ^ hash, b ^ second)
      position &+= 16
    }
    let tail = count &- 16
    let a = bytes.loadUnaligned(fromByteOffset: max(tail, 0), as: UInt64.self)
    let b = bytes.loadUnaligned(fromByteOffset: tail &+ 8, as: UInt64.self)
    return columnar_fold_multiply(
      columnar_fold_multiply(a ^ first ^ hash, b ^ second) ^ third, fourth)
  }

  /// The hash of any bytes behind a view.
  @inline(__always)
  static func bytes(_ view: ByteView, _ blocks: UnsafePointer<UnsafeRawPointer>) -> UInt64 {
    view.isInline ? inline(view) : long(blocks[view.block] + view.offset, view.count)
  }
}
