import ColumnarCore

/// Tells sorts and scans how few rows are wanted.
package struct LimitPushdown: OptimizerRule {
  package let name = "limitPushdown"

  package init() {}

  package func rewrite(_ plan: LogicalPlan) throws -> LogicalPlan {
    let plan = plan.mapChildren { (try? rewrite($0)) ?? $0 }
    guard case .limit(var limit) = plan else { return plan }
    let (wanted, overflow) = limit.offset.addingReportingOverflow(limit.count)
    guard !overflow else { return plan }
    limit.input = bound(limit.input, to: wanted)
    return .limit(limit)
  }

  /// `plan`, of whose result only the first `wanted` rows are used.
  private func bound(_ plan: LogicalPlan, to wanted: Int) -> LogicalPlan {
    switch plan {
    case .project(var project) where project.columns.allSatisfy({ $0.expr.isOptional }):
      project.input = bound(project.input, to: wanted)
      return .project(project)
    case .scan(var scan):
      scan.limit = min(scan.limit ?? .max, wanted)
      return .scan(scan)
    case .sort(var sort):
      sort.limit = min(sort.limit ?? .max, wanted)
      return .sort(sort)
    case .limit(var limit):
      limit.count = min(limit.count, wanted)
      return .limit(limit)
    case .concat(let inputs, let columns):
      return .concat(inputs.map { bound($0, to: wanted) }, columns: columns)
    case .mapLists(var map) where map.inner.isOptional:
      // All rows that reach it are mapped, so the others must not.
      map.input = .limit(.init(input: bound(map.input, to: wanted), offset: 0, count: wanted))
      return .mapLists(map)
    default: return plan
    }
  }
}
