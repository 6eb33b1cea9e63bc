import ColumnarCore

/// A block of bytes that views of a message point into, and whether they are text where it has to
/// be.
///
/// Its bytes are reached without counting references, once per value: whoever reads keeps the
/// block.
struct CheckedBlock {
  let start: UnsafeRawPointer
  let count: Int
  private let bytes: Buffer
  private var state: State
  /// What is known of a block that is not text as a whole.
  private var check: TextCheck?

  private enum State { case needsNoCheck, isText, isPartlyText, wasNotLookedAt }

  init(_ bytes: Buffer, checksText: Bool) {
    self.bytes = bytes
    start = bytes.start
    count = bytes.count
    state = checksText ? .wasNotLookedAt : .needsNoCheck
  }

  /// Whether the `length` bytes from `offset` on, which lie in the block and are not none, are as
  /// they should be.
  @inline(__always)
  mutating func isSound(_ offset: Int, _ length: Int) -> Bool {
    if state == .wasNotLookedAt { look() }
    if state == .needsNoCheck { return true }
    guard state == .isText else { return check?.isText(offset, length) ?? false }
    // Every character of the block is whole, so a value is text if characters begin where it begins
    // and where it ends.
    let end = offset &+ length
    return !isContinuation(offset) && (end == count || !isContinuation(end))
  }

  @inline(__always)
  private func isContinuation(_ position: Int) -> Bool {
    start.load(fromByteOffset: position, as: UInt8.self) & 0xC0 == 0x80
  }

  private mutating func look() {
    let check = TextCheck(bytes)
    state = check.isASCII ? .needsNoCheck : check.isWhole ? .isText : .isPartlyText
    if state == .isPartlyText { self.check = check }
  }
}
