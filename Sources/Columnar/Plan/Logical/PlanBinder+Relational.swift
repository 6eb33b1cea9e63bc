import ColumnarCore

extension PlanBinder {
  // MARK: Aggregation

  /// Groups and aggregates; expressions over aggregates become a projection above.
  mutating func aggregate(
    _ keys: [Expr], _ exprs: [Expr], _ maintainOrder: Bool, _ input: LogicalPlan
  ) throws -> LogicalPlan {
    try placed(keys.isEmpty ? "select" : "groupBy") {
      let binder = self.binder(input.columns)
      var groups: [NamedExpr] = []
      for key in keys {
        let bound = try binder.bind(key)
        groups.append(NamedExpr(column: column(key.outputName, bound.type), expr: bound))
      }
      try Self.requireComparable(groups.map(\.expr.type))
      var aggregates: [LogicalPlan.AggregateColumn] = []
      var outputs = groups.map {
        NamedExpr(column: $0.column, expr: .column($0.column.id, $0.column.type))
      }
      for expr in exprs {
        let bound = try bindAggregates(expr, binder, groups, &aggregates)
        if case .column(let id, let type) = bound {
          outputs.append(
            NamedExpr(
              column: BoundColumn(id: id, name: expr.outputName, type: type), expr: bound))
        } else {
          outputs.append(NamedExpr(column: column(expr.outputName, bound.type), expr: bound))
        }
      }
      try Self.requireUnique(outputs.map(\.column.name))
      let plan = LogicalPlan.aggregate(
        .init(input: input, keys: groups, aggregates: aggregates, maintainOrder: maintainOrder))
      return .project(.init(input: plan, columns: distinguished(outputs)))
    }
  }

  /// Binds an expression over aggregates: each becomes a column of the aggregate operator; key
  /// columns may stand beside them.
  private mutating func bindAggregates(
    _ expr: Expr, _ binder: ExprBinder, _ groups: [NamedExpr],
    _ aggregates: inout [LogicalPlan.AggregateColumn]
  ) throws -> BoundExpr {
    var scope = groups.map(\.column)
    let rewritten = try lift(expr, binder, &scope, &aggregates)
    do {
      return try self.binder(scope).bind(rewritten)
    } catch let error as ColumnarError where error.code == .columnNotFound {
      if (try? binder.bind(expr)) == nil, !expr.containsAggregate { throw error }
      throw ColumnarError(
        .invalidPlan,
        "\(expr) uses a column that is neither a key nor inside an aggregate. Aggregate it, for "
          + "instance with .first(), or add it to the keys.")
    }
  }

