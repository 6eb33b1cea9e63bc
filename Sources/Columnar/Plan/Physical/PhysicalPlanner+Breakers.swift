import ColumnarCore

extension PhysicalPlanner {
  /// A chain that begins with the result of a breaker.
  func breaker(
    _ label: String, _ inputs: [Chain], _ columns: [BoundColumn], items: ItemPlace? = nil,
    _ compute: @escaping @Sendable (QueryContext) throws -> [[Batch]]
  ) -> Chain {
    let source = BreakerSource(
      label, inputs: inputs, columns: columns, morselSize: morselSize, items: items,
      compute)
    return Chain(inputs: [.init(source: source, operators: [])], columns: columns)
  }

  mutating func lower(_ aggregate: LogicalPlan.Aggregate) throws -> Chain {
    let exprs = aggregate.keys.map(\.expr) + aggregate.aggregates.compactMap(\.input)
    let (input, hoisted) = try hoistCalls(exprs, aggregate.input)
    var aggregate = aggregate
    let keyCount = aggregate.keys.count
    aggregate.keys = zip(aggregate.keys, hoisted).map { NamedExpr(column: $0.column, expr: $1) }
    var rest = hoisted.dropFirst(keyCount)
    aggregate.aggregates = aggregate.aggregates.map {
      .init(
        column: $0.column, function: $0.function, input: $0.input == nil ? nil : rest.removeFirst())
    }
    let needed = hoisted.reduce(into: Set<ColumnID>()) { $0.formUnion($1.columnIDs) }
    var chain = try lower(input, wanted: needed)
    for function in aggregate.aggregates.compactMap(\.function.userFunction) {
      // Rows come in order to one set of groups where that was promised.
      if try noteOnThread(function).contract.value == .ordered, configuration.threads > 1 {
        chain = chain.behindExchange(slots: 1)
      }
    }
    let columns = aggregate.keys.map(\.column) + aggregate.aggregates.map(\.column)
    let schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
    let keys = aggregate.keys.map { $0.expr.text(names(chain.columns)) }
    let values = aggregate.aggregates.map { $0.text(names(chain.columns)) }
    let label =
      "Aggregate" + (keys.isEmpty ? "" : " by [\(keys.joined(separator: ", "))]")
      + " [\(values.joined(separator: ", "))]"
    return breaker(label, [chain], columns) { [aggregate, chain] query in
      let sink = AggregateSink(aggregate, input: chain.columns, query)
      do { try Stage.run(chain, into: sink, query) } catch let error as ColumnarError {
        throw try sink.firstFailure(error)
      }
      return [try sink.finish(schema)]
    }
  }

  mutating func lower(_ join: LogicalPlan.Join, _ wanted: Set<ColumnID>?) throws -> Chain {
    let output = join.columns.filter { wanted?.contains($0.id) ?? true }
    var join = join
    (join.left, join.leftKeys) = try hoistCalls(join.leftKeys, join.left)
    (join.right, join.rightKeys) = try hoistCalls(join.rightKeys, join.right)
    let ids = Set(output.map(\.id))
    let left = try lower(
      join.left, wanted: join.leftKeys.reduce(into: ids) { $0.formUnion($1.columnIDs) })
    let right = try lower(
      join.right, wanted: join.rightKeys.reduce(into: ids) { $0.formUnion($1.columnIDs) })
    let keys = zip(join.leftKeys, join.rightKeys).map {
      "\($0.text(names(left.columns))) == \($1.text(names(right.columns)))"
    }
    let op = ProbeOperator(
      join, probe: left.columns, build: right, output: output,
      text: "\(join.kind.rawValue) on [\(keys.joined(separator: ", "))]")
    return left.appending(op, columns: output)
  }

  mutating func lower(_ sort: LogicalPlan.Sort) throws -> Chain {
    let (input, keys) = try hoistCalls(sort.keys.map(\.expr), sort.input)
    let chain = try lower(input)
    let evaluators = keys.map { Evaluator($0, inputs: chain.columns) }
    let order = sort.keys
    let text = zip(keys, order).map {
      $0.text(names(chain.columns)) + ($1.descending ? " descending" : "")
        + ($1.nullsFirst ? " nulls first" : "")
    }
    let label =
      "Sort by [\(text.joined(separator: ", "))]" + (sort.limit.map { " first \($0)" } ?? "")
    return breaker(label, [chain], chain.columns) { [limit = sort.limit] query in
      let sink = CollectSink()
      try Stage.run(chain, into: sink, query)
      let sorter = FrameSort(
        keys: evaluators, order: order.map { ($0.descending, $0.nullsFirst) }, limit: limit)
      return [try sorter.sorted(sink.batches, chain.schema, query)]
    }
  }

