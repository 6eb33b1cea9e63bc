/// Blocks of bytes that a table or an aggregate owns, so that it keeps no batch's memory alive.
///
/// Bytes that were written are never changed, so the blocks may be shared with columns while more
/// are appended behind them. `@unchecked Sendable`: written by one owner only, and read by others
/// after that owner is done.
final class BytesArena: @unchecked Sendable {
  private(set) var blocks: [Buffer] = []
  /// The first address of every block.
  private(set) var bases: UnsafeMutablePointer<UnsafeRawPointer>
  private var baseCapacity = 8
  private var used = 0
  /// The bytes written so far.
  private(set) var total = 0

  init() { bases = .allocate(capacity: 8) }

  deinit { bases.deallocate() }

  /// Copies more than twelve bytes and gives the view of the copy.
  func append(_ bytes: UnsafeRawPointer, _ count: Int) -> ByteView {
    if blocks.isEmpty || used + count > blocks[blocks.count - 1].count { addBlock(count) }
    let block = blocks.count - 1
    UnsafeMutableRawPointer(mutating: bases[block] + used).copyMemory(
      from: bytes, byteCount: count)
    let view = ByteView(bytes: bytes, count: count, block: block, offset: used)
    used += count
    total += count
    return view
  }

  /// The view itself if it is short, else that of a copy.
  @inline(__always)
  func keep(_ view: ByteView, _ source: UnsafePointer<UnsafeRawPointer>) -> ByteView {
    view.isInline ? view : append(source[view.block] + view.offset, view.count)
  }

  private func addBlock(_ count: Int) {
    let last = blocks.last?.count ?? 1024
    let memory = MutableBuffer(count: max(count, min(last * 2, 4 << 20)))
    blocks.append(memory.freeze())
    used = 0
    if blocks.count > baseCapacity {
      let larger = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: baseCapacity * 2)
      larger.update(from: bases, count: baseCapacity)
      bases.deallocate()
      bases = larger
      baseCapacity *= 2
    }
    bases[blocks.count - 1] = blocks[blocks.count - 1].start
  }
}

extension ByteView {
  /// Whether two views behind their blocks show the same bytes.
  @inline(__always)
  static func equal(
    _ a: ByteView, _ aBlocks: UnsafePointer<UnsafeRawPointer>, _ b: ByteView,
    _ bBlocks: UnsafePointer<UnsafeRawPointer>
  ) -> Bool {
    if a.low != b.low { return false }
    if a.high == b.high, a.isInline { return true }
    return a.isInline
      ? false
      : compareBytes(aBlocks[a.block] + a.offset, bBlocks[b.block] + b.offset, a.count) == 0
  }
}
