/// Immutable bytes with a shared owner: the only memory that columns are made of.
///
/// A buffer is a small value; slicing and copying share the owner. Memory of our own pool is
/// 64-byte aligned at the start of the allocation; a slice or foreign memory may be aligned less.
///
/// `@unchecked Sendable`: the bytes never change once a `Buffer` exists, and the owner keeps them
/// alive.
public struct Buffer: @unchecked Sendable {
  @usableFromInline package let owner: BufferOwner?
  @usableFromInline package let start: UnsafeRawPointer
  /// The length in bytes.
  public let count: Int

  @usableFromInline
  package init(owner: BufferOwner?, start: UnsafeRawPointer, count: Int) {
    self.owner = owner
    self.start = start
    self.count = count
  }

  /// A buffer of no bytes.
  public static let empty = Buffer(
    owner: nil, start: UnsafeRawPointer(bitPattern: 64) ?? UnsafeRawPointer(emptyAddress), count: 0)

  /// Copies the memory of an array of trivial values.
  package init<T: BitwiseCopyable>(copying values: [T]) {
    self = values.withUnsafeBytes { Buffer(copying: $0) }
  }

  /// Copies bytes.
  package init(copying bytes: UnsafeRawBufferPointer) {
    let memory = MutableBuffer(count: bytes.count)
    if let base = bytes.baseAddress {
      memory.start.copyMemory(from: base, byteCount: bytes.count)
    }
    self = memory.freeze()
  }

  /// The bytes of `range`, sharing the owner.
  package func slice(_ range: Range<Int>) -> Buffer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "slice beyond the buffer")
    return Buffer(owner: owner, start: start + range.lowerBound, count: range.count)
  }

  /// The first address as a pointer to `T`.
  ///
  /// Valid as long as this buffer, or one that shares its owner, lives.
  @inlinable @inline(__always)
  package func pointer<T: BitwiseCopyable>(as type: T.Type = T.self) -> UnsafePointer<T> {
    start.assumingMemoryBound(to: T.self)
  }

  /// Calls `body` with the bytes.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try withExtendedLifetime(owner) { try body(UnsafeRawBufferPointer(start: start, count: count)) }
  }
}

/// An address for empty buffers; nothing is ever read through it.
nonisolated(unsafe) private let emptyAddress = UnsafeMutableRawPointer.allocate(
  byteCount: 64, alignment: 64)
