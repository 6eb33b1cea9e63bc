import ColumnarCore

/// Reads one column of a row group, with all that is nested in it, from the first row to the last.
///
/// Used by one thread at a time.
final class ParquetColumnReader {
  private let node: ParquetNode
  private let cursors: [Int: ParquetLeafCursor]
  /// The one cursor of a column that is nothing but a leaf.
  private let flat: ParquetLeafCursor?

  /// A reader of column `position` of the file's schema.
  init(
    _ position: Int, _ state: ParquetRowGroupState,
    _ unpackers: inout [ParquetCodec: ParquetUnpacker]
  ) throws {
    let file = state.file
    let node = file.schema.nodes[position]
    self.node = node
    var isFlat = false
    if case .leaf = node { isFlat = true }
    var cursors: [Int: ParquetLeafCursor] = [:]
    for index in node.leaves {
      guard let leaf = file.schema.leaves[index] else { continue }
      let codec = state.group.chunks[leaf.index].codec
      let unpacker = try unpackers[codec] ?? ParquetUnpacker(codec, state.origin(leaf))
      unpackers[codec] = unpacker
      cursors[index] = try ParquetLeafCursor(leaf, state, keepsLevels: !isFlat, unpacker)
    }
    self.cursors = cursors
    flat = isFlat ? cursors[node.firstLeaf] : nil
  }

  /// Leaves out rows; nothing is decoded yet.
  func skip(_ rows: Int) { for cursor in cursors.values { cursor.skip(rows) } }

  /// The next `rows` rows.
  func read(_ rows: Int) throws -> Column {
    if let flat { return try flat.readFlat(rows) }
    let leaves = try cursors.mapValues { try $0.readNested(rows) }
    let column = try assemble(node, leaves)
    guard column.count == rows else {
      throw broken(node, "\(column.count) rows where there should be \(rows)")
    }
    return column
  }

  private func broken(_ node: ParquetNode, _ what: String) -> ColumnarError {
    guard let cursor = cursors[node.firstLeaf] else {
      return ColumnarError(.internal, "A column without leaves was read.")
    }
    return cursor.origin.corrupt(what)
  }

  /// The column of a node, made of its leaves' slots and levels.
  private func assemble(
    _ node: ParquetNode, _ leaves: [Int: ParquetLeafRows]
  ) throws -> Column {
    guard let first = leaves[node.firstLeaf] else {
      throw ColumnarError(.internal, "A leaf of a column was not read.")
    }
    switch node {
    case .leaf: return first.column
    case .structure(let levels, let fields, let children):
      let columns = try children.map { try assemble($0, leaves) }
      let (count, validity) = Self.slots(first, levels)
      guard columns.allSatisfy({ $0.count == count }) else {
        throw broken(node, "fields of different lengths, \(columns.map(\.count)),")
      }
      return Column(fields: fields, children: columns, validity: validity, count: count)
    case .list(let levels, let elementDefinition, let size, let element):
      let elements = try assemble(element, leaves)
      let (offsets, total) = Self.offsets(first, levels, elementDefinition)
      let (count, validity) = Self.slots(first, levels)
      guard total == elements.count, offsets.count == (count + 1) * 8 else {
        throw broken(node, "lists of \(total) elements have \(elements.count)")
      }
      let lists = Column(listOf: elements, offsets: offsets, validity: validity, count: count)
      guard let size else { return lists }
      return try fixed(lists, elements, size, node)
    }
  }

  /// Lists that the file's Arrow schema says a size of.
  private func fixed(
    _ lists: Column, _ elements: Column, _ size: Int, _ node: ParquetNode
  ) throws -> Column {
    let view = ListView(lists)
    if elements.count == lists.count.multipliedClamped(by: size),
      (0..<lists.count).allSatisfy({ view.range($0).count == size })
    {
      return Column(
        fixedSizeListOf: elements, size: size, validity: lists.trueValidity, count: lists.count)
    }
    // A null list has no elements in the file, and room for all of them here.
    guard lists.nullCount.multipliedClamped(by: size) <= LeafCounts.limit else {
      throw cursors[node.firstLeaf]?.origin.tooLarge("null lists of \(size) elements each")
        ?? ColumnarError(.internal, "A column without leaves was read.")
    }
    do {
      return try lists.cast(to: .fixedSizeList(elements.type, count: size), strict: true)
    } catch {
      throw broken(node, "lists that do not have \(size) elements, as its Arrow schema says")
    }
  }

  /// How many rows a node has, and which of them are not null; nil where all are.
  private static func slots(
    _ leaf: ParquetLeafRows, _ levels: ParquetNode.Levels
  ) -> (Int, Bitmap?) {
    var bits = BitmapBuilder(capacity: leaf.count)
    let definitions = leaf.definitions.pointer(as: UInt8.self)
    let repetitions = leaf.repetitions?.pointer(as: UInt8.self)
    for k in 0..<leaf.count
    where (repetitions?[k] ?? 0) <= levels.repetition && definitions[k] >= levels.slotDefinition {
      bits.append(definitions[k] >= levels.definition)
    }
    withExtendedLifetime(leaf) {}
    let count = bits.count
    return (count, bits.clearCount == 0 ? nil : bits.finish())
  }

  /// Where the lists of a node begin among its elements, and how many of those there are.
  private static func offsets(
    _ leaf: ParquetLeafRows, _ levels: ParquetNode.Levels, _ elementDefinition: Int
  ) -> (Buffer, Int) {
    var offsets = MutableBuffer(capacity: (leaf.count + 1) * 8)
    let definitions = leaf.definitions.pointer(as: UInt8.self)
    let repetitions = leaf.repetitions?.pointer(as: UInt8.self)
    var total = 0
    for k in 0..<leaf.count {
      let repetition = Int(repetitions?[k] ?? 0)
      if repetition <= levels.repetition, definitions[k] >= levels.slotDefinition {
        offsets.append(Int64(total))
      }
      if repetition <= levels.repetition + 1, definitions[k] >= elementDefinition { total += 1 }
    }
    offsets.append(Int64(total))
    withExtendedLifetime(leaf) {}
    return (offsets.freeze(), total)
  }
}
