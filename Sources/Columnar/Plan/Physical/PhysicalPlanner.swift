import ColumnarCore

/// Lowers a logical plan into chains of operators between breakers.
package struct PhysicalPlanner {
  package let configuration: EngineConfiguration
  /// Every function that is called and the options it runs with, for `explain`.
  package private(set) var calls: [(function: UserFunction, options: EffectiveOptions)] = []
  /// Where the elements of lists that inner plans read come from.
  private var elements: [ObjectIdentifier: ListElements] = [:]
  private var nextID: Int
  /// How the rows of tables and of breakers are cut.
  let morselSize: MorselSize
  private let morselRows: Int

  package init(_ configuration: EngineConfiguration, for plan: LogicalPlan) {
    self.configuration = configuration
    nextID = (plan.largestID ?? 0) + 1
    morselSize = MorselSize(configuration, callsFunctions: plan.callsFunctions)
    morselRows = morselSize.rows(of: plan.largestTable)
  }

  /// The chain that computes `plan`, with at least the columns `wanted` (nil: all).
  package mutating func lower(
    _ plan: LogicalPlan, wanted: Set<ColumnID>? = nil
  ) throws -> Chain {
    switch plan {
    case .scan(let scan): return scanChain(scan, wanted)
    case .filter(let predicate, let input): return try filter(predicate, input, wanted)
    case .project(let project): return try lower(project)
    case .call(let call): return try lower(call, wanted)
    case .aggregate(let aggregate): return try lower(aggregate)
    case .join(let join): return try lower(join, wanted)
    case .sort(let sort): return try lower(sort)
    case .limit(let limit): return try lower(limit, wanted)
    case .concat(let inputs, let columns): return try concat(inputs, columns)
    case .repartition(let repartition): return try lower(repartition)
    case .mapPartitions(let map): return try lower(map)
    case .expand(let expand): return try lower(expand, wanted)
    case .mapLists(let map): return try lower(map, wanted)
    }
  }

  /// Notes where the elements of a list come from, for the plan that reads them.
  mutating func note(_ elements: ListElements, of table: ElementTable) {
    self.elements[ObjectIdentifier(table)] = elements
  }

  func elements(of table: ElementTable) -> ListElements? { elements[ObjectIdentifier(table)] }

  // MARK: Scans, filters, projections

  private func scanChain(_ scan: LogicalPlan.Scan, _ wanted: Set<ColumnID>?) -> Chain {
    let needed = scan.predicate?.columnIDs ?? []
    let out = scan.columns.indices.filter { k in
      wanted.map { $0.contains(scan.columns[k].id) } ?? true
    }
    let pushes = scan.source.selects && scan.predicate != nil
    let read =
      pushes
      ? out
      : scan.columns.indices.filter { out.contains($0) || needed.contains(scan.columns[$0].id) }
    let columns = read.map { scan.columns[$0] }
    if let source = elementSource(scan, columns) {
      let chain = Chain(inputs: [.init(source: source, operators: [])], columns: columns)
      return scan.predicate.map { filtered(chain, $0, wanted) } ?? chain
    }
    let source = ScanSource(
      label: scanLabel(scan, columns), table: scan.source,
      positions: read.map { scan.positions[$0] },
      limit: scan.predicate == nil || pushes ? scan.limit : nil,
      selection: pushes ? scan.predicate.map { selection(scan, $0) } : nil,
      parts: pushes ? scan.movableParts.map { selection(scan, $0) } : [],
      condition: pushes ? scan.condition : .all([]),
      morselRows: morselRows)
    let chain = Chain(inputs: [.init(source: source, operators: [])], columns: columns)
    guard let predicate = scan.predicate, !pushes else { return chain }
    return filtered(chain, predicate, wanted)
  }

  private func selection(
    _ scan: LogicalPlan.Scan, _ predicate: BoundExpr
  ) -> (positions: [Int], predicate: Evaluator) {
    let ids = predicate.columnIDs
    let used = scan.columns.indices.filter { ids.contains(scan.columns[$0].id) }
    return (
      used.map { scan.positions[$0] },
      Evaluator(predicate, inputs: used.map { scan.columns[$0] })
    )
  }

  private func scanLabel(_ scan: LogicalPlan.Scan, _ columns: [BoundColumn]) -> String {
    let total = scan.source.schema.count
    let text = "Scan \(scan.source.name) [\(scan.columnText(columns))]"
    let pruned = columns.count == total ? "" : " (\(columns.count) of \(total) columns)"
    guard let predicate = scan.predicate, scan.source.selects else { return text + pruned }
    return text + pruned + " where \(predicate.text(names(scan.columns)))"
  }

  private mutating func filter(
    _ predicate: BoundExpr, _ input: LogicalPlan, _ wanted: Set<ColumnID>?
  ) throws -> Chain {
    // A call that is taken out of its condition must not see rows that an earlier condition keeps
    // from it, so a filter of those stands below it.
    let parts = predicate.conjuncts
    let early = parts.prefix { !takesOut($0) }
    if early.count < parts.count, let condition = BoundExpr.conjunction(Array(early)) {
      let rest = BoundExpr.conjunction(Array(parts[early.count...])) ?? predicate
      return try filter(rest, .filter(condition, input), wanted)
    }
    if let last = parts.last, parts.count > 1, parts.dropFirst().contains(where: takesOut) {
      let first = BoundExpr.conjunction(Array(parts.dropLast())) ?? predicate
      return try filter(last, .filter(first, input), wanted)
    }
    let (input, exprs) = try hoistCalls([predicate], input)
    let chain = try lower(input, wanted: wanted.map { $0.union(exprs[0].columnIDs) })
      .sharedOut(for: exprs, configuration)
    return filtered(chain, exprs[0], wanted)
  }

  private func filtered(
    _ chain: Chain, _ predicate: BoundExpr, _ wanted: Set<ColumnID>?
  ) -> Chain {
    let kept = chain.columns.indices.filter { k in
      wanted.map { $0.contains(chain.columns[k].id) } ?? true
    }
    let op = FilterOperator(
      predicate, input: chain.columns, kept: Array(kept), text: predicate.text(names(chain.columns))
    )
    return chain.appending(op, columns: kept.map { chain.columns[$0] })
  }

  private mutating func lower(_ project: LogicalPlan.Project) throws -> Chain {
    let (input, exprs) = try hoistCalls(project.columns.map(\.expr), project.input)
    let columns = zip(project.columns, exprs).map { NamedExpr(column: $0.column, expr: $1) }
    let needed = exprs.reduce(into: Set<ColumnID>()) { $0.formUnion($1.columnIDs) }
    let chain = try lower(input, wanted: needed).sharedOut(for: exprs, configuration)
    if columns.map(\.column) == chain.columns, exprs.allSatisfy(\.isTrivial),
      zip(columns, exprs).allSatisfy({
        if case .column($0.column.id, _) = $1 { true } else { false }
      })
    {
      return chain
    }
    let text = columns.map { column -> String in
      let expr = column.expr.text(names(chain.columns))
      return expr == column.column.name ? expr : "\(column.column.name) = \(expr)"
    }
    let op = ProjectOperator(
      columns, input: chain.columns, text: "[\(text.joined(separator: ", "))]")
    return chain.appending(op, columns: columns.map(\.column))
  }

  func names(_ columns: [BoundColumn]) -> (ColumnID) -> String {
    let names = Dictionary(columns.map { ($0.id, $0.name) }, uniquingKeysWith: { a, _ in a })
    return { names[$0] ?? "#\($0.raw)" }
  }

  // MARK: Calls of user-defined functions

  /// Takes calls that need slots of their own out of expressions: each becomes a column of a call
  /// operator below.
  ///
  /// Calls inside a choice are made there for the rows of their branch only.
  mutating func hoistCalls(
    _ exprs: [BoundExpr], _ input: LogicalPlan
  ) throws -> (LogicalPlan, [BoundExpr]) {
    var plan = input
    let replaced = try exprs.map { try hoist($0, where: nil, &plan) }
    return (plan, replaced)
  }

  /// Takes the calls out of `expr`.
  ///
  /// - Parameter rows: a boolean column that is true for the rows that `expr` is computed for; nil:
  ///   for all.
  private mutating func hoist(
    _ expr: BoundExpr, where rows: BoundExpr?, _ plan: inout LogicalPlan
  ) throws -> BoundExpr {
    if case .choose(let condition, let then, let otherwise) = expr {
      return try hoistChoice(condition, then, otherwise, where: rows, &plan)
    }
    let expr = try expr.mapChildren { try hoist($0, where: rows, &plan) }
    guard case .call(let function, let arguments) = expr else { return expr }
    try note(function)
    guard takesOut(function) else { return expr }
    let values = arguments.map { computeCalls(in: $0, where: rows, &plan) }
    let column = makeColumn(function.name, function.resultType)
    plan = .call(
      .init(input: plan, function: function, arguments: values, rows: rows, column: column))
    return .column(column.id, column.type)
  }

  /// A choice with the calls in its branches taken out; each is made for the rows of its branch.
  private mutating func hoistChoice(
    _ condition: BoundExpr, _ then: BoundExpr, _ otherwise: BoundExpr, where rows: BoundExpr?,
    _ plan: inout LogicalPlan
  ) throws -> BoundExpr {
    var condition = try hoist(condition, where: rows, &plan)
    guard takesOut(then) || takesOut(otherwise) else {
      for branch in [then, otherwise] { try note(branch) }
      return .choose(condition: condition, then: then, otherwise: otherwise)
    }
    let (yes, no) = (BoundExpr.truth(true), BoundExpr.truth(false))
    // The condition is used three times but computed once.
    let inside = rows.map { .choose(condition: $0, then: condition, otherwise: no) } ?? condition
    condition = compute(inside, "condition", &plan)
    let others = BoundExpr.choose(condition: condition, then: no, otherwise: yes)
    let rest = rows.map { BoundExpr.choose(condition: $0, then: others, otherwise: no) } ?? others
    return .choose(
      condition: condition, then: try hoist(then, where: condition, &plan),
      otherwise: try hoist(otherwise, where: compute(rest, "otherwise", &plan), &plan))
  }

  /// An argument of a call that is taken out, computed below it if it makes calls itself: those are
  /// made on the batches and threads that they would have otherwise, not on those of the call above.
  private mutating func computeCalls(
    in argument: BoundExpr, where rows: BoundExpr?, _ plan: inout LogicalPlan
  ) -> BoundExpr {
    guard argument.containsCall else { return argument }
    let none = BoundExpr.literal(.nulls(of: argument.type, count: 1))
    let wanted = rows.map { BoundExpr.choose(condition: $0, then: argument, otherwise: none) }
    return compute(wanted ?? argument, "argument", &plan)
  }

  /// Makes `expr` a column of `plan`.
  private mutating func compute(
    _ expr: BoundExpr, _ name: String, _ plan: inout LogicalPlan
  ) -> BoundExpr {
    if expr.isTrivial { return expr }
    let column = makeColumn(name, expr.type)
    let columns = plan.columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }
    plan = .project(.init(input: plan, columns: columns + [NamedExpr(column: column, expr: expr)]))
    return .column(column.id, column.type)
  }

  private mutating func makeColumn(_ name: String, _ type: DataType) -> BoundColumn {
    defer { nextID += 1 }
    return BoundColumn(id: ColumnID(raw: nextID), name: name, type: type)
  }

  /// Whether a call of `function` is taken out of its expression.
  ///
  /// The sequential engine makes every call in its place; but a scan goes on from batch to batch.
  private func takesOut(_ function: UserFunction) -> Bool {
    if function.kind == .scan { return true }
    if configuration.isSequential { return false }
    let options = EffectiveOptions(
      node: function.options, engine: configuration.defaults, tuned: function.tuned)
    return options.needsExchange(function) || tunes(function, options)
  }

  private func takesOut(_ expr: BoundExpr) -> Bool {
    expr.contains { if case .call(let function, _) = $0 { takesOut(function) } else { false } }
  }

  /// Notes the functions that an expression calls where they stand.
  private mutating func note(_ expr: BoundExpr) throws {
    if case .call(let function, _) = expr { try note(function) }
    for child in expr.children { try note(child) }
  }

  @discardableResult
  mutating func note(_ function: UserFunction) throws -> EffectiveOptions {
    if let known = calls.first(where: { $0.function === function }) { return known.options }
    let options = EffectiveOptions(
      node: try function.options.validated(for: function.name),
      engine: try configuration.defaults.validated(for: "the engine's defaults"),
      tuned: try function.tuned.validated(for: function.name))
    try requireSharedStates(function)
    calls.append((function, options))
    return options
  }

  /// The exchange that a call stands behind.
  private func exchange(
    before call: LogicalPlan.CallColumn, _ options: EffectiveOptions, _ columns: [BoundColumn]
  ) -> ExchangeSpec {
    let slots = options.slots(for: call.function, configuration)
    let used = call.arguments.reduce(into: Set<ColumnID>()) { $0.formUnion($1.columnIDs) }
    let measured = columns.indices.filter { used.contains(columns[$0].id) }
    if call.function.kind == .async {
      let cut = BatchCutter.Spec(
        rows: AsyncExchange.rows(inFlight: slots), bytes: nil, columns: [])
      return ExchangeSpec(cut: cut, slots: min(slots, AsyncExchange.jobs))
    }
    var (rows, bytes) = (options.batchSize.value, options.maxBatchBytes.value)
    // The way to a worker and back costs as much as some thousand cheap rows.
    if rows == nil, bytes == nil, options.runsInWorkers(configuration),
      morselRows >= ExecutionSize.morselRows
    {
      rows = 4 * ExecutionSize.batchRows
    }
    let isCut = rows != nil || bytes != nil
    // Of the rows that a choice keeps from the call none count.
    var chosen: Int?
    if options.batchSize.value != nil || bytes != nil, case .column(let id, _) = call.rows {
      chosen = columns.firstIndex { $0.id == id }
    }
    let cut = BatchCutter.Spec(rows: rows, bytes: bytes, columns: measured, chosen: chosen)
    return ExchangeSpec(
      cut: isCut ? cut : nil,
      slots: options.runsInWorkers(configuration) ? slots * options.callsPerWorker : slots,
      tuning: tuning(of: call.function, options, isCut: isCut))
  }

  /// Calls that wait for each other's time on one thread cannot each have an object to themselves.
  private func requireSharedStates(_ function: UserFunction) throws {
    guard function.kind == .async, let state = function.states.first(where: { !$0.isShared })
    else { return }
    throw ColumnarError(
      .invalidPlan,
      "The async function \"\(function.name)\" takes the state \"\(state.name)\", of which every "
        + "worker makes its own. Async calls share their states: use State.shared, with a Sendable "
        + "value.", context: [.node(function.name)])
  }

  private mutating func lower(
    _ call: LogicalPlan.CallColumn, _ wanted: Set<ColumnID>?
  ) throws -> Chain {
    let options = try note(call.function)
    let needed = call.arguments.reduce(into: call.rows?.columnIDs ?? []) {
      $0.formUnion($1.columnIDs)
    }
    if call.function.kind == .scan {
      return try scan(call, try lower(call.input, wanted: wanted.map { $0.union(needed) }))
    }
    let chain = try lower(call.input, wanted: wanted.map { $0.union(needed) })
    let op = CallOperator(call, input: chain.columns, text: call.text(names(chain.columns)))
    return chain.calling(
      op, behind: exchange(before: call, options, chain.columns),
      columns: chain.columns + [call.column])
  }
}