  /// Replaces every aggregate in `expr` by a reference to a new column.
  private mutating func lift(
    _ expr: Expr, _ binder: ExprBinder, _ scope: inout [BoundColumn],
    _ aggregates: inout [LogicalPlan.AggregateColumn]
  ) throws -> Expr {
    switch expr.node {
    case .call(let function, let arguments) where function.kind == .aggregate:
      return try lift(function, arguments, expr, binder, &scope, &aggregates)
    case .aggregate(let function, let inner):
      if let inner, inner.containsAggregate {
        throw ColumnarError(.invalidPlan, "\(expr): an aggregate stands inside another.")
      }
      let input = try inner.map(binder.bind)
      let type: DataType
      do {
        type = try function.resultType(for: input?.type ?? .int64)
      } catch let error as ColumnarError { throw error.at(.expression("\(expr)")) }
      // A name that no user's column can be taken for.
      let result = column("\u{0}aggregate \(aggregates.count)", type)
      aggregates.append(
        .init(column: result.named("\(expr)"), function: .builtIn(function), input: input))
      scope.append(result)
      return col(result.name)
    case .alias(let inner, let name):
      return try lift(inner, binder, &scope, &aggregates).as(name)
    case .arithmetic(let op, let a, let b):
      return .arithmetic(
        op, try lift(a, binder, &scope, &aggregates), try lift(b, binder, &scope, &aggregates))
    case .comparison(let op, let a, let b):
      return .comparison(
        op, try lift(a, binder, &scope, &aggregates), try lift(b, binder, &scope, &aggregates))
    case .logical(let op, let a, let b):
      return Expr(
        .logical(
          op, try lift(a, binder, &scope, &aggregates), try lift(b, binder, &scope, &aggregates)))
    case .function(let function, let arguments):
      var lifted: [Expr] = []
      for argument in arguments { lifted.append(try lift(argument, binder, &scope, &aggregates)) }
      return Expr(.function(function, lifted))
    case .call(let function, let arguments):
      var lifted: [Expr] = []
      for argument in arguments { lifted.append(try lift(argument, binder, &scope, &aggregates)) }
      return Expr(.call(function, lifted))
    case .cast(let inner, let type, let strict):
      return Expr(.cast(try lift(inner, binder, &scope, &aggregates), type, strict: strict))
    case .conditional(let branches, let otherwise):
      var lifted: [(condition: Expr, value: Expr)] = []
      for branch in branches {
        lifted.append(
          (
            try lift(branch.condition, binder, &scope, &aggregates),
            try lift(branch.value, binder, &scope, &aggregates)
          ))
      }
      return Expr(
        .conditional(
          branches: lifted, otherwise: try lift(otherwise, binder, &scope, &aggregates)))
    case .over(let inner, let keys):
      var lifted: [Expr] = []
      for key in keys { lifted.append(try lift(key, binder, &scope, &aggregates)) }
      return Expr(.over(try lift(inner, binder, &scope, &aggregates), lifted))
    case .column, .literal, .ordering: return expr
    }
  }

  /// Replaces a user's aggregate by a reference to a new column.
  private mutating func lift(
    _ function: UserFunction, _ arguments: [Expr], _ expr: Expr, _ binder: ExprBinder,
    _ scope: inout [BoundColumn], _ aggregates: inout [LogicalPlan.AggregateColumn]
  ) throws -> Expr {
    if arguments.contains(where: \.containsAggregate) {
      throw ColumnarError(.invalidPlan, "\(expr): an aggregate stands inside another.")
    }
    let (bound, inputs) = try binder.bindCall(function, arguments)
    var input = inputs[0]
    if inputs.count > 1 {
      let packed = ScalarFunction.arguments
      input = .function(packed, inputs, try packed.resultType(inputs.map(\.type)))
    }
    // A name that no user's column can be taken for.
    let result = column("\u{0}aggregate \(aggregates.count)", function.resultType)
    aggregates.append(.init(column: result.named("\(expr)"), function: .user(bound), input: input))
    scope.append(result)
    return col(result.name)
  }

