/// Unchecked access to the bytes of a plain string or binary column; get one per batch, not per
/// row.
///
/// `@unchecked Sendable`: reads immutable memory that `column` keeps alive.
@usableFromInline
package struct BytesView: @unchecked Sendable {
  @usableFromInline package let views: UnsafePointer<ByteView>
  @usableFromInline let blocks: ContiguousArray<UnsafeRawPointer>
  /// Whether short strings may be made of bits.
  @usableFromInline let makesSmall: Bool
  package let column: Column
  @usableFromInline package let count: Int
  package let validity: Bitmap?

  /// A view on `column`, decoding it if it is not plain.
  package init(_ column: Column) {
    precondition(column.type.physical == .bytes, "\(column.type) holds no bytes")
    let plain = column.decoded()
    self.column = plain
    views = plain.storage.values.pointer(as: ByteView.self) + plain.offset
    blocks = ContiguousArray(plain.storage.blocks.map(\.start))
    makesSmall = SmallString.isKnown
    count = plain.count
    validity = plain.validity
  }

  /// Calls `body` with the bytes of a row; whatever stands under a null is valid memory too.
  @inlinable @inline(__always)
  package func withBytes<R>(
    _ row: Int, _ body: (UnsafeRawBufferPointer) throws -> R
  ) rethrows -> R {
    let view = views[row]
    if view.isInline {
      return try body(
        UnsafeRawBufferPointer(start: UnsafeRawPointer(views + row) + 4, count: view.count))
    }
    return try body(
      UnsafeRawBufferPointer(start: blocks[view.block] + view.offset, count: view.count))
  }

  /// The bytes of a row.
  ///
  /// Valid as long as this view lives.
  @inlinable @inline(__always)
  package func bytes(_ row: Int) -> UnsafeRawBufferPointer {
    let view = views[row]
    let start =
      view.isInline ? UnsafeRawPointer(views + row) + 4 : blocks[view.block] + view.offset
    return UnsafeRawBufferPointer(start: start, count: view.count)
  }

  /// The text of a row, which is known to be valid UTF-8.
  ///
  /// Cost: a few nanoseconds up to fifteen bytes, an allocation and a copy beyond.
  @inlinable @inline(__always)
  package func string(_ row: Int) -> String {
    let view = views[row]
    if makesSmall, view.isInline {
      return SmallString.string(
        view.low &>> 32 | view.high &<< 32, view.high &>> 32, view.count)
    }
    return longString(row)
  }

  @usableFromInline
  func longString(_ row: Int) -> String {
    String.copying(bytes(row))
  }
}
