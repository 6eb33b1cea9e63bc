import ColumnarCore

/// Leaves out columns that nothing above uses, down to the scans; also the calls that would have
/// made them.
package struct ProjectionPushdown: OptimizerRule {
  package let name = "projectionPushdown"

  /// Names of columns that become no part of another column's expression.
  private let kept: Set<String>

  package init(keeping kept: Set<String> = []) { self.kept = kept }

  package func rewrite(_ plan: LogicalPlan) throws -> LogicalPlan {
    let wanted = Set(plan.columns.map(\.id))
    let pruned = prune(plan, wanted)
    if pruned.columns == plan.columns { return pruned }
    // An operator at the top passes more on than was asked for, or in another order.
    return .project(
      .init(
        input: pruned,
        columns: plan.columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }))
  }

  /// `plan` with at least the columns `wanted`, and few others.
  private func prune(_ plan: LogicalPlan, _ wanted: Set<ColumnID>) -> LogicalPlan {
    switch plan {
    case .scan(var scan): return .scan(prune(&scan, wanted))
    case .project(var project):
      project.columns = project.columns.filter {
        wanted.contains($0.column.id) || !$0.expr.isOptional
      }
      project.input = prune(project.input, uses(project.columns.map(\.expr)))
      return merged(project)
    case .filter(let predicate, let input):
      let child = prune(input, wanted.union(predicate.columnIDs))
      return .filter(predicate, child)
    case .aggregate(var aggregate):
      aggregate.aggregates = aggregate.aggregates.filter {
        wanted.contains($0.column.id) || !$0.function.isPure || !($0.input?.isOptional ?? true)
      }
      aggregate.input = prune(
        aggregate.input, uses(aggregate.keys.map(\.expr) + aggregate.aggregates.compactMap(\.input))
      )
      return .aggregate(aggregate)
    case .join(var join):
      join.columns = join.columns.filter { wanted.contains($0.id) }
      let needed = wanted.union(uses(join.leftKeys + join.rightKeys))
      join.left = prune(join.left, needed)
      join.right = prune(join.right, needed)
      return .join(join)
    case .sort(var sort):
      sort.input = prune(sort.input, wanted.union(uses(sort.keys.map(\.expr))))
      return .sort(sort)
    case .limit(var limit):
      limit.input = prune(limit.input, wanted)
      return .limit(limit)
    case .concat(let inputs, let columns): return pruneConcat(inputs, columns, wanted)
    case .repartition(var repartition):
      repartition.input = prune(repartition.input, wanted.union(uses(repartition.keys)))
      return .repartition(repartition)
    case .mapPartitions(var map):
      map.input = exactly(prune(map.input, Set(map.input.columns.map(\.id))), map.input.columns)
      return .mapPartitions(map)
    case .call(var call):
      if call.function.isOptional, !wanted.contains(call.column.id) {
        return prune(call.input, wanted)
      }
      call.input = prune(call.input, wanted.union(uses(call.arguments)))
      return .call(call)
    case .expand(var expand):
      if let origin = expand.origin, !wanted.contains(origin.id) { expand.origin = nil }
      expand.input = prune(expand.input, wanted.union(uses(expand.arguments)))
      return .expand(expand)
    case .mapLists(let map): return prune(map, wanted)
    }
  }

  /// Results that nothing needs are not computed, nor what only they need of the outer rows.
  private func prune(_ map: LogicalPlan.MapLists, _ wanted: Set<ColumnID>) -> LogicalPlan {
    var map = map
    map.outputs = map.outputs.filter { wanted.contains($0.column.id) }
    if map.outputs.isEmpty, map.inner.isOptional { return prune(map.input, wanted) }
    map.inner = prune(map.inner, Set(map.outputs.map(\.inner)))
    map.input = prune(map.input, wanted.union(map.neededIDs))
    return .mapLists(map)
  }

  private func uses(_ exprs: [BoundExpr]) -> Set<ColumnID> {
    exprs.reduce(into: []) { $0.formUnion($1.columnIDs) }
  }

  private func prune(
    _ scan: inout LogicalPlan.Scan, _ wanted: Set<ColumnID>
  ) -> LogicalPlan.Scan {
    // The columns of the scan's own condition are read too, and left out by whatever stands above.
    let needed = wanted.union(scan.predicate?.columnIDs ?? [])
    let kept = scan.columns.indices.filter { needed.contains(scan.columns[$0].id) }
    scan.positions = kept.map { scan.positions[$0] }
    scan.columns = kept.map { scan.columns[$0] }
    return scan
  }

  /// Prunes the inputs alike; each must come out with the very columns of the union.
  private func pruneConcat(
    _ inputs: [LogicalPlan], _ columns: [BoundColumn], _ wanted: Set<ColumnID>
  ) -> LogicalPlan {
    let kept = columns.indices.filter { wanted.contains(columns[$0].id) }
    let pruned = inputs.map { input -> LogicalPlan in
      let mine = kept.map { input.columns[$0] }
      return exactly(prune(input, Set(mine.map(\.id))), mine)
    }
    return .concat(pruned, columns: kept.map { columns[$0] })
  }

  private func exactly(_ plan: LogicalPlan, _ columns: [BoundColumn]) -> LogicalPlan {
    if plan.columns.map(\.id) == columns.map(\.id) { return plan }
    return .project(
      .init(
        input: plan,
        columns: columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }))
  }

  /// Two projections in a row as one, where nothing would be computed twice.
  private func merged(_ project: LogicalPlan.Project) -> LogicalPlan {
    guard case .project(let inner) = project.input else { return .project(project) }
    if inner.columns.contains(where: { kept.contains($0.column.name) && !$0.isPassedOn }) {
      return .project(project)
    }
    let computed = Dictionary(
      inner.columns.map { ($0.column.id, $0.expr) }, uniquingKeysWith: { a, _ in a })
    var uses: [ColumnID: Int] = [:]
    for outer in project.columns { outer.expr.countUses(&uses) }
    for (id, expr) in computed where !expr.isTrivial {
      if uses[id, default: 0] > 1 { return .project(project) }
      if !expr.isPure { return .project(project) }
    }
    let columns = project.columns.map {
      NamedExpr(column: $0.column, expr: $0.expr.replacingColumns { computed[$0] })
    }
    return merged(.init(input: inner.input, columns: columns))
  }
}

extension BoundExpr {
  /// Whether it only passes a column or a literal on.
  package var isTrivial: Bool {
    switch self {
    case .column, .literal: true
    default: false
    }
  }

  fileprivate func countUses(_ uses: inout [ColumnID: Int]) {
    if case .column(let id, _) = self { uses[id, default: 0] += 1 }
    for child in children { child.countUses(&uses) }
  }
}
