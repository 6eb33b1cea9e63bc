import ColumnarCore

/// One buffer of a message's body: what to copy there, once.
enum IPCPiece: Sendable {
  case bytes(Buffer)
  case bits(Bitmap)
  /// Int64 offsets, counted from the first, in `width` bytes each.
  case offsets(Buffer, width: Int)
  case views(IPCText)
  case block(IPCText, Int)
  case textOffsets(IPCText, width: Int)
  case text(IPCText)

  /// The bytes it takes.
  var count: Int {
    switch self {
    case .bytes(let buffer): buffer.count
    case .bits(let bits): (bits.count + 7) / 8
    case .offsets(let offsets, let width): offsets.count / 8 * width
    case .views(let text): text.count * 16
    case .block(let text, let block): text.blocks[block].count
    case .textOffsets(let text, let width): (text.count + 1) * width
    case .text(let text): text.totalBytes
    }
  }

  /// Writes `count` bytes.
  func write(to target: UnsafeMutableRawPointer) {
    switch self {
    case .bytes(let buffer):
      buffer.withBytes { bytes in
        if let base = bytes.baseAddress { target.copyMemory(from: base, byteCount: bytes.count) }
      }
    case .bits(let bits): Self.write(bits, to: target)
    case .offsets(let offsets, let width): Self.write(offsets, width, to: target)
    case .views(let text): text.writeViews(to: target.assumingMemoryBound(to: ByteView.self))
    case .block(let text, let block): text.writeBlock(block, to: target)
    case .textOffsets(let text, let width): text.writeOffsets(width, to: target)
    case .text(let text): text.writeText(to: target)
    }
  }

  private static func write(_ bits: Bitmap, to target: UnsafeMutableRawPointer) {
    let whole = bits.count / 64
    for k in 0..<whole {
      target.storeBytes(of: bits.word(k), toByteOffset: k &* 8, as: UInt64.self)
    }
    guard bits.count & 63 != 0 else { return }
    let last = bits.word(whole)
    for byte in 0..<((bits.count & 63) + 7) / 8 {
      target.storeBytes(
        of: UInt8(truncatingIfNeeded: last >> UInt64(byte * 8)),
        toByteOffset: whole * 8 + byte, as: UInt8.self)
    }
  }

  private static func write(_ offsets: Buffer, _ width: Int, to target: UnsafeMutableRawPointer) {
    let source = offsets.pointer(as: Int64.self)
    let count = offsets.count / 8
    guard count > 0 else { return }
    let first = source[0]
    if width == 8 {
      let out = target.assumingMemoryBound(to: Int64.self)
      for k in 0..<count { out[k] = source[k] &- first }
    } else {
      let out = target.assumingMemoryBound(to: Int32.self)
      for k in 0..<count { out[k] = Int32(truncatingIfNeeded: source[k] &- first) }
    }
    withExtendedLifetime(offsets) {}
  }
}
