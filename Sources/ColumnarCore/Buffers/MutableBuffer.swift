/// Growable memory of the pool with a single owner: the only way to write bytes, frozen into a
/// `Buffer` without a copy.
@usableFromInline
package struct MutableBuffer: ~Copyable {
  @usableFromInline package private(set) var start: UnsafeMutableRawPointer
  @usableFromInline package private(set) var capacity: Int
  /// The bytes in use; `freeze` makes a buffer of so many.
  @usableFromInline package var count: Int
  private var block: MemoryPool.Block

  /// Memory for `count` bytes, content undefined, all of them in use.
  @usableFromInline
  package init(count: Int) {
    block = MemoryPool.shared.take(count)
    start = block.start
    capacity = block.capacity - MemoryPool.padding
    self.count = count
  }

  /// Memory for at least `capacity` bytes, none in use.
  package init(capacity: Int) {
    self.init(count: capacity)
    count = 0
  }

  /// Memory for `count` bytes, all zero.
  package init(zeroed count: Int) {
    self.init(count: count)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  deinit { BufferOwner.drop(block) }

  /// The first address as a pointer to `T`, valid until the next growth or `freeze`.
  @inlinable @inline(__always)
  package func pointer<T: BitwiseCopyable>(as type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    start.assumingMemoryBound(to: T.self)
  }

  /// Makes room for `extra` more bytes, at least doubling when it must grow.
  @inlinable @inline(__always)
  package mutating func reserve(_ extra: Int) {
    if count &+ extra > capacity { grow(extra) }
  }

  @usableFromInline @inline(never)
  package mutating func grow(_ extra: Int) {
    let larger = MemoryPool.shared.take(max(count + extra, capacity * 2))
    larger.start.copyMemory(from: start, byteCount: count)
    BufferOwner.drop(block)
    block = larger
    start = larger.start
    capacity = larger.capacity - MemoryPool.padding
  }

  /// Appends one trivial value.
  @inlinable @inline(__always)
  package mutating func append<T: BitwiseCopyable>(_ value: T) {
    reserve(MemoryLayout<T>.stride)
    start.storeBytes(of: value, toByteOffset: count, as: T.self)
    count &+= MemoryLayout<T>.stride
  }

  /// Appends bytes.
  @inlinable
  package mutating func append(contentsOf bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    (start + count).copyMemory(from: base, byteCount: bytes.count)
    count &+= bytes.count
  }

  /// The bytes in use as an immutable buffer; the memory is handed over, not copied.
  @usableFromInline
  package consuming func freeze() -> Buffer {
    let buffer = Buffer(
      owner: .pooled(block), start: UnsafeRawPointer(start), count: count)
    discard self
    return buffer
  }
}
