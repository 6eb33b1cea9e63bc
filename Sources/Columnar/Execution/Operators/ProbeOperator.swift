import ColumnarCore

/// Looks rows up in a hash table that is built from the right side of a join.
package final class ProbeOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  private let build: Chain
  private let buildKeys: [Evaluator]
  private let probeKeys: [Evaluator]
  private let kind: JoinKind
  private let nullsMatch: Bool
  /// Where each output column comes from.
  private let outputs: [Output]
  private let schema: Schema
  private let built = Monitor<(table: JoinTable, rows: Batch)?>(nil)

  private enum Output {
    case probe(Int)
    case build(Int)
  }

  package init(
    _ join: LogicalPlan.Join, probe: [BoundColumn], build: Chain, output: [BoundColumn],
    text: String
  ) {
    self.build = build
    buildKeys = join.rightKeys.map { Evaluator($0, inputs: build.columns) }
    probeKeys = join.leftKeys.map { Evaluator($0, inputs: probe) }
    kind = join.kind
    nullsMatch = join.nullsMatch
    let left = Dictionary(probe.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { a, _ in a })
    let right = Dictionary(
      build.columns.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { a, _ in a })
    outputs = output.compactMap { column in
      left[column.id].map { .probe($0) } ?? right[column.id].map { .build($0) }
    }
    schema = Schema(unchecked: output.map { Field($0.name, $0.type) })
    label = "Join \(text)"
  }

  package var inputs: [Chain] { [build] }

  package func prepare(_ query: QueryContext) throws {
    let sink = CollectSink()
    try Stage.run(build, into: sink, query)
    let rows = try query.concatenated(sink.batches, build.schema)
    guard rows.count <= Int(Int32.max) else {
      throw ColumnarError(
        .resourcesExhausted,
        "The right side of the join has \(rows.count) rows; 2^31 are the most.",
        context: [.plan("join")])
    }
    let keys = try buildKeys.map { try $0.evaluate(rows, query.evaluation) }
    let table = try JoinTable(keys: keys, nullsMatch: nullsMatch) {
      try query.cancellation.check()
    }
    built.withLock { $0 = (table, rows) }
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    guard let (table, rows) = built.withLock({ $0 }) else {
      throw ColumnarError(.internal, "a join was probed before it was built.")
    }
    let keys = try probeKeys.map { try $0.evaluate(batch, query.evaluation) }
    var cursor = table.makeCursor(keys)
    while !cursor.isFinished {
      let matches = table.probe(
        &cursor, kind: kind == .left ? .left : .inner, limit: ExecutionSize.batchRows)
      guard matches.probe.count > 0 else { continue }
      let columns = outputs.map { output in
        switch output {
        case .probe(let position): batch.columns[position].taking(matches.probe)
        case .build(let position): rows.columns[position].taking(matches.build)
        }
      }
      try query.cancellation.check()
      let out = Batch(unchecked: schema, columns: columns, count: matches.probe.count)
      if try emit(out) == .done { return .done }
    }
    return .more
  }
}
