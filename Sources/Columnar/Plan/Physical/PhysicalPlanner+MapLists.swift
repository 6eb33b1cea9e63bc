import ColumnarCore

extension PhysicalPlanner {
  /// A plan over the elements of lists: the outer rows are collected, the inner chain runs over the
  /// elements of them all, and its results become lists again.
  mutating func lower(
    _ map: LogicalPlan.MapLists, _ wanted: Set<ColumnID>?
  ) throws -> Chain {
    let outer = try lower(map.input, wanted: wanted.map { $0.union(map.neededIDs) })
    let elements = ListElements(map, outer: outer, morselSize)
    note(elements, of: map.table)
    let inner = try lower(map.inner, wanted: Set(map.outputs.map(\.inner)))
    let outputs = try map.outputs.map { output in
      guard let position = inner.columns.firstIndex(where: { $0.id == output.inner }) else {
        throw ColumnarError(.internal, "\(output.column.name) of \(map.name) was not computed.")
      }
      return (position: position, output: output)
    }
    let kept = outer.columns.indices.filter { k in
      wanted.map { $0.contains(outer.columns[k].id) } ?? true
    }
    let columns = kept.map { outer.columns[$0] } + map.outputs.map(\.column)
    let schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
    let label = "Map lists \(map.text(names(outer.columns)))"
    return breaker(label, [inner], columns, items: outer.items) { query in
      defer { elements.clear() }
      try elements.collect(query)
      let failed = query.evaluation.failedRows
      let before = failed.count
      let sink = CollectSink()
      do { try Stage.run(inner, into: sink, query) } catch { throw elements.placed(error) }
      failed.rewrite(from: before, elements.placed)
      return try elements.results(sink.batches, outputs, kept: kept, schema, query)
    }
  }

  /// The source of the elements that a scan reads, if it reads those of a list.
  func elementSource(_ scan: LogicalPlan.Scan, _ columns: [BoundColumn]) -> ElementSource? {
    guard let table = scan.source as? ElementTable, let elements = elements(of: table) else {
      return nil
    }
    let text = columns.map(\.name).joined(separator: ", ")
    return ElementSource(
      "Elements of \(elements.name) [\(text)]", elements,
      positions: columns.compactMap { column in
        scan.columns.firstIndex(of: column).map { scan.positions[$0] }
      })
  }
}
