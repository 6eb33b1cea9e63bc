/// Appends strings or binary values and nulls into a plain column of views.
///
/// The bytes of strings must be valid UTF-8; who appends bytes from outside checks them first.
@usableFromInline
package struct BytesBuilder: ~Copyable {
  @usableFromInline var views: MutableBuffer
  @usableFromInline var block: MutableBuffer
  @usableFromInline var validity: BitmapBuilder
  @usableFromInline var hasNulls = false
  @usableFromInline var blocks: [Buffer] = []
  /// Whether the bits of short strings may be read.
  @usableFromInline let readsSmall = SmallString.isKnown
  /// The rows appended so far.
  @usableFromInline package private(set) var count = 0

  /// Blocks grow to this size; a longer value gets a block of its own.
  @usableFromInline static var largestBlock: Int { 1 << 20 }

  /// An empty builder with room for `capacity` rows.
  package init(capacity: Int = 0) {
    views = MutableBuffer(capacity: capacity * 16)
    block = MutableBuffer(capacity: 0)
    validity = BitmapBuilder()
  }

  /// Appends a value by copying its bytes (at most 2^31).
  @inlinable @inline(__always)
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      return append(view: ByteView(low: 0, high: 0))
    }
    if bytes.count <= ByteView.inlineLimit {
      append(view: ByteView(inline: base, count: bytes.count))
    } else {
      appendLong(base, bytes.count)
    }
  }

  /// Appends a ready view; a long one must point into a block of this builder.
  @inlinable @inline(__always)
  package mutating func append(view: ByteView) {
    views.append(view)
    if hasNulls { validity.append(true) }
    count &+= 1
  }

  @usableFromInline
  mutating func appendLong(_ base: UnsafeRawPointer, _ length: Int) {
    makeRoom(length)
    let offset = block.count
    (block.start + offset).copyMemory(from: base, byteCount: length)
    block.count += length
    append(view: ByteView(bytes: base, count: length, block: blocks.count, offset: offset))
  }

  /// Room for `length` bytes at the end of the block, to be filled and then appended with
  /// `appendFilled`.
  ///
  /// Eight bytes more may be written than are asked for.
  @inline(__always)
  mutating func room(for length: Int) -> UnsafeMutableRawPointer {
    makeRoom(length)
    return block.start + block.count
  }

  /// Appends the `length` (more than twelve) bytes that were written to `room(for:)`.
  @inline(__always)
  mutating func appendFilled(_ length: Int) {
    let offset = block.count
    block.count &+= length
    append(
      view: ByteView(
        bytes: block.start + offset, count: length, block: blocks.count, offset: offset))
  }

  /// Closes the block when `length` more bytes do not fit, and opens the next.
  @usableFromInline
  mutating func makeRoom(_ length: Int) {
    guard block.count + length > block.capacity else { return }
    let next = Swift.max(Swift.min(Self.largestBlock, block.capacity * 4), length, 4096)
    var full = MutableBuffer(capacity: next)
    swap(&full, &block)
    if full.count > 0 { blocks.append(full.freeze()) }
  }

  /// Appends text.
  @inlinable @inline(__always)
  package mutating func append(_ string: String) {
    let words = unsafeBitCast(string, to: (UInt64, UInt64).self)
    let count = words.1 &>> 56 & 0xF
    if readsSmall, SmallString.isSmall(words), count <= 12 {
      // The top byte of the second word is behind the twelve bytes that a view has.
      append(view: ByteView(low: count | words.0 &<< 32, high: words.0 &>> 32 | words.1 &<< 32))
    } else {
      appendLong(string)
    }
  }

  @usableFromInline
  mutating func appendLong(_ string: String) {
    // Read in place: a copy to call `withUTF8` on would be counted, by two atomic instructions a row.
    let read: Void? = string.utf8.withContiguousStorageIfAvailable {
      append(UnsafeRawBufferPointer($0))
    }
    guard read == nil else { return }
    var string = string
    string.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Appends a null.
  @usableFromInline
  package mutating func appendNull() {
    if !hasNulls {
      hasNulls = true
      validity.append(repeating: true, count: count)
    }
    views.append(ByteView(low: 0, high: 0))
    validity.append(false)
    count &+= 1
  }

  /// Appends text or a null.
  @inlinable
  package mutating func append(_ string: String?) {
    if let string { append(string) } else { appendNull() }
  }

  /// The rows as a string or binary column.
  package consuming func finish(as type: DataType = .string) -> Column {
    let (count, hasNulls) = (count, hasNulls)
    let bits = hasNulls ? validity.finish() : nil
    var all = blocks
    if block.count > 0 { all.append(block.freeze()) }
    return Column(type: type, views: views.freeze(), blocks: all, validity: bits, count: count)
  }
}
