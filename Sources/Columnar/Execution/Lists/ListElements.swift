import ColumnarCore

/// The rows whose lists one `MapLists` takes apart, while a query runs: collected before the inner
/// plan begins, put together with its results when it ends.
package final class ListElements: ElementPlaces {
  /// One batch of the outer rows.
  private struct Part {
    let outer: Batch
    let layout: ListLayout
    let elements: Batch
    let partition: Int
    /// The numbers of its first row and first element.
    var firstItem = 0
    var firstElement = 0
  }

  private let map: LogicalPlan.MapLists
  package var name: String { map.name }
  /// What computes the outer rows.
  package let outer: Chain
  /// The columns of the table that the inner plan reads.
  private let used: [Int]
  private let morselSize: MorselSize
  private let parts = Monitor<[Part]?>(nil)

  /// Which items the outer rows are.
  package var items: ItemPlace? { outer.items }

  package init(_ map: LogicalPlan.MapLists, outer: Chain, _ morselSize: MorselSize) {
    self.morselSize = morselSize
    self.map = map
    self.outer = outer
    used = map.usedPositions
  }

  private func position(of id: ColumnID) throws -> Int {
    guard let position = outer.columns.firstIndex(where: { $0.id == id }) else {
      throw ColumnarError(.internal, "a column that \(map.name) is mapped over was left out.")
    }
    return position
  }

  // MARK: Before the inner plan

  /// Runs the outer plan and lays out the elements.
  package func collect(_ query: QueryContext) throws {
    let sink = CollectSink()
    try Stage.run(outer, into: sink, query)
    let batches = sink.partitions.enumerated().flatMap { partition, batches in
      batches.map { (partition, $0) }
    }
    let lists = try map.table.lists.map(position)
    let sources = try used.map { try ($0, position(of: map.table.sources[$0])) }
    let laidOut = Monitor([Part?](repeating: nil, count: batches.count))
    try query.parallel(batches.count) { [self] k in
      let (partition, batch) = batches[k]
      do {
        let part = try part(batch, partition, lists, sources)
        laidOut.withLock { $0[k] = part }
      } catch {
        let before = batches[..<k].reduce(0) { $0 + $1.1.count }
        throw ColumnarError.wrapping(error, as: .internal).shiftingRow(by: before)
          .at(.node(map.name))
      }
    }
    let numbered = numbered(laidOut.withLock { $0.compactMap(\.self) })
    parts.withLock { $0 = numbered }
  }

  private func part(
    _ batch: Batch, _ partition: Int, _ lists: [Int], _ sources: [(table: Int, outer: Int)]
  ) throws -> Part {
    let columns = try zip(lists, map.table.unpackings).map { position, unpacking in
      let column = batch.columns[position]
      guard let unpacking, column.type.physical == .opaque else { return column }
      return try unpacking.listColumn(column)
    }
    let layout = try ListLayout(columns, isProduct: map.table.isProduct, count: batch.count)
    let isRepeating = sources.contains { $0.table >= lists.count }
    let items = isRepeating ? layout.items : nil
    let elements = sources.map { table, outer -> Column in
      guard table >= lists.count, let items else { return layout.elements(of: table) }
      return batch.columns[outer].taking(items)
    }
    let schema = Schema(unchecked: sources.map { map.table.schema[$0.table] })
    return Part(
      outer: batch, layout: layout,
      elements: Batch(unchecked: schema, columns: elements, count: layout.elementCount),
      partition: partition)
  }

  /// The parts up to the first in which lists differ in length; what follows has no results.
  private func numbered(_ parts: [Part]) -> [Part] {
    var (items, elements) = (0, 0)
    var result: [Part] = []
    for part in parts {
      var part = part
      (part.firstItem, part.firstElement) = (items, elements)
      items += part.outer.count
      elements += part.layout.elementCount
      result.append(part)
      if part.layout.mismatch != nil { break }
    }
    return result
  }

  /// The elements of all items, in order: columns `positions` of the table.
  package func morsels(_ positions: [Int], batchRows: Int) throws -> [Morsel] {
    guard let parts = parts.withLock({ $0 }) else {
      throw ColumnarError(
        .internal, "the elements of \(map.name) were read before they were there.")
    }
    let columns = positions.compactMap { used.firstIndex(of: $0) }
    let schema = Schema(unchecked: used.map { map.table.schema[$0] })
    let batches = parts.map(\.elements).filter { $0.count > 0 }.merged(upTo: batchRows, schema)
    let rows = batches.reduce(0) { $0 + $1.count }
    return MemoryTable(schema: schema, partitions: [batches]).morsels(
      ScanRequest(
        columns: columns, limit: nil, selection: nil,
        morselRows: morselSize.rows(of: rows), batchRows: batchRows)
    )
  }

  // MARK: After the inner plan

  /// The outer rows with lists of the results, which are batches of the inner plan in order.
  ///
  /// An error if there was an item whose lists differ in length.
  package func results(
    _ inner: [Batch], _ outputs: [(position: Int, output: LogicalPlan.MapLists.Output)],
    kept: [Int], _ schema: Schema, _ query: QueryContext
  ) throws -> [[Batch]] {
    let parts = parts.withLock { $0 } ?? []
    if let last = parts.last, let mismatch = last.layout.mismatch {
      throw unequal(mismatch, last)
    }
    let slices = Slices(inner)
    let results = Monitor([Batch?](repeating: nil, count: parts.count))
    try query.parallel(parts.count) { [map] k in
      let part = parts[k]
      let lists = try outputs.map { position, output -> Column in
        let elements = slices.column(
          position, part.firstElement..<(part.firstElement + part.layout.elementCount),
          output.column.type.element)
        let list = part.layout.list(of: elements)
        do { return try output.pack?.objectColumn(list) ?? list } catch let error as ColumnarError {
          throw error.shiftingRow(by: part.firstItem).at(.node(map.name))
        }
      }
      let batch = Batch(
        unchecked: schema, columns: kept.map { part.outer.columns[$0] } + lists,
        count: part.outer.count)
      results.withLock { $0[k] = batch }
    }
    var partitions = [[Batch]](repeating: [], count: (parts.last?.partition ?? -1) + 1)
    for (part, batch) in zip(parts, results.withLock { $0 }) {
      if let batch { partitions[part.partition].append(batch) }
    }
    return partitions
  }

  /// Lets go of the rows.
  package func clear() { parts.withLock { $0 = nil } }

  private func unequal(_ mismatch: ListLayout.Mismatch, _ part: Part) -> ColumnarError {
    return .unequalLists(zip(map.table.labels, mismatch.lengths).map { ($0, $1) }, of: map.name)
      .shiftingRow(by: part.firstItem + mismatch.item)
  }

  // MARK: What failed

  /// An error of the inner plan, whose rows are elements, with its item and the element in it.
  package func placed(_ error: any Error) -> any Error {
    guard let error = error as? ColumnarError, error.code != .cancelled else { return error }
    guard let row = error.row else { return error.at(.node(map.name)) }
    let (item, element) = place(of: row)
    return error.inElement(element).at(.row(item)).at(.node(map.name))
  }

  /// A row that failed in the inner plan, as one of the outer.
  package func placed(_ entry: FailedRows.Entry) -> FailedRows.Entry {
    guard let row = entry.row else { return entry }
    let (item, element) = place(of: row)
    return entry.inElement(element, row: item)
  }

  package func place(of row: Int) -> (item: Int, element: Int) {
    let parts = parts.withLock { $0 } ?? []
    // The last part that begins at or before the element, and is not empty.
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].firstElement <= row { low = middle + 1 } else { high = middle }
    }
    guard let part = parts[..<low].last(where: { $0.layout.elementCount > 0 }) else {
      return (0, row)
    }
    let place = part.layout.place(of: row - part.firstElement)
    return (part.firstItem + place.item, place.element)
  }
}

