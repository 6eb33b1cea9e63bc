/// The 16 bytes that stand for one string or binary value, in Arrow's view layout.
///
/// Length (UInt32), then up to twelve bytes inline, or a four-byte prefix, a block index and an
/// offset into that block. Unused inline bytes are zero, so that equal short values have equal
/// words.
@frozen
@usableFromInline
package struct ByteView: BitwiseCopyable, Sendable {
  /// Length in the low half, the first four bytes in the high half.
  @usableFromInline package var low: UInt64
  /// Bytes five to twelve, or the block index in the low half and the offset in the high half.
  @usableFromInline package var high: UInt64

  @inlinable @inline(__always)
  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The most bytes that a view holds itself.
  @inlinable package static var inlineLimit: Int { 12 }

  /// A view of up to twelve bytes.
  @inlinable @inline(__always)
  package init(inline bytes: UnsafeRawPointer, count: Int) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    if count >= 4 {
      low = UInt64(bytes.loadUnaligned(as: UInt32.self))
      if count >= 8 {
        let middle = UInt64(bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        high = middle | ByteView.partial(bytes + 8, count &- 8) &<< 32
      } else {
        high = ByteView.partial(bytes + 4, count &- 4)
      }
    } else {
      low = ByteView.partial(bytes, count)
    }
    self.init(low: UInt64(UInt32(truncatingIfNeeded: count)) | low &<< 32, high: high)
  }

  /// Zero to four bytes as the low bytes of a word.
  @inlinable @inline(__always)
  static func partial(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count == 0 { return 0 }
    if count == 4 { return UInt64(bytes.loadUnaligned(as: UInt32.self)) }
    let first = UInt64(bytes.load(as: UInt8.self))
    let middle = UInt64(bytes.load(fromByteOffset: count &>> 1, as: UInt8.self))
    let last = UInt64(bytes.load(fromByteOffset: count &- 1, as: UInt8.self))
    return first | middle &<< (UInt64(truncatingIfNeeded: count &>> 1) &<< 3)
      | last &<< (UInt64(truncatingIfNeeded: count &- 1) &<< 3)
  }

  /// A view of more than twelve bytes at `offset` of block `block`.
  @inlinable @inline(__always)
  package init(bytes: UnsafeRawPointer, count: Int, block: Int, offset: Int) {
    let prefix = UInt64(bytes.loadUnaligned(as: UInt32.self))
    self.init(
      low: UInt64(UInt32(truncatingIfNeeded: count)) | prefix &<< 32,
      high: UInt64(UInt32(truncatingIfNeeded: block))
        | UInt64(UInt32(truncatingIfNeeded: offset)) &<< 32)
  }

  /// The length in bytes.
  @inlinable @inline(__always)
  package var count: Int { Int(truncatingIfNeeded: low & 0xFFFF_FFFF) }

  /// The block of a long value.
  @inlinable @inline(__always)
  package var block: Int { Int(truncatingIfNeeded: high & 0xFFFF_FFFF) }

  /// The offset of a long value in its block.
  @inlinable @inline(__always)
  package var offset: Int { Int(truncatingIfNeeded: high &>> 32) }

  /// Whether the bytes are all in the view.
  @inlinable @inline(__always)
  package var isInline: Bool { count <= ByteView.inlineLimit }

  /// The same long value in a set of blocks where its block moved up by `shift`; short ones stay as
  /// they are.
  @inlinable @inline(__always)
  package func movingBlock(by shift: Int) -> ByteView {
    isInline ? self : ByteView(low: low, high: high &+ UInt64(truncatingIfNeeded: shift))
  }
}
