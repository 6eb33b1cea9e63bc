extension Column {
  /// A plain column of fixed-width values and an optional validity.
  package init(type: DataType, values: Buffer, validity: Bitmap? = nil, count: Int) {
    precondition(type.physical.width.map { values.count >= count * $0 } ?? true)
    self.init(
      storage: ColumnStorage(
        type: type, validity: validity?.compactBuffer,
        values: type.physical == .int128 ? values.aligned() : values), count: count)
  }

  /// A boolean column of those bits.
  package init(bits: Bitmap, validity: Bitmap? = nil) {
    self.init(
      storage: ColumnStorage(
        type: .bool, validity: validity?.compactBuffer, values: bits.compactBuffer),
      count: bits.count)
  }

  /// A string or binary column of 16-byte views over `blocks`.
  package init(
    type: DataType, views: Buffer, blocks: [Buffer], validity: Bitmap? = nil, count: Int
  ) {
    precondition(type.physical == .bytes && views.count >= count * 16)
    self.init(
      storage: ColumnStorage(
        type: type, validity: validity?.compactBuffer, values: views, blocks: blocks),
      count: count)
  }

  /// A list column: row i holds the elements from `offsets[i]` to `offsets[i + 1]` (Int64 each).
  package init(listOf elements: Column, offsets: Buffer, validity: Bitmap? = nil, count: Int) {
    precondition(offsets.count >= (count + 1) * 8)
    self.init(
      storage: ColumnStorage(
        type: .list(elements.type), validity: validity?.compactBuffer, values: offsets,
        children: [elements]), count: count)
  }

  /// A fixed-size list column: row i holds `size` elements from `i * size` on.
  package init(
    fixedSizeListOf elements: Column, size: Int, validity: Bitmap? = nil, count: Int
  ) {
    precondition(elements.count >= count * size)
    self.init(
      storage: ColumnStorage(
        type: .fixedSizeList(elements.type, count: size), validity: validity?.compactBuffer,
        children: [elements]), count: count)
  }

  /// A struct column of equally long children.
  package init(fields: [Field], children: [Column], validity: Bitmap? = nil, count: Int) {
    precondition(fields.count == children.count && children.allSatisfy { $0.count == count })
    self.init(
      storage: ColumnStorage(
        type: .structure(fields), validity: validity?.compactBuffer, children: children),
      count: count)
  }

  /// A column of nulls of the null type.
  package static func nulls(_ count: Int) -> Column {
    Column(storage: ColumnStorage(type: .null), count: count, nullCount: count)
  }

  /// A column of `count` nulls of any type.
  package static func nulls(of type: DataType, count: Int) -> Column {
    if type.kind == .null { return nulls(count) }
    return constant(oneNull(of: type), count: count)
  }

  /// One value, `count` times: `value` has one row.
  package static func constant(_ value: Column, count: Int) -> Column {
    precondition(value.count == 1)
    if value.type.kind == .null { return nulls(count) }
    let single = value.encoding == .plain ? value : value.decoded()
    return Column(
      storage: ColumnStorage(type: value.type, encoding: .constant, children: [single]),
      count: count)
  }

  /// Codes (Int32, within the values) into unique, non-null values.
  package static func dictionary(
    codes: Buffer, values: Column, validity: Bitmap? = nil, count: Int
  ) -> Column {
    precondition(codes.count >= count * 4)
    return Column(
      storage: ColumnStorage(
        type: values.type, encoding: .dictionary, validity: validity?.compactBuffer, values: codes,
        children: [values]), count: count)
  }

  /// An opaque column: any Swift values, in this process only.
  package static func opaque<T: Sendable>(_ values: [T]) -> Column {
    Column(
      storage: ColumnStorage(type: .opaque(T.self), objects: values), count: values.count)
  }

  /// An empty column of that type.
  package static func empty(_ type: DataType) -> Column {
    switch type.kind {
    case .null: return nulls(0)
    case .list(let element):
      return Column(
        listOf: empty(element), offsets: MutableBuffer(zeroed: 8).freeze(), count: 0)
    case .fixedSizeList(let element, let size):
      return Column(fixedSizeListOf: empty(element), size: size, count: 0)
    case .structure(let fields):
      return Column(fields: fields, children: fields.map { empty($0.type) }, count: 0)
    default:
      return Column(storage: ColumnStorage(type: type), count: 0)
    }
  }

  /// A plain column of one null; the memory beneath it is zero.
  private static func oneNull(of type: DataType) -> Column {
    let invalid = Bitmap(repeating: false, count: 1)
    switch type.kind {
    case .list(let element):
      return Column(
        listOf: empty(element), offsets: MutableBuffer(zeroed: 16).freeze(), validity: invalid,
        count: 1)
    case .fixedSizeList(let element, let size):
      return Column(
        fixedSizeListOf: nulls(of: element, count: size).decoded(), size: size, validity: invalid,
        count: 1)
    case .structure(let fields):
      return Column(
        fields: fields, children: fields.map { nulls(of: $0.type, count: 1).decoded() },
        validity: invalid, count: 1)
    case .opaque:
      return Column(
        storage: ColumnStorage(
          type: type, validity: invalid.buffer, objects: [Absent.value as any Sendable]), count: 1)
    default:
      return Column(
        storage: ColumnStorage(
          type: type, validity: invalid.buffer, values: MutableBuffer(zeroed: 16).freeze()),
        count: 1)
    }
  }
}

extension Buffer {
  /// The same bytes at an address that is a multiple of sixteen, as 128-bit loads need it.
  ///
  /// Foreign memory may be aligned to eight bytes only.
  package func aligned() -> Buffer {
    if UInt(bitPattern: start) & 15 == 0 { return self }
    return withBytes { Buffer(copying: $0) }
  }
}

/// What stands under a null of an opaque column.
package enum Absent: Sendable { case value }

extension Bitmap {
  /// The bits in a buffer of their own that starts at bit zero.
  package var compactBuffer: Buffer {
    if offset == 0 { return buffer }
    if offset & 7 == 0 { return buffer.slice((offset >> 3)..<((offset + count + 7) >> 3)) }
    return Bitmap(count: count) { word($0) }.buffer
  }
}
