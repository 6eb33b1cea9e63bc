import ColumnarCore

/// Moves conditions towards the scans, so that later operators see fewer rows.
///
/// A condition that can fail (an overflow, a user's function) never moves to a place where it would
/// see rows that it does not see now, and no condition moves past a call whose contract says that
/// it is made for every row.
package struct PredicatePushdown: OptimizerRule {
  package let name = "predicatePushdown"

  package init() {}

  package func rewrite(_ plan: LogicalPlan) throws -> LogicalPlan { push([], plan) }

  /// `plan` with the conditions `parts` applied to its result, as deep as may be.
  private func push(_ parts: [BoundExpr], _ plan: LogicalPlan) -> LogicalPlan {
    switch plan {
    case .filter(let predicate, let input): return push(predicate.conjuncts + parts, input)
    case .project(var project): return pushThroughProject(parts, &project)
    case .scan(var scan): return pushIntoScan(parts, &scan)
    case .sort(var sort) where sort.limit == nil && sort.keys.allSatisfy(\.expr.isPure):
      // What counts its calls or looks at earlier rows wants them in the order of the sort.
      let (moving, staying) = split(parts, \.isPure)
      sort.input = push(moving, sort.input)
      return filtered(staying, .sort(sort))
    case .join(var join): return pushThroughJoin(parts, &join)
    case .concat(let inputs, let columns): return pushThroughConcat(parts, inputs, columns)
    case .aggregate(var aggregate): return pushThroughAggregate(parts, &aggregate)
    case .call(var call): return pushThroughCall(parts, &call)
    case .expand(var expand): return pushThroughExpand(parts, &expand)
    case .mapLists(var map): return pushThroughMapLists(parts, &map)
    case .sort, .limit, .repartition, .mapPartitions:
      return filtered(parts, plan.mapChildren { push([], $0) })
    }
  }

  private func filtered(_ parts: [BoundExpr], _ plan: LogicalPlan) -> LogicalPlan {
    BoundExpr.conjunction(parts).map { .filter($0, plan) } ?? plan
  }

  /// The longest run of `parts` from the start, and whatever does not depend on their order, that
  /// passes `test`.
  ///
  /// A part that stays holds back those behind it that can fail, for they may rely on it to keep
  /// rows away, and all of them if it is bound to be computed for every row that reaches it.
  private func split(
    _ parts: [BoundExpr], _ test: (BoundExpr) -> Bool
  ) -> (moving: [BoundExpr], staying: [BoundExpr]) {
    var (moving, staying): ([BoundExpr], [BoundExpr]) = ([], [])
    for part in parts {
      let isHeld = part.canFail ? !staying.isEmpty : !staying.allSatisfy(\.isPure)
      if !isHeld, test(part) { moving.append(part) } else { staying.append(part) }
    }
    return (moving, staying)
  }

  private func pushThroughConcat(
    _ parts: [BoundExpr], _ inputs: [LogicalPlan], _ columns: [BoundColumn]
  ) -> LogicalPlan {
    // A scan goes on from one input to the next.
    let (moving, staying) = split(parts, \.isPure)
    let pushed = inputs.map { input in
      let ids = Dictionary(
        zip(columns, input.columns).map { ($0.id, $1) }, uniquingKeysWith: { a, _ in a })
      return push(
        moving.map { $0.replacingColumns { id in ids[id].map { .column($0.id, $0.type) } } }, input)
    }
    return filtered(staying, .concat(pushed, columns: columns))
  }

  private func pushThroughProject(
    _ parts: [BoundExpr], _ project: inout LogicalPlan.Project
  ) -> LogicalPlan {
    let computed = Dictionary(
      project.columns.map { ($0.column.id, $0.expr) }, uniquingKeysWith: { a, _ in a })
    let isBarrier = project.columns.contains { !$0.expr.isPure }
    // A condition on a computed column would compute it twice; for a user's function that is one
    // call too many.
    let (moving, staying) = split(parts) { part in
      !isBarrier && part.isPure && part.size(with: computed, upTo: Self.largestMoved) != nil
        && part.columnIDs.allSatisfy { computed[$0].map { !$0.containsCall } ?? false }
    }
    let substituted = moving.map { $0.replacingColumns { computed[$0] } }
    project.input = push(substituted, project.input)
    if !isBarrier, let split = filterBetween(project, staying) { return split }
    return filtered(staying, .project(project))
  }

  /// The most parts of a condition that moves: definitions that name a column several times, one on
  /// the other, would make it grow without bound.
  private static let largestMoved = 1_000

  /// The project cut in two around the conditions on its columns, so that calls the conditions don't
  /// need are made for the rows alone that pass them; nil if there are none.
  private func filterBetween(
    _ project: LogicalPlan.Project, _ conditions: [BoundExpr]
  ) -> LogicalPlan? {
    let tested = conditions.reduce(into: Set<ColumnID>()) { $0.formUnion($1.columnIDs) }
    let isLate = { (column: NamedExpr) in
      !tested.contains(column.column.id) && column.expr.containsCall
    }
    guard !conditions.isEmpty, project.columns.contains(where: isLate) else { return nil }
    var early = project.columns.filter { !isLate($0) }
    let passed = Set(early.map(\.column.id))
    let lateInputs = project.columns.filter(isLate)
      .reduce(into: Set<ColumnID>()) { $0.formUnion($1.expr.columnIDs) }
    early += project.input.columns.filter { lateInputs.contains($0.id) && !passed.contains($0.id) }
      .map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }
    var (below, above) = (project, project)
    below.columns = early
    above.input = filtered(conditions, .project(below))
    above.columns = project.columns.map {
      isLate($0) ? $0 : NamedExpr(column: $0.column, expr: .column($0.column.id, $0.column.type))
    }
    return .project(above)
  }

  private func pushIntoScan(
    _ parts: [BoundExpr], _ scan: inout LogicalPlan.Scan
  ) -> LogicalPlan {
    guard scan.limit == nil else { return filtered(parts, .scan(scan)) }
    // A table that checks conditions while it reads computes all of them for all rows.
    let selects = scan.source.selects
    let (moving, staying) = split(parts) { !$0.containsCall && !(selects && $0.canFail) }
    scan.predicate = .conjunction((scan.predicate?.conjuncts ?? []) + moving)
    return filtered(staying, .scan(scan))
  }

  private func pushThroughJoin(
    _ parts: [BoundExpr], _ join: inout LogicalPlan.Join
  ) -> LogicalPlan {
    guard (join.leftKeys + join.rightKeys).allSatisfy(\.isPure) else {
      return filtered(parts, LogicalPlan.join(join).mapChildren { push([], $0) })
    }
    let (leftIDs, rightIDs) = (Set(join.left.columns.map(\.id)), Set(join.right.columns.map(\.id)))
    var (left, right, staying): ([BoundExpr], [BoundExpr], [BoundExpr]) = ([], [], [])
    for part in parts {
      let ids = part.columnIDs
      if part.canFail || !staying.allSatisfy(\.isPure) {
        staying.append(part)
      } else if ids.isSubset(of: leftIDs) {
        left.append(part)
      } else if join.kind == .inner, ids.isSubset(of: rightIDs) {
        right.append(part)
      } else {
        staying.append(part)
      }
    }
    join.left = push(left, join.left)
    join.right = push(right, join.right)
    return filtered(staying, .join(join))
  }

  private func pushThroughAggregate(
    _ parts: [BoundExpr], _ aggregate: inout LogicalPlan.Aggregate
  ) -> LogicalPlan {
    let keys = Dictionary(
      aggregate.keys.map { ($0.column.id, $0.expr) }, uniquingKeysWith: { a, _ in a })
    let isBarrier =
      aggregate.keys.contains { $0.expr.containsCall } || aggregate.keys.isEmpty
      || !aggregate.aggregates.allSatisfy { $0.function.isPure && $0.input?.isPure ?? true }
    let (moving, staying) = split(parts) { part in
      !isBarrier && !part.canFail && part.columnIDs.allSatisfy { keys[$0] != nil }
    }
    aggregate.input = push(
      moving.map { $0.replacingColumns { keys[$0] } }, aggregate.input)
    return filtered(staying, .aggregate(aggregate))
  }

  private func pushThroughCall(
    _ parts: [BoundExpr], _ call: inout LogicalPlan.CallColumn
  ) -> LogicalPlan {
    let isPure = call.function.isMovable
    let (moving, staying) = split(parts) { isPure && !$0.columnIDs.contains(call.column.id) }
    call.input = push(moving, call.input)
    return filtered(staying, .call(call))
  }

  /// Conditions on the lists of results stay; others keep rows from being mapped at all.
  private func pushThroughMapLists(
    _ parts: [BoundExpr], _ map: inout LogicalPlan.MapLists
  ) -> LogicalPlan {
    let made = Set(map.outputs.map(\.column.id))
    let isMovable = map.inner.isMovable
    let (moving, staying) = split(parts) { isMovable && $0.columnIDs.isDisjoint(with: made) }
    map.input = push(moving, map.input)
    map.inner = push([], map.inner)
    return filtered(staying, .mapLists(map))
  }

  private func pushThroughExpand(
    _ parts: [BoundExpr], _ expand: inout LogicalPlan.Expand
  ) -> LogicalPlan {
    // With fewer rows below, those that are left would have other numbers.
    let isBarrier =
      expand.origin != nil || !(expand.function?.isMovable ?? true)
      || !expand.arguments.allSatisfy(\.isPure)
    let element = expand.element.id
    // A row without elements is not seen above, so what can fail must not see it below.
    let (moving, staying) = split(parts) { part in
      !isBarrier && !part.canFail && !part.columnIDs.contains(element)
    }
    expand.input = push(moving, expand.input)
    return filtered(staying, .expand(expand))
  }
}

