import ColumnarCore

/// Groups rows by keys and aggregates them: every thread into a table of its own, which are merged at the end.
package final class AggregateSink: Sink {
  /// One thread's groups.
  package struct Local {
    let table: GroupTable?
    let accumulators: [any GroupAccumulator]
  }

  private let keys: [Evaluator]
  private let inputs: [Evaluator?]
  private let functions: [(function: AggregateFunction, input: DataType)]
  private let maintainOrder: Bool
  private let query: QueryContext
  private let locals = Monitor<[Local]>([])

  package init(
    _ aggregate: LogicalPlan.Aggregate, input: [BoundColumn], _ query: QueryContext
  ) {
    keys = aggregate.keys.map { Evaluator($0.expr, inputs: input) }
    inputs = aggregate.aggregates.map { $0.input.map { Evaluator($0, inputs: input) } }
    functions = aggregate.aggregates.map { ($0.function, $0.input?.type ?? .int64) }
    maintainOrder = aggregate.maintainOrder && !aggregate.keys.isEmpty
    self.query = query
  }

  package func makeLocal() throws -> Local {
    Local(
      table: keys.isEmpty ? nil : GroupTable(keyTypes: keys.map(\.expr.type)),
      accumulators: try makeAccumulators())
  }

  /// The accumulators asked for, and one of the first row of each group where order is to be kept.
  private func makeAccumulators() throws -> [any GroupAccumulator] {
    var accumulators = try functions.map { try $0.function.makeAccumulator(for: $0.input) }
    if maintainOrder { accumulators.append(try AggregateFunction.min.makeAccumulator(for: .int64)) }
    return accumulators
  }

  package func consume(
    _ batch: Batch, _ position: BatchPosition, _ local: inout Local
  ) throws -> Flow {
    var values = try inputs.map { try $0?.evaluate(batch, query.evaluation) ?? .nulls(batch.count) }
    if maintainOrder { values.append(.rowNumbers(from: position.orderBase, count: batch.count)) }
    guard let table = local.table else {
      for (accumulator, column) in zip(local.accumulators, values) {
        accumulator.grow(to: 1)
        try accumulator.updateAll(column, firstRow: position.orderBase)
      }
      return .more
    }
    let ids = table.assign(try keys.map { try $0.evaluate(batch, query.evaluation) })
    for (accumulator, column) in zip(local.accumulators, values) {
      accumulator.grow(to: table.groupCount)
      try accumulator.update(column, groups: ids.pointer, firstRow: position.orderBase)
    }
    withExtendedLifetime(ids) {}
    return .more
  }

  package func combine(_ local: consuming Local) {
    let local = local
    locals.withLock { $0.append(local) }
  }

  // MARK: Result

  /// The groups as batches of the given schema: keys, then aggregates.
  package func finish(_ schema: Schema) throws -> [Batch] {
    let locals = locals.withLock { $0 }.filter { $0.table?.groupCount ?? 1 > 0 }
    guard !keys.isEmpty else { return [try finishGlobal(locals, schema)] }
    guard !locals.isEmpty else { return [] }
    let groups = locals.reduce(0) { $0 + ($1.table?.groupCount ?? 0) }
    var parts: [[Column]] = []
    if locals.count == 1 {
      parts = [try columns(of: locals[0])]
    } else if groups < Self.smallGroupCount {
      parts = [try columns(of: merge(locals))]
    } else {
      parts = try mergeInParallel(locals)
    }
    return try ordered(parts, schema)
  }

  /// Up to so many groups are merged on one thread.
  private static let smallGroupCount = 20_000
  /// The partitions, by the top bits of the hash, that larger tables are merged in.
  private static let partitionBits = 4

  private func finishGlobal(_ locals: [Local], _ schema: Schema) throws -> Batch {
    let zero = Buffer(copying: [UInt32(0)])
    let result = try makeAccumulators()
    for (k, accumulator) in result.enumerated() {
      accumulator.grow(to: 1)
      for local in locals {
        local.accumulators[k].grow(to: 1)
        try accumulator.merge(local.accumulators[k].partialState(), groups: zero.pointer())
      }
    }
    return Batch(unchecked: schema, columns: try result.map { try $0.finish() }, count: 1)
  }

  private func columns(of local: Local) throws -> [Column] {
    guard let table = local.table else { return [] }
    return table.keys()
      + (try local.accumulators.map { accumulator in
        accumulator.grow(to: table.groupCount)
        return try accumulator.finish()
      })
  }

  /// Merges the groups of all locals on this thread.
  private func merge(_ locals: [Local]) throws -> Local {
    let merged = try makeLocal()
    for local in locals {
      let (keys, states) = partials(of: local)
      try add(keys, states, to: merged)
    }
    return merged
  }

  /// The keys of a local's groups and the states of its accumulators.
  private func partials(of local: Local) -> (keys: [Column], states: [[Column]]) {
    guard let table = local.table else { return ([], []) }
    let states = local.accumulators.map { accumulator in
      accumulator.grow(to: table.groupCount)
      return accumulator.partialState()
    }
    return (table.keys(), states)
  }

  /// Adds groups of another local to `merged`.
  private func add(_ keys: [Column], _ states: [[Column]], to merged: Local) throws {
    guard let table = merged.table else { return }
    let ids = table.assign(keys)
    for (accumulator, state) in zip(merged.accumulators, states) {
      accumulator.grow(to: table.groupCount)
      try accumulator.merge(state, groups: ids.pointer)
    }
    withExtendedLifetime(ids) {}
  }

  /// Merges by partitions of the hash, each on its own, on all threads.
  private func mergeInParallel(_ locals: [Local]) throws -> [[Column]] {
    let states = locals.map(partials)
    let partitions = 1 << Self.partitionBits
    let rows = states.map {
      HashPartitions(
        hashes: RowHash.hash($0.keys), count: $0.keys[0].count, bits: Self.partitionBits)
    }
    let results = Monitor([[Column]](repeating: [], count: partitions))
    try query.parallel(partitions) { [self] p in
      let merged = try makeLocal()
      for (state, rows) in zip(states, rows) {
        let rows = rows[p]
        try add(
          state.keys.map { $0.taking(rows) }, state.states.map { $0.map { $0.taking(rows) } },
          to: merged)
      }
      let columns = try columns(of: merged)
      results.withLock { $0[p] = columns }
    }
    return results.withLock { $0 }
  }

  /// The parts as batches; where order is kept, as one in the order of the groups' first rows.
  private func ordered(_ parts: [[Column]], _ schema: Schema) throws -> [Batch] {
    let parts = parts.filter { ($0.first?.count ?? 0) > 0 }
    guard maintainOrder, let first = parts.first else {
      return parts.map { Batch(unchecked: schema, columns: $0, count: $0[0].count) }
    }
    let columns = first.indices.map { k in
      Column.concatenating(parts.map { $0[k] }, type: first[k].type)
    }
    let order = Sorting.order([SortKey(columns[columns.count - 1])], parallel: query.lending)
    let sorted = columns.dropLast().map { $0.taking(order) }
    return [Batch(unchecked: schema, columns: sorted, count: order.count)]
  }
}