  /// Keeps the first row of every combination of values.
  mutating func distinct(
    _ names: [String]?, _ maintainOrder: Bool, _ input: LogicalPlan
  ) throws -> LogicalPlan {
    let binder = self.binder(input.columns)
    let keys = try names.map { try $0.map(binder.column) } ?? input.columns
    try Self.requireComparable(keys.map(\.type))
    let ids = Set(keys.map(\.id))
    let rest = input.columns.filter { !ids.contains($0.id) }
    let aggregates = rest.map {
      LogicalPlan.AggregateColumn(
        column: column($0.name, $0.type), function: .builtIn(.first),
        input: .column($0.id, $0.type))
    }
    let plan = LogicalPlan.aggregate(
      .init(
        input: input, keys: keys.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) },
        aggregates: aggregates, maintainOrder: maintainOrder))
    let byName = Dictionary(plan.columns.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
    return .project(
      .init(
        input: plan,
        columns: input.columns.compactMap { byName[$0.name] }.map {
          NamedExpr(column: $0, expr: .column($0.id, $0.type))
        }))
  }

  // MARK: Joins, order and union

  mutating func join(
    _ left: LogicalPlan, _ right: LogicalPlan, _ leftKeys: [Expr], _ rightKeys: [Expr],
    _ options: JoinOptions
  ) throws -> LogicalPlan {
    try placed("join") {
      guard !leftKeys.isEmpty, leftKeys.count == rightKeys.count else {
        throw ColumnarError(
          .invalidPlan,
          "A join needs as many keys on both sides, and at least one; there are \(leftKeys.count) "
            + "and \(rightKeys.count).")
      }
      let (leftBinder, rightBinder) = (binder(left.columns), binder(right.columns))
      var (boundLeft, boundRight): ([BoundExpr], [BoundExpr]) = ([], [])
      for (a, b) in zip(leftKeys, rightKeys) {
        let (x, y) = try leftBinder.unified(
          leftBinder.bind(a), rightBinder.bind(b), for: "a join", a)
        boundLeft.append(x)
        boundRight.append(y)
      }
      try Self.requireComparable(boundLeft.map(\.type))
      // A key that is one column of one name on both sides comes out once.
      var dropped = Set<ColumnID>()
      for (a, b) in zip(leftKeys, rightKeys) {
        if case .column(let name) = a.node, case .column(name) = b.node {
          dropped.insert(try rightBinder.column(name).id)
        }
      }
      // A self-join brings one id on both sides, so the right side's columns get new ones.
      var renumbered: [NamedExpr] = []
      var fresh: [ColumnID: ColumnID] = [:]
      for old in right.columns {
        let new = column(old.name, old.type)
        fresh[old.id] = new.id
        renumbered.append(NamedExpr(column: new, expr: .column(old.id, old.type)))
      }
      let keys = boundRight.map { key in
        key.replacingColumns { id in fresh[id].map { .column($0, Self.type(of: id, in: right)) } }
      }
      let names = Set(left.columns.map(\.name))
      let kept = zip(right.columns, renumbered).filter { !dropped.contains($0.0.id) }.map {
        _, named in
        named.column.named(
          names.contains(named.column.name) ? named.column.name + options.suffix : named.column.name
        )
      }
      try Self.requireUnique((left.columns + kept).map(\.name))
      return .join(
        .init(
          left: left, right: .project(.init(input: right, columns: renumbered)),
          leftKeys: boundLeft, rightKeys: keys, kind: options.kind, nullsMatch: options.nullsMatch,
          columns: left.columns + kept))
    }
  }

  private static func type(of id: ColumnID, in plan: LogicalPlan) -> DataType {
    plan.columns.first { $0.id == id }?.type ?? .null
  }

  mutating func sort(_ keys: [Expr], _ input: LogicalPlan) throws -> LogicalPlan {
    try placed("sort") {
      guard !keys.isEmpty else {
        throw ColumnarError(.invalidPlan, "sort(by:) needs at least one key.")
      }
      let binder = self.binder(input.columns)
      let bound = try keys.map { key -> LogicalPlan.Sort.Key in
        if case .ordering(let inner, let descending, let nullsFirst) = key.node {
          return .init(expr: try binder.bind(inner), descending: descending, nullsFirst: nullsFirst)
        }
        return .init(expr: try binder.bind(key), descending: false, nullsFirst: false)
      }
      for key in bound where key.expr.type.containsOpaque {
        throw ColumnarError(.typeMismatch, "Values of \(key.expr.type) have no order to sort by.")
      }
      return .sort(.init(input: input, keys: bound, limit: nil))
    }
  }

  mutating func concat(_ frames: [FramePlan]) throws -> LogicalPlan {
    guard !frames.isEmpty else {
      throw ColumnarError(.invalidPlan, "concat needs at least one frame.")
    }
    let inputs = try frames.map { try bind($0) }
    let first = inputs[0].columns
    for (position, input) in inputs.enumerated().dropFirst() {
      let (a, b) = (
        first.map { Field($0.name, $0.type) }, input.columns.map { Field($0.name, $0.type) }
      )
      guard a == b else {
        throw ColumnarError(
          .typeMismatch,
          "Frame \(position + 1) of the concat has the columns \(Schema(unchecked: b)), but the first "
            + "has \(Schema(unchecked: a)). Select and cast them alike first.",
          context: [.plan("concat")])
      }
    }
    return .concat(inputs, columns: first.map { column($0.name, $0.type) })
  }
}
