import ColumnarCore

/// Takes a column apart into its leaves with their levels, as Dremel has it.
struct Shredder {
  private let leaves: ArraySlice<ParquetWriteLeaf>
  private let rowCount: Int
  private var next: Int
  private var found: [ShreddedLeaf] = []

  /// The leaves of `column`, in their order.
  static func leaves(
    of column: Column, _ leaves: ArraySlice<ParquetWriteLeaf>
  ) throws -> [ShreddedLeaf] {
    if leaves.count == 1, let leaf = leaves.first, leaf.definition == 1 {
      return [flat(column, leaf)]
    }
    var shredder = Shredder(
      leaves: leaves, rowCount: column.count, next: leaves.startIndex)
    try shredder.add(column, LevelEntries(rows: column.count), definition: 0, repetition: 0)
    return shredder.found
  }

  private init(leaves: ArraySlice<ParquetWriteLeaf>, rowCount: Int, next: Int) {
    self.leaves = leaves
    self.rowCount = rowCount
    self.next = next
  }

  /// A column at the top that is not nested: its validity is all there is to say.
  private static func flat(_ column: Column, _ leaf: ParquetWriteLeaf) -> ShreddedLeaf {
    let validity = column.trueValidity
    let values: Column
    if let validity {
      values = column.withValidity(nil).taking(RowIndices(selectedBy: validity))
    } else {
      values = column.withValidity(nil)
    }
    return ShreddedLeaf(
      leaf: leaf, rowCount: column.count, count: column.count, values: values,
      definitions: validity.map { .bits($0) } ?? .uniform(1), repetitions: nil)
  }

  /// Adds a field with the slots of its parent.
  private mutating func add(
    _ column: Column, _ entries: LevelEntries, definition: Int, repetition: Int
  ) throws {
    let level = definition + 1
    let defined = entries.defined(by: column.trueValidity, level: level)
    switch column.type.physical {
    case .structure:
      for child in column.structChildren {
        try add(child, defined, definition: level, repetition: repetition)
      }
    case .list, .fixedSizeList:
      let lists = ListView(column)
      let count = lists.column.count
      let first = count == 0 ? 0 : lists.range(0).lowerBound
      let end = count == 0 ? 0 : lists.range(count - 1).upperBound
      let inside = try defined.expanded(
        lists, first: first, span: end - first, level: level + 1, repetition: repetition + 1,
        leaves[next].name)
      try add(
        lists.elements.slice(first..<end), inside, definition: level + 1,
        repetition: repetition + 1)
    default:
      found.append(
        ShreddedLeaf(
          leaf: leaves[next], rowCount: rowCount, count: defined.count,
          values: defined.values(of: column).withValidity(nil),
          definitions: defined.definitions, repetitions: defined.repetitions))
      next += 1
    }
  }
}
