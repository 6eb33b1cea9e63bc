/// The addresses of a plain string column, without what keeps them alive: copying one per row costs
/// nothing, where a `BytesView` costs a retain and a release of each of its parts.
@usableFromInline
package struct TextPointers: BitwiseCopyable {
  @usableFromInline let views: UnsafePointer<ByteView>
  @usableFromInline let blocks: UnsafePointer<UnsafeRawPointer>
  /// Whether short strings may be made of bits.
  @usableFromInline let makesSmall: Bool

  /// The addresses of a view's rows, and what must be kept alive beside the view's column.
  static func make(_ bytes: BytesView) -> (TextPointers, Buffer) {
    let blocks = bytes.blocks.withUnsafeBytes { Buffer(copying: $0) }
    let pointers = TextPointers(
      views: bytes.views, blocks: blocks.start.assumingMemoryBound(to: UnsafeRawPointer.self),
      makesSmall: SmallString.isKnown)
    return (pointers, blocks)
  }

  /// The text of a row, which is known to be valid UTF-8.
  @inlinable @inline(__always)
  func string(_ row: Int) -> String {
    let view = views[row]
    if makesSmall, view.isInline {
      return SmallString.string(view.low &>> 32 | view.high &<< 32, view.high &>> 32, view.count)
    }
    return longString(row)
  }

  @usableFromInline
  func longString(_ row: Int) -> String {
    let view = views[row]
    let start =
      view.isInline ? UnsafeRawPointer(views + row) + 4 : blocks[view.block] + view.offset
    return String.copying(UnsafeRawBufferPointer(start: start, count: view.count))
  }
}
