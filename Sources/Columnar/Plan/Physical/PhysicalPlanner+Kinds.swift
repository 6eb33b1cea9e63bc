import ColumnarCore

extension PhysicalPlanner {
  /// Notes a function whose states are values of this process: it runs on a thread.
  @discardableResult
  mutating func noteOnThread(_ function: UserFunction) throws -> EffectiveOptions {
    let options = try note(function)
    if function.options.isolation == .process {
      throw ColumnarError(
        .unsupported,
        "\"\(function.name)\" is \(function.kind.withArticle) function, and those run on threads of "
          + "this process: their states and rows cannot leave it. Leave out isolation: .process; to "
          + "isolate a part of the work, call a row or batch function with that option on "
          + "\"\(function.name)\"'s arguments.",
        context: [.node(function.name)])
    }
    if function.options.timeout?.batch != nil {
      throw ColumnarError(
        .unsupported,
        "\"\(function.name)\" is \(function.kind.withArticle) function, whose calls are timed row by row: "
          + "use timeout: .perRow(…).", context: [.node(function.name)])
    }
    return options
  }

  /// Rows of rows: an operator of the chain, behind an exchange where the function asks for slots.
  mutating func lower(
    _ expand: LogicalPlan.Expand, _ wanted: Set<ColumnID>?
  ) throws -> Chain {
    var expand = expand
    (expand.input, expand.arguments) = try hoistCalls(expand.arguments, expand.input)
    let needed = expand.arguments.reduce(into: Set<ColumnID>()) { $0.formUnion($1.columnIDs) }
    var chain = try lower(expand.input, wanted: wanted.map { $0.union(needed) })
    let options = try expand.function.map { try noteOnThread($0) }
    let threads = configuration.threads
    let slots = expand.function.flatMap { options?.slots(for: $0, threads: threads) } ?? threads
    let text = expand.text(names(chain.columns))
    var isPassed = false
    if let origin = expand.origin {
      // Rows are numbered one batch after the other, and expanded by as many threads as before.
      if configuration.threads > 1 || !chain.segments.isEmpty {
        chain = chain.behindExchange(slots: 1)
        isPassed = slots == 1
      }
      chain = chain.appending(
        NumberRowsOperator(origin, input: chain.columns), columns: chain.columns + [origin])
      if configuration.threads > 1, slots > 1 {
        chain = chain.behindExchange(slots: slots)
        isPassed = true
      }
    }
    if !isPassed, !configuration.isSequential, let function = expand.function,
      options?.needsExchange(function) ?? false
    {
      chain = chain.behindExchange(slots: slots)
    }
    let kept = chain.columns.indices.filter { k in
      let id = chain.columns[k].id
      return wanted.map { $0.contains(id) || id == expand.origin?.id } ?? true
    }
    let op = ExpandOperator(expand, input: chain.columns, kept: kept, text: text)
    return chain.appending(op, columns: kept.map { chain.columns[$0] } + [expand.element])
  }

  /// A scan: over the whole frame in a chain, one batch after the other; over keys, on several
  /// threads, with all rows at hand.
  mutating func scan(_ call: LogicalPlan.CallColumn, _ chain: Chain) throws -> Chain {
    try noteOnThread(call.function)
    let text = call.text(names(chain.columns))
    let columns = chain.columns + [call.column]
    let hasKeys = call.arguments.count > call.function.dataParameters.count
    if hasKeys, configuration.threads > 1 {
      return breaker("Scan \(text)", [chain], columns) { query in
        let sink = CollectSink()
        try Stage.run(chain, into: sink, query)
        let scan = KeyedScan(ScanCall(call, input: chain.columns), columns, query)
        return try scan.run(sink.partitions)
      }
    }
    // The only thread takes the batches in order anyway.
    let isOrdered = configuration.threads == 1 && chain.segments.isEmpty
    let ordered = isOrdered ? chain : chain.behindExchange(slots: 1)
    return ordered.appending(
      ScanOperator(ScanCall(call, input: chain.columns), columns, text: text), columns: columns)
  }
}

extension UserFunction.Kind {
  /// The kind in a sentence.
  fileprivate var withArticle: String {
    switch self {
    case .async, .expand, .aggregate: "an \(rawValue)"
    case .row, .batch, .scan: "a \(rawValue)"
    }
  }
}
