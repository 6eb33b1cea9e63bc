import ColumnarCore

/// Makes room for nulls among values that were decoded without them.
enum Spreading {
  /// Moves the first `valid` values at `target` to where `bits` are set; what stands under nulls
  /// becomes zero.
  static func spread(
    _ target: UnsafeMutableRawPointer, width: Int, valid: Int, _ bits: Bitmap
  ) {
    switch width {
    case 1: spread(target, UInt8.self, valid, bits)
    case 2: spread(target, UInt16.self, valid, bits)
    case 4: spread(target, UInt32.self, valid, bits)
    case 8: spread(target, UInt64.self, valid, bits)
    case 12: spread(target, ThreeWords.self, valid, bits)
    default: spread(target, ByteView.self, valid, bits)
    }
  }

  /// Twelve bytes.
  private struct ThreeWords: BitwiseCopyable {
    var (a, b, c): (UInt32, UInt32, UInt32) = (0, 0, 0)
  }

  @inline(__always)
  private static func spread<T: BitwiseCopyable>(
    _ target: UnsafeMutableRawPointer, _: T.Type, _ valid: Int, _ bits: Bitmap
  ) {
    let values = target.assumingMemoryBound(to: T.self)
    let zero = zero(T.self)
    var source = valid
    // From the back, so that no value is overwritten before it was moved.
    var k = bits.wordCount &- 1
    while k >= 0 {
      let word = bits.word(k)
      var row = min(bits.count, (k &+ 1) &<< 6) &- 1
      // Below here nothing is null.
      if source == row &+ 1 { return }
      while row >= k &<< 6 {
        if word &>> UInt64(truncatingIfNeeded: row & 63) & 1 != 0 {
          source &-= 1
          values[row] = values[source]
        } else {
          values[row] = zero
        }
        row &-= 1
      }
      k &-= 1
    }
  }

  private static func zero<T: BitwiseCopyable>(_: T.Type) -> T {
    withUnsafeTemporaryAllocation(of: T.self, capacity: 1) { room in
      UnsafeMutableRawBufferPointer(room).initializeMemory(as: UInt8.self, repeating: 0)
      return room[0]
    }
  }
}
