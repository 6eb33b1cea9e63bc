/// Unchecked access to the values of a plain fixed-width column; get one per batch, not per row.
///
/// `@unchecked Sendable`: reads immutable memory that `column` keeps alive.
@usableFromInline
package struct PrimitiveView<T: Primitive>: @unchecked Sendable {
  @usableFromInline package let values: UnsafePointer<T>
  package let column: Column
  @usableFromInline package let count: Int
  package let validity: Bitmap?

  /// A view on `column`, decoding it if it is not plain; the widths must agree.
  package init(_ column: Column, as type: T.Type = T.self) {
    precondition(column.type.physical.width == MemoryLayout<T>.size, "\(column.type) as \(T.self)")
    let plain = column.decoded()
    self.column = plain
    values = plain.storage.values.pointer(as: T.self) + plain.offset
    count = plain.count
    validity = plain.validity
  }

  /// The value of a row; what stands under a null is unspecified.
  @inlinable @inline(__always)
  package subscript(row: Int) -> T { values[row] }
}

extension Column {
  /// The bits of a boolean column, decoding it if it is not plain; what stands under a null is
  /// unspecified.
  package var bits: Bitmap {
    precondition(type.kind == .bool, "\(type) is no boolean column")
    let plain = decoded()
    return Bitmap(buffer: plain.storage.values, offset: plain.offset, count: count)
  }

  /// The codes of a dictionary column.
  package var codes: UnsafePointer<Int32> {
    precondition(encoding == .dictionary)
    return storage.values.pointer(as: Int32.self) + offset
  }

  /// The values of a dictionary column, or the one value of a constant column.
  package var encodedValues: Column {
    precondition(encoding != .plain)
    return storage.children[0]
  }
}
