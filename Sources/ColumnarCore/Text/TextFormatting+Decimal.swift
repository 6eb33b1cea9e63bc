extension TextFormatting {
  /// A decimal with all digits of its scale: `-0.50`.
  package static func appendDecimal(_ value: Int128, scale: Int, to text: inout MutableBuffer) {
    text.reserve(96)
    if value < 0 { text.put(0x2D) }
    let magnitude = value.magnitude
    let first = text.count
    let split: UInt128 = 10_000_000_000_000_000_000
    if let small = UInt64(exactly: magnitude) {
      text.putDigits(small)
    } else {
      let (upper, low) = magnitude.quotientAndRemainder(dividingBy: split)
      let (top, middle) = upper.quotientAndRemainder(dividingBy: split)
      if top > 0 {
        text.putDigits(UInt64(truncatingIfNeeded: top))
        text.putDigits(UInt64(truncatingIfNeeded: middle), count: 19)
      } else {
        text.putDigits(UInt64(truncatingIfNeeded: middle))
      }
      text.putDigits(UInt64(truncatingIfNeeded: low), count: 19)
    }
    guard scale > 0 else { return }
    text.putPoint(scale, from: first)
  }
}

extension MutableBuffer {
  /// Puts a point before the last `scale` digits, zeros in front where there are too few.
  fileprivate mutating func putPoint(_ scale: Int, from first: Int) {
    let digits = count &- first
    let missing = Swift.max(0, scale &+ 1 &- digits)
    let end = count &+ missing
    let source = start + first
    if missing > 0 {
      // From the back, because the two overlap.
      (source + missing).copyMemory(from: source, byteCount: digits)
      source.initializeMemory(as: UInt8.self, repeating: 0x30, count: missing)
    }
    let point = start + (end &- scale)
    (point + 1).copyMemory(from: point, byteCount: scale)
    point.storeBytes(of: 0x2E, as: UInt8.self)
    count = end &+ 1
  }
}