  mutating func lower(_ limit: LogicalPlan.Limit, _ wanted: Set<ColumnID>?) throws -> Chain {
    let chain = try lower(limit.input, wanted: wanted)
    let (offset, count) = (limit.offset, limit.count)
    // A call that is bound to be made for every row is made for those behind the limit too.
    let readsAll = !limit.input.isOptional
    let (needed, overflow) = offset.addingReportingOverflow(count)
    let label = "Limit \(count)" + (offset > 0 ? " from row \(offset)" : "")
    return breaker(label, [chain], chain.columns) { query in
      let sink = CollectSink(limit: overflow ? .max : needed, readsAll: readsAll)
      if needed > 0 || overflow || readsAll { try Stage.run(chain, into: sink, query) }
      return sink.partitions.dropping(first: offset)
    }
  }

  mutating func concat(_ inputs: [LogicalPlan], _ columns: [BoundColumn]) throws -> Chain {
    var result = Chain(inputs: [], columns: columns)
    for input in inputs {
      var chain = try lower(input, wanted: nil)
      if chain.columns.map(\.id) != input.columns.map(\.id) {
        chain = chain.appending(
          ProjectOperator(
            input.columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) },
            input: chain.columns, text: "[\(input.columns.map(\.name).joined(separator: ", "))]"),
          columns: input.columns)
      }
      // A chain with exchanges runs by itself; others become inputs of one chain.
      result.inputs += chain.segments.isEmpty ? chain.inputs : collected(chain).inputs
    }
    return result
  }

  private func collected(_ chain: Chain) -> Chain {
    breaker("Collect", [chain], chain.columns) { query in
      let sink = CollectSink()
      try Stage.run(chain, into: sink, query)
      return sink.partitions
    }
  }

  mutating func lower(_ repartition: LogicalPlan.Repartition) throws -> Chain {
    let (input, keys) = try hoistCalls(repartition.keys, repartition.input)
    let chain = try lower(input)
    let evaluators = keys.map { Evaluator($0, inputs: chain.columns) }
    let count = repartition.count
    return breaker("Repartition \(count)", [chain], chain.columns) { query in
      let sink = CollectSink()
      try Stage.run(chain, into: sink, query)
      return try Repartitioning(count: count, keys: evaluators).partitions(of: sink.batches, query)
    }
  }

  mutating func lower(_ map: LogicalPlan.MapPartitions) throws -> Chain {
    let chain = try lower(map.input)
    let names = Schema(unchecked: map.input.columns.map { Field($0.name, $0.type) })
    return breaker("MapPartitions", [chain], map.columns) { query in
      let sink = CollectSink()
      try Stage.run(chain, into: sink, query)
      let inputs = sink.partitions
      let results = Monitor([[Batch]](repeating: [], count: inputs.count))
      try query.parallel(inputs.count) { k in
        let frame = DataFrame(schema: names, partitions: [inputs[k]])
        let result = try Self.call(map.closure, frame, partition: k, query)
        guard result.schema == map.schema else {
          throw ColumnarError(
            .typeMismatch,
            "mapPartitions was declared to give \(map.schema), but the closure gave "
              + "\(result.schema). Pass the right schema to mapPartitions(schema:).")
        }
        results.withLock { $0[k] = result.partitions.flatMap { $0 } }
      }
      return results.withLock { $0 }
    }
  }

  /// Calls the closure of a mapPartitions; queries that it starts end with this one.
  private static func call(
    _ closure: (DataFrame) throws -> DataFrame, _ frame: DataFrame, partition: Int,
    _ query: QueryContext
  ) throws -> DataFrame {
    let outer = NestedQuery.Outer(cancellation: query.cancellation, isParallel: false)
    do {
      return try NestedQuery.$outer.withValue(outer) { try closure(frame) }
    } catch {
      let message = "The closure of mapPartitions failed on partition \(partition): \(error)"
      throw error as? ColumnarError
        ?? ColumnarError(.udf, message, context: [.plan("mapPartitions")], underlying: error)
    }
  }
}

extension [[Batch]] {
  /// The rows without the first `count`, partitions kept.
  fileprivate func dropping(first count: Int) -> [[Batch]] {
    var left = count
    return map { batches in
      batches.compactMap { batch in
        let dropped = Swift.min(left, batch.count)
        left -= dropped
        return dropped == batch.count ? nil : batch.slice(dropped..<batch.count)
      }
    }
  }
}
