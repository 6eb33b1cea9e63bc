import ColumnarCore

/// Turns batches of one schema into Arrow messages.
///
/// Windows of columns are written as just their rows; constant and dictionary-coded columns are
/// written as plain values unless the schema says that they are codes.
package struct IPCEncoder: Sendable {
  package let schema: IPCSchema

  package init(_ schema: IPCSchema) { self.schema = schema }

  /// Finds out what a batch's message is made of; copies no values.
  ///
  /// The batch has the columns of the schema. Columns that the schema has as codes must be
  /// dictionary-coded. With 32-bit offsets, more than 2^31 bytes or elements in one column are an
  /// error of code `resourcesExhausted`: cut the batch.
  package func plan(_ batch: Batch) throws -> EncodedBatch {
    precondition(batch.columns.count == schema.fields.count, "the batch is of another schema")
    var parts = IPCParts()
    for (field, column) in zip(schema.fields, batch.columns) { try parts.add(field, column) }
    return EncodedBatch(.batch, parts.pieces) { parts.header(rows: batch.count, $0) }
  }

  /// The message that brings a dictionary's values, or with `isDelta` more of them.
  package func plan(
    dictionary id: Int64, values: Column, isDelta: Bool = false
  ) throws -> EncodedBatch {
    guard let field = schema.dictionaries[id] else {
      throw ColumnarError(.internal, "The schema has no dictionary \(id).")
    }
    var parts = IPCParts()
    try parts.add(field, values)
    return EncodedBatch(.dictionary, parts.pieces) {
      .table([.int64(id), parts.header(rows: values.count, $0), .bool(isDelta)])
    }
  }
}

/// The nodes and buffers of a message, in Arrow's order: depth first.
private struct IPCParts {
  private(set) var pieces: [IPCPiece] = []
  private var nodes: [Int64] = []
  /// The number of blocks of each column of views.
  private var blockCounts: [Int64] = []

  /// The record batch of these parts whose buffers lie there.
  func header(rows: Int, _ buffers: [Int64]) -> FlatValue {
    .table([
      .int64(Int64(rows)), .structs(nodes, size: 2), .structs(buffers, size: 2), nil,
      blockCounts.isEmpty ? nil : .structs(blockCounts, size: 1),
    ])
  }

  mutating func add(_ field: IPCField, _ column: Column) throws {
    if field.codes != nil {
      precondition(column.encoding == .dictionary, "a column of codes is not dictionary-coded")
      addNode(column)
      return pieces.append(.bytes(window(column, width: 4)))
    }
    let column = column.decoded()
    if field.type == .null {
      nodes += [Int64(column.count), Int64(column.count)]
      return
    }
    addNode(column)
    switch field.type {
    case .bool: pieces.append(.bits(column.bits))
    case .fixed(let type):
      pieces.append(.bytes(window(column, width: type.physical.width ?? 8)))
    case .bytes(_, let reference): try addText(column, reference, field)
    case .list(let reference): try addList(column, reference, field)
    case .fixedSizeList(let size):
      let first = column.offset * size
      try add(
        field.children[0],
        column.storage.children[0].slice(first..<(first + column.count * size)))
    case .structure:
      for (child, part) in zip(field.children, column.structChildren) { try add(child, part) }
    case .null, .half, .date64, .time32, .decimal, .fixedBytes:
      throw ColumnarError(.internal, "Field \"\(field.name)\" cannot be written.")
    }
  }

  /// A node with the column's rows and nulls, and the buffer of its validity: empty without nulls.
  private mutating func addNode(_ column: Column) {
    let validity = column.trueValidity
    nodes += [Int64(column.count), Int64(validity.map { column.count - $0.setCount } ?? 0)]
    pieces.append(validity.map { .bits($0) } ?? .bytes(.empty))
  }

  private func window(_ column: Column, width: Int) -> Buffer {
    let first = column.offset * width
    return column.storage.values.slice(first..<(first + column.count * width))
  }

  private mutating func addText(
    _ column: Column, _ reference: IPCType.Reference, _ field: IPCField
  ) throws {
    let text = IPCText(column, asViews: reference == .view)
    guard reference == .view else {
      try checkSize(text.totalBytes, reference, field)
      pieces.append(.textOffsets(text, width: reference == .offset32 ? 4 : 8))
      return pieces.append(.text(text))
    }
    pieces.append(.views(text))
    for k in text.blocks.indices { pieces.append(.block(text, k)) }
    blockCounts.append(Int64(text.blocks.count))
  }

  private mutating func addList(
    _ column: Column, _ reference: IPCType.Reference, _ field: IPCField
  ) throws {
    let lists = ListView(column)
    let first = column.count == 0 ? 0 : lists.range(0).lowerBound
    let last = column.count == 0 ? 0 : lists.range(column.count - 1).upperBound
    try checkSize(last - first, reference, field)
    let start = column.offset * 8
    let offsets = column.storage.values.slice(start..<(start + (column.count + 1) * 8))
    pieces.append(.offsets(offsets, width: reference == .offset32 ? 4 : 8))
    try add(field.children[0], lists.elements.slice(first..<last))
  }

  private func checkSize(
    _ size: Int, _ reference: IPCType.Reference, _ field: IPCField
  ) throws {
    guard reference == .offset32, size > Int(Int32.max) else { return }
    throw ColumnarError(
      .resourcesExhausted,
      "Column \"\(field.name)\" has \(size) bytes or elements in one batch, too many for 32-bit "
        + "offsets. Write with the layout .views or .largeOffsets.")
  }
}
