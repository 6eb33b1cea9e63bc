import CColumnarSystem
import ColumnarCore

/// Says which parts of a block of bytes are valid UTF-8, after one look at the whole of it.
///
/// Values may share bytes, so that looking at each on its own could take forever.
struct TextCheck {
  private let bytes: Buffer
  /// The positions where no sequence can start or go on, ascending; as a rule none.
  private var broken: [UInt32] = []
  /// Whether every byte is a character.
  let isASCII: Bool

  init(_ bytes: Buffer) {
    self.bytes = bytes
    isASCII = columnar_is_ascii(bytes.pointer(), bytes.count)
    if isASCII { return }
    var start = 0
    while start < bytes.count {
      let rest = UnsafeRawBufferPointer(start: bytes.start + start, count: bytes.count - start)
      guard let at = UTF8Validation.firstInvalidByte(in: rest) else { break }
      broken.append(UInt32(truncatingIfNeeded: start + at))
      start += at + 1
    }
  }

  /// Whether all of the block is text, so that parts of it are wherever characters begin.
  var isWhole: Bool { broken.isEmpty }

  /// Whether the `count` bytes from `offset` on, which lie in the block, are whole text.
  func isText(_ offset: Int, _ count: Int) -> Bool {
    if count == 0 { return true }
    let end = offset &+ count
    if isContinuation(offset) { return false }
    if end < bytes.count, isContinuation(end), !endsWhole(offset, end) { return false }
    return broken.isEmpty || !isBroken(offset, end)
  }

  private func isContinuation(_ position: Int) -> Bool {
    bytes.start.load(fromByteOffset: position, as: UInt8.self) & 0xC0 == 0x80
  }

  /// Whether the last sequence before `end`, behind which stands a continuation byte, ends there.
  private func endsWhole(_ offset: Int, _ end: Int) -> Bool {
    let start = max(offset, end - 4)
    return (start..<end).contains { lead in
      UTF8Validation.firstInvalidByte(
        in: UnsafeRawBufferPointer(start: bytes.start + lead, count: end - lead)) == nil
    }
  }

  private func isBroken(_ offset: Int, _ end: Int) -> Bool {
    var (low, high) = (0, broken.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(broken[middle]) < offset { low = middle + 1 } else { high = middle }
    }
    return low < broken.count && Int(broken[low]) < end
  }
}
