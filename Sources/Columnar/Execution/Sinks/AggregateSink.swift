import ColumnarCore

/// Groups rows by keys and aggregates them: every thread into groups of its own, which are merged
/// at the end.
///
/// A thread that finds nearly every row to be a new group stops grouping and only splits rows by
/// their hash, so that each part is grouped once, by one thread, in a table that stays in cache.
package final class AggregateSink: Sink {
  package typealias Local = GroupState

  private let keys: [Evaluator]
  private let inputs: [Evaluator?]
  private let functions: [(function: AggregateKind, input: DataType)]
  /// The aggregates as text, for errors.
  private let names: [String]
  /// Whether a user's function may fail on a row, so that rows must be known by their numbers.
  private let namesRows: Bool
  private let maintainOrder: Bool
  private let query: QueryContext
  private let locals = Monitor<[GroupState]>([])

  package init(
    _ aggregate: LogicalPlan.Aggregate, input: [BoundColumn], _ query: QueryContext
  ) {
    keys = aggregate.keys.map { Evaluator($0.expr, inputs: input) }
    inputs = aggregate.aggregates.map { $0.input.map { Evaluator($0, inputs: input) } }
    functions = aggregate.aggregates.map { ($0.function, $0.input?.type ?? .int64) }
    let columns = Dictionary(input.map { ($0.id, $0.name) }, uniquingKeysWith: { a, _ in a })
    names = aggregate.aggregates.map { $0.text { columns[$0] ?? "#\($0.raw)" } }
    namesRows = functions.contains { $0.function.userFunction != nil }
    maintainOrder = aggregate.maintainOrder && !aggregate.keys.isEmpty
    self.query = query
  }

  package func makeLocal() throws -> GroupState {
    var accumulators = try functions.map {
      try $0.function.makeAccumulator(for: $0.input, query.evaluation)
    }
    // Where order is to be kept, the first row of each group is aggregated too.
    if maintainOrder { accumulators.append(try AggregateFunction.min.makeAccumulator(for: .int64)) }
    return GroupState(keyTypes: keys.map(\.expr.type), accumulators: accumulators, names: names)
  }

  package func consume(
    _ batch: Batch, _ position: BatchPosition, _ local: inout GroupState
  ) throws -> Flow {
    let keys = try keys.map { try $0.evaluate(batch, query.evaluation) }
    var values = try inputs.map { try $0?.evaluate(batch, query.evaluation) ?? .nulls(batch.count) }
    if maintainOrder { values.append(.rowNumbers(from: position.orderBase, count: batch.count)) }
    let rows = GroupState.Rows(keys: keys, values: values, firstRow: position.orderBase)
    if namesRows { local.count(batch.count, of: position.sequence) }
    if local.isSpreading {
      local.spread(rows, namesRows: namesRows)
    } else {
      try local.update(rows)
    }
    return .more
  }

  package func combine(_ local: consuming GroupState) {
    let local = local
    locals.withLock { $0.append(local) }
  }

  // MARK: Result

  /// The groups as batches of the given schema: keys, then aggregates.
  package func finish(_ schema: Schema) throws -> [Batch] {
    try query.cancellation.check()
    let locals = locals.withLock { $0 }.filter { keys.isEmpty || $0.groupCount > 0 }
    guard !keys.isEmpty else {
      let result = try merge(locals)
      return [Batch(unchecked: schema, columns: try finished(result), count: 1)]
    }
    guard !locals.isEmpty else { return [] }
    let groups = locals.reduce(0) { $0 + $1.groupCount }
    let parts: [[Column]]
    if locals.contains(where: \.isSpreading) || (locals.count > 1 && groups >= Self.smallGroupCount)
    {
      parts = try mergeInParallel(locals)
    } else {
      parts = [try finished(locals.count == 1 ? locals[0] : merge(locals))]
    }
    return try ordered(parts, schema)
  }

  /// The keys and results of a state; groups that failed are noted.
  private func finished(_ state: GroupState) throws -> [Column] {
    try query.collectingFailures({ $0 }, state.finish)
  }

  /// Up to so many groups are merged on one thread.
  private static let smallGroupCount = 20_000

  /// Merges the groups of all locals on this thread.
  private func merge(_ locals: [GroupState]) throws -> GroupState {
    let merged = try makeLocal()
    for local in locals {
      try query.cancellation.check()
      try merged.add(local.partials())
    }
    return merged
  }

  /// Merges by partitions of the hash, each on its own, on all threads.
  private func mergeInParallel(_ locals: [GroupState]) throws -> [[Column]] {
    let parts = try locals.map { local -> (GroupState.Partials, HashPartitions) in
      try query.cancellation.check()
      let partials = local.partials()
      let hashes = RowHash.hash(partials.keys)
      return (
        partials,
        HashPartitions(hashes: hashes, count: local.groupCount, bits: GroupState.partitionBits)
      )
    }
    let results = Monitor([[Column]](repeating: [], count: 1 << GroupState.partitionBits))
    let failures = SpreadFailures(locals, query)
    try query.parallel(1 << GroupState.partitionBits) { [self] partition in
      let merged = try makeLocal()
      for (partials, rows) in parts { try merged.add(partials.taking(rows[partition])) }
      guard try failures.groups(locals, partition, into: merged) else { return }
      let columns = try finished(merged)
      results.withLock { $0[partition] = columns }
    }
    try failures.throwFirst()
    return results.withLock { $0 }
  }

  /// What a failed query reports: `error`, or that of an earlier row, which a thread had only split
  /// by its hash when another met the error.
  package func firstFailure(_ error: ColumnarError) throws -> ColumnarError {
    let locals = locals.withLock { $0 }.filter(\.isSpreading)
    guard namesRows, !locals.isEmpty, let row = error.row, !query.cancellation.isCancelled else {
      return error
    }
    let failures = SpreadFailures(self.locals.withLock { $0 }, query)
    try query.parallel(1 << GroupState.partitionBits) { [self] partition in
      _ = try failures.groups(locals, partition, into: makeLocal(), upTo: row)
    }
    return failures.first(before: row) ?? error
  }

  /// The parts as batches; where order is kept, as one in the order of the groups' first rows.
  private func ordered(_ parts: [[Column]], _ schema: Schema) throws -> [Batch] {
    let parts = parts.filter { ($0.first?.count ?? 0) > 0 }
    guard maintainOrder, let first = parts.first else {
      return parts.map { Batch(unchecked: schema, columns: $0, count: $0[0].count) }
    }
    let columns = try first.indices.map { k in
      try query.cancellation.check()
      return Column.concatenating(parts.map { $0[k] }, type: first[k].type)
    }
    let order = Sorting.order([SortKey(columns[columns.count - 1])], parallel: query.lending)
    let sorted = try columns.dropLast().map { column in
      try query.cancellation.check()
      return column.taking(order)
    }
    return [Batch(unchecked: schema, columns: sorted, count: order.count)]
  }
}