extension BoundExpr {
  /// Whether computing it can fail on some row: integer arithmetic, strict casts and users'
  /// functions can.
  package var canFail: Bool {
    contains { part in
      switch part {
      case .call: return true
      case .cast(let inner, let type, let strict): return strict && !inner.type.widens(to: type)
      case .arithmetic(let op, let a, _, let type):
        // Also a product that is 38 digits long already may need more.
        guard type.isInteger || type.isDecimal || type.isTemporal || a.type.isTemporal else {
          return false
        }
        return ![.wrappingAdd, .wrappingSubtract, .wrappingMultiply].contains(op)
      case .function(let function, _, let type):
        if function.part != nil { return false }
        if type.isDecimal { return true }
        return ["negate", "absolute"].contains(function.name) && type.isInteger
      case .column, .literal, .comparison, .logical, .choose: return false
      }
    }
  }
}

extension DataType {
  /// Whether every value of this type is also one of `other`.
  package func widens(to other: DataType) -> Bool {
    if other.isDecimal, self != other, self != .null { return fitsDecimal(other) }
    return self == other || self == .null
      || (isNumeric && other.isNumeric && DataType.common(self, other) == other)
  }
}

extension BoundExpr {
  /// The number of its parts once columns are replaced; nil if that is more than `most`.
  fileprivate func size(with definitions: [ColumnID: BoundExpr], upTo most: Int) -> Int? {
    guard most > 0 else { return nil }
    if case .column(let id, _) = self {
      return definitions[id]?.size(with: [:], upTo: most) ?? (definitions[id] == nil ? 1 : nil)
    }
    var total = 1
    for child in children {
      guard let size = child.size(with: definitions, upTo: most - total) else { return nil }
      total += size
    }
    return total <= most ? total : nil
  }
}
