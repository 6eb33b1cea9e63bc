/// The rows of a plain list column as ranges of its elements.
///
/// `@unchecked Sendable`: reads immutable memory that `column` keeps alive.
package struct ListView: @unchecked Sendable {
  package let column: Column
  /// All elements of the storage; ranges index into it.
  package let elements: Column
  private let offsets: UnsafePointer<Int64>?
  private let size: Int
  package let validity: Bitmap?

  /// A view on a list or fixed-size list column, decoding it if it is not plain.
  package init(_ column: Column) {
    let plain = column.decoded()
    self.column = plain
    elements = plain.storage.children[0]
    validity = plain.validity
    if case .fixedSizeList(_, let size) = plain.type.kind {
      self.size = size
      offsets = nil
    } else {
      precondition(plain.type.physical == .list, "\(column.type) is no list")
      size = 0
      offsets = plain.storage.values.pointer(as: Int64.self) + plain.offset
    }
  }

  /// The positions of a row's elements.
  package func range(_ row: Int) -> Range<Int> {
    if let offsets { return Int(offsets[row])..<Int(offsets[row + 1]) }
    let first = (column.offset + row) * size
    return first..<(first + size)
  }

  /// The elements of a row.
  package subscript(row: Int) -> Column { elements.slice(range(row)) }
}

extension Column {
  /// The columns of a plain struct's fields, cut to this window.
  ///
  /// The struct's own nulls are not merged into them.
  package var structChildren: [Column] {
    precondition(type.physical == .structure, "\(type) is no struct")
    let plain = decoded()
    return plain.storage.children.map { $0.slice(plain.offset..<(plain.offset + count)) }
  }

  /// The Swift values of an opaque column; a null is `Absent.value`.
  package var objects: ArraySlice<any Sendable> {
    precondition(type.physical == .opaque, "\(type) is not opaque")
    let plain = decoded()
    return plain.storage.objects[plain.offset..<(plain.offset + count)]
  }
}