extension LogicalPlan.CallColumn {
  /// The call as `explain` prints it.
  func text(_ name: (ColumnID) -> String) -> String {
    function.text(arguments, name) + (rows.map { " where \($0.text(name))" } ?? "")
  }
}

extension EffectiveOptions {
  /// Whether calls are made in worker processes: not by the reference, nor where the program itself
  /// is such a worker.
  package func runsInWorkers(_ configuration: EngineConfiguration) -> Bool {
    isolation.value == .process && !configuration.isSequential && !WorkerServer.isServing
  }

  /// The calls that are on their way to one worker or in it.
  package var callsPerWorker: Int { contract.value == .ordered ? 1 : WorkerMark.laneCount }

  /// Whether calls need an exchange with slots of their own: a stated concurrency or order does,
  /// and so do the exact size of a batch function's batches, calls that wait, and worker processes.
  ///
  /// Rows of a row function are the same in whatever batches they come.
  package func needsExchange(_ function: UserFunction) -> Bool {
    maxConcurrency.value != nil || contract.value == .ordered
      || function.kind == .async || isolation.value == .process
      || (function.kind == .batch && (batchSize.value != nil || maxBatchBytes.value != nil))
  }
}

extension LogicalPlan {
  /// The largest id of any column in the plan.
  fileprivate var largestID: Int? {
    (children.compactMap(\.largestID) + columns.map(\.id.raw)).max()
  }

  /// The rows of the largest table, nil if one is not known.
  fileprivate var largestTable: Int? {
    if case .scan(let scan) = self { return scan.source.rowCount }
    var largest = 0
    // Nobody knows how many elements there will be; those of few rows are shared out when they are
    // there.
    if case .mapLists(let map) = self { return map.input.largestTable }
    for child in children {
      guard let rows = child.largestTable else { return nil }
      largest = max(largest, rows)
    }
    return largest
  }

  fileprivate var callsFunctions: Bool {
    var found = false
    _ = mapExpressions { expr in
      found = found || expr.containsCall
      return expr
    }
    if case .call = self { return true }
    if case .expand(let expand) = self, expand.function != nil { return true }
    return found || children.contains(where: \.callsFunctions)
  }
}