/// Batches in order as one run of rows, of which columns are cut.
private struct Slices: Sendable {
  private let batches: [Batch]
  private let starts: [Int]

  init(_ batches: [Batch]) {
    self.batches = batches
    var starts: [Int] = []
    var rows = 0
    for batch in batches {
      starts.append(rows)
      rows += batch.count
    }
    self.starts = starts
  }

  /// The rows of `range` of a column.
  func column(_ position: Int, _ range: Range<Int>, _ type: DataType?) -> Column {
    let type = type ?? batches.first?.columns[position].type ?? .null
    var parts: [Column] = []
    // The last batch that begins at or before the range.
    var (low, high) = (0, batches.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= range.lowerBound { low = middle } else { high = middle }
    }
    var k = low
    while k < batches.count, starts[k] < range.upperBound {
      let inside = range.clamped(to: starts[k]..<(starts[k] + batches[k].count))
      if !inside.isEmpty {
        parts.append(
          batches[k].columns[position].slice(
            (inside.lowerBound - starts[k])..<(inside.upperBound - starts[k])))
      }
      k += 1
    }
    return Column.concatenating(parts, type: type)
  }
}

extension [Batch] {
  /// Short batches joined to longer ones of about `rows` rows, without a copy where they lie side by
  /// side.
  fileprivate func merged(upTo rows: Int, _ schema: Schema) -> [Batch] {
    var result: [Batch] = []
    var (short, count) = ([Batch](), 0)
    func flush() {
      if !short.isEmpty { result.append(.concatenating(short, schema: schema)) }
      (short, count) = ([], 0)
    }
    for batch in self {
      if count + batch.count > rows { flush() }
      short.append(batch)
      count += batch.count
    }
    flush()
    return result
  }
}
