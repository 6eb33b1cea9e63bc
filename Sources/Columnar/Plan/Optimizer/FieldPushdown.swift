import ColumnarCore

/// Has scans leave out the fields of structs that nothing above looks at.
///
/// A column of which only fields are used becomes one of a narrower type, from the scan up to where
/// the fields are taken out of it.
package struct FieldPushdown: OptimizerRule {
  package let name = "fieldPushdown"

  package init() {}

  package func rewrite(_ plan: LogicalPlan) throws -> LogicalPlan {
    var narrowing = Narrowing()
    return try narrowing.rewrite(plan, FieldUses(whole: plan.columns))
  }
}

/// The walk down with what is used, and up again with the types that came of it.
private struct Narrowing {
  /// The types of the columns that were narrowed.
  private var types: [ColumnID: DataType] = [:]

  /// `plan`, of whose columns no more than `above` is looked at.
  mutating func rewrite(_ plan: LogicalPlan, _ above: FieldUses) throws -> LogicalPlan {
    var uses = above
    switch plan {
    case .scan(let scan): return .scan(try narrowed(scan, uses))
    case .project(let project): return .project(try rewrite(project, above))
    case .expand(let expand): return .expand(try rewrite(expand, above))
    case .concat(let inputs, let columns): return try rewrite(inputs, columns, above)
    case .filter(let predicate, _): uses.add(predicate)
    case .aggregate(let aggregate):
      uses = FieldUses()
      for key in aggregate.keys { uses.add(key.expr) }
      for input in aggregate.aggregates.compactMap(\.input) { uses.add(input) }
    case .join(let join): for key in join.leftKeys + join.rightKeys { uses.add(key) }
    case .sort(let sort): for key in sort.keys { uses.add(key.expr) }
    case .repartition(let repartition): for key in repartition.keys { uses.add(key) }
    case .call(let call):
      for argument in call.arguments + (call.rows.map { [$0] } ?? []) {
        uses.add(argument)
      }
    case .limit: break
    // Their columns are seen by a closure.
    case .mapPartitions, .mapLists: uses = FieldUses()
    }
    let rewritten = try plan.mapChildren { child in
      switch plan {
      case .mapPartitions, .mapLists: try rewrite(child, FieldUses(whole: child.columns))
      default: try rewrite(child, uses)
      }
    }.mapExpressions(retyped)
    guard case .join(var join) = rewritten else { return rewritten }
    join.columns = join.columns.map(retyped)
    return .join(join)
  }

  private mutating func rewrite(
    _ project: LogicalPlan.Project, _ above: FieldUses
  ) throws -> LogicalPlan.Project {
    var (project, uses) = (project, FieldUses())
    for column in project.columns { uses.add(column.expr, above[column.column.id] ?? .whole) }
    project.input = try rewrite(project.input, uses)
    project.columns = try project.columns.map { named in
      let expr = try retyped(named.expr)
      return NamedExpr(column: column(named.column, expr.type), expr: expr)
    }
    return project
  }

  private mutating func rewrite(
    _ expand: LogicalPlan.Expand, _ above: FieldUses
  ) throws -> LogicalPlan.Expand {
    var (expand, uses) = (expand, above)
    let ofElement = above[expand.element.id] ?? .whole
    for argument in expand.arguments {
      uses.add(
        argument, expand.function == nil ? .parts(fields: [:], elements: ofElement) : .whole)
    }
    expand.input = try rewrite(expand.input, uses)
    expand.arguments = try expand.arguments.map(retyped)
    if expand.function == nil, let type = expand.arguments.first?.type.element {
      expand.element = column(expand.element, type)
    }
    return expand
  }

  /// A concat, whose columns are found by place: of all inputs the same fields are left out, or,
  /// where one cannot do that, of none any.
  private mutating func rewrite(
    _ inputs: [LogicalPlan], _ columns: [BoundColumn], _ above: FieldUses
  ) throws -> LogicalPlan {
    var tried = self
    let narrow = try inputs.map { input in
      var uses = FieldUses()
      for (own, column) in zip(input.columns, columns) {
        if let use = above[column.id] { uses.add(own.id, use) }
      }
      return try tried.rewrite(input, uses)
    }
    let types = narrow.map { $0.columns.map(\.type) }
    if let first = types.first, types.allSatisfy({ $0 == first }) {
      self = tried
      return .concat(narrow, columns: zip(columns, first).map { column($0, $1) })
    }
    return .concat(
      try inputs.map { try rewrite($0, FieldUses(whole: $0.columns)) }, columns: columns)
  }

  /// A scan of which the fields that nothing uses are left out, where its table can do that.
  private mutating func narrowed(
    _ scan: LogicalPlan.Scan, _ above: FieldUses
  ) throws -> LogicalPlan.Scan {
    var (scan, uses) = (scan, above)
    if let predicate = scan.predicate { uses.add(predicate) }
    var wanted: [Int: DataType] = [:]
    for (column, position) in zip(scan.columns, scan.positions) {
      let type = (uses[column.id] ?? .whole).narrowed(column.type)
      if type != column.type { wanted[position] = type }
    }
    guard !wanted.isEmpty, Set(scan.positions).count == scan.positions.count,
      let source = scan.source.narrowed(to: wanted)
    else { return scan }
    scan.source = source
    scan.columns = zip(scan.columns, scan.positions).map { column, position in
      let narrow = self.column(column, source.schema[position].type)
      if narrow != column { scan.narrowed.insert(column.id) }
      return narrow
    }
    scan.predicate = try scan.predicate.map(retyped)
    return scan
  }

  /// A column with the type that it has now.
  private mutating func column(_ column: BoundColumn, _ type: DataType) -> BoundColumn {
    if column.type == type { return column }
    types[column.id] = type
    return BoundColumn(id: column.id, name: column.name, type: type)
  }

  private func retyped(_ column: BoundColumn) -> BoundColumn {
    types[column.id].map { BoundColumn(id: column.id, name: column.name, type: $0) } ?? column
  }

  private func retyped(_ expr: BoundExpr) throws -> BoundExpr {
    switch expr {
    case .column(let id, let type): return .column(id, types[id] ?? type)
    case .function(let function, let arguments, _) where function.part != nil:
      let arguments = try arguments.map(retyped)
      return .function(function, arguments, try function.resultType(arguments.map(\.type)))
    default: return try expr.mapChildren(retyped)
    }
  }
}
