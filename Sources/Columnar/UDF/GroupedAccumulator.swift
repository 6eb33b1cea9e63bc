import ColumnarCore

/// A `GroupedAggregate` among the accumulators of a query.
final class GroupedAccumulator<Aggregate: GroupedAggregate>: GroupAccumulator {
  private let run: FunctionRun
  private var function: UserFunction { run.function }
  private let cancellation: Cancellation
  private var aggregate: Aggregate
  private var count = 0
  private var seen = 0

  init(_ run: FunctionRun, _ cancellation: Cancellation, _ aggregate: Aggregate) {
    self.run = run
    self.cancellation = cancellation
    self.aggregate = aggregate
  }

  func grow(to groups: Int) {
    guard groups > count else { return }
    count = groups
    aggregate.grow(to: groups)
  }

  func updateAll(_ values: Column, firstRow: Int64) throws {
    let zeros = MutableBuffer(zeroed: values.count * 4).freeze()
    try update(values, groups: zeros.pointer(), firstRow: firstRow)
    withExtendedLifetime(zeros) {}
  }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) throws {
    guard values.count > 0 else { return }
    seen = count
    guard !Aggregate.Value._isNullable, let validity = values.trueValidity else {
      return try update(values, groups)
    }
    // Rows that the aggregate takes no nulls for are left out.
    let rows = RowIndices(selectedBy: validity)
    if rows.count == 0 { return }
    let chosen = MutableBuffer(count: rows.count * 4)
    let target = chosen.pointer(as: UInt32.self)
    for k in 0..<rows.count { target[k] = groups[rows.row(at: k)] }
    try Evaluator.mappingRows(rows) { try update(values.taking(rows), target) }
    withExtendedLifetime(chosen.freeze()) {}
  }

  private func update(_ values: Column, _ groups: UnsafePointer<UInt32>) throws {
    try run.call(on: values, cancellation) { call in
      try function.guarded(cancellation) {
        try call.guarded {
          try aggregate.update(
            ColumnView<Aggregate.Value>(values),
            groups: GroupNumbers(start: groups, count: values.count))
        }
      }
    }
  }

  var stateTypes: [DataType] { UserFunction.partialTypes(Aggregate.self) }

  func partialState() -> [Column] { UserFunction.partialState(aggregate, count: count, seen) }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) throws {
    guard let part = try UserFunction.part(of: state, as: Aggregate.self, groups) else { return }
    try function.guarded(cancellation, "merging groups") {
      try aggregate.merge(
        part.states,
        groups: GroupPairs(
          sources: part.from.pointer(as: Int64.self), targets: part.into.pointer(as: UInt32.self),
          count: part.count))
    }
    withExtendedLifetime(part) {}
    seen = count
  }

  func finish() throws -> Column {
    let results = try function.guarded(cancellation, "finishing groups") { try aggregate.finish() }
    guard results.count == count else {
      throw ColumnarError(
        .lengthMismatch,
        "The aggregate \"\(function.name)\" finished with \(results.count) results for \(count) "
          + "groups. It must return one per group, in the order of their numbers.",
        context: [.node(function.name)])
    }
    return try Aggregate.Result.column(of: results)
      .cast(to: Aggregate.Result.columnType, strict: true)
  }
}

extension UDF {
  /// An aggregate that takes whole batches; each thread of a query makes its own.
  ///
  /// Of the options only the contract applies; with `.ordered`, rows come in order to one aggregate.
  /// An error ends the query; another `onError` is refused when the query is made.
  public static func aggregate<Aggregate: GroupedAggregate>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ make: @escaping @Sendable () -> Aggregate
  ) -> AggregateUDF1<Aggregate.Value, Aggregate.Result> {
    // A throw leaves the states of all its groups unknown, so no group can be told from the others.
    let flaw =
      options.onError ?? .fail == .fail
      ? nil
      : ColumnarError(
        .invalidPlan,
        "\"\(name)\" is a GroupedAggregate, which keeps the states of all groups itself: which of "
          + "them fail cannot be told, so onError must be .fail. For another, write the aggregate "
          + "with update, merge and finish.", context: [.node(name)])
    return AggregateUDF1(
      UserFunction(
        name: name, kind: .aggregate, parameters: [UDFParameter(data: Aggregate.Value.self)],
        resultType: Aggregate.Result.columnType, options: options,
        special: .aggregate { GroupedAccumulator($0, $1, make()) }, flaw: flaw,
        body: misplaced(name)))
  }
}
