/// How the rows of one batch's column are written down; never part of a schema.
@usableFromInline
package enum Encoding: Hashable, Sendable {
  /// One value per row.
  case plain
  /// One value for all rows: the only child has one row.
  case constant
  /// An Int32 code per row into the only child, whose values are unique and not null.
  case dictionary
}

/// The immutable content of a column, shared by all its slices: one reference, so that slicing is
/// cheap.
///
/// | physical type | `values` | `children` |
/// |---|---|---|
/// | bool | bits | |
/// | fixed width | values | |
/// | bytes | 16-byte views | (`blocks` hold the bytes beyond twelve) |
/// | list | Int64 offsets, one more than rows | elements |
/// | fixed-size list | | elements, `size` per row |
/// | struct | | one per field, as long as the struct |
/// | opaque | | (`objects` hold the values) |
///
/// `@unchecked Sendable`: constants only; `objects` holds values of types that are Sendable.
@usableFromInline
package final class ColumnStorage: @unchecked Sendable {
  @usableFromInline package let type: DataType
  @usableFromInline package let encoding: Encoding
  /// A bit per row, set where there is a value; nil where all rows have one.
  @usableFromInline package let validity: Buffer?
  @usableFromInline package let values: Buffer
  @usableFromInline package let blocks: [Buffer]
  @usableFromInline package let children: [Column]
  @usableFromInline package let objects: [any Sendable]

  package init(
    type: DataType, encoding: Encoding = .plain, validity: Buffer? = nil, values: Buffer = .empty,
    blocks: [Buffer] = [], children: [Column] = [], objects: [any Sendable] = []
  ) {
    self.type = type
    self.encoding = encoding
    self.validity = validity
    self.values = values
    self.blocks = blocks
    self.children = children
    self.objects = objects
  }
}
