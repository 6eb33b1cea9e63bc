import ColumnarCore

/// Resolves a frame's operations into a logical plan: all errors about names and types come from
/// here.
package struct PlanBinder {
  private var nextID = 0
  private let calls: CallBinder

  /// - Parameter contract: what functions promise that say nothing themselves.
  package init(contract: UDFOptions.Contract? = nil) { calls = CallBinder(contract) }

  /// Resolves expressions over these columns.
  package func binder(_ columns: [BoundColumn]) -> ExprBinder { ExprBinder(columns, calls) }

  package mutating func makeID() -> ColumnID {
    defer { nextID += 1 }
    return ColumnID(raw: nextID)
  }

  package mutating func column(_ name: String, _ type: DataType) -> BoundColumn {
    BoundColumn(id: makeID(), name: name, type: type)
  }

  /// The plan of a frame.
  package mutating func bind(_ plan: FramePlan) throws -> LogicalPlan {
    switch plan {
    case .table(let source): return scan(source)
    case .deferred(_, let open): return scan(try open())
    case .select(let exprs, let input): return try select(exprs, bind(input))
    case .with(let exprs, let input): return try with(exprs, bind(input))
    case .drop(let names, let input):
      let child = try bind(input)
      return try placed("drop") { try drop(names, child) }
    case .rename(let names, let input):
      let child = try bind(input)
      return try placed("rename") { try rename(names, child) }
    case .filter(let predicate, let input):
      let child = try bind(input)
      return try placed("filter") {
        .filter(try binder(child.columns).condition(predicate), child)
      }
    case .aggregate(let keys, let aggregates, let maintainOrder, let input):
      return try aggregate(keys, aggregates, maintainOrder, bind(input))
    case .join(let left, let right, let leftKeys, let rightKeys, let options):
      return try join(bind(left), bind(right), leftKeys, rightKeys, options)
    case .sort(let keys, let input): return try sort(keys, bind(input))
    case .limit(let offset, let count, let input):
      guard offset >= 0, count >= 0 else {
        throw ColumnarError(
          .invalidPlan, "A limit of \(count) rows from row \(offset) on: neither may be negative.")
      }
      return .limit(.init(input: try bind(input), offset: offset, count: count))
    case .distinct(let names, let maintainOrder, let input):
      let child = try bind(input)
      return try placed("distinct") { try distinct(names, maintainOrder, child) }
    case .concat(let inputs): return try concat(inputs)
    case .repartition(let count, let keys, let input):
      guard count > 0 else {
        throw ColumnarError(
          .invalidPlan, "repartition(\(count)): at least one partition is needed.")
      }
      guard count <= Self.mostPartitions else {
        throw ColumnarError(
          .invalidPlan, "repartition(\(count)): \(Self.mostPartitions) partitions are the most.")
      }
      let child = try bind(input)
      return try placed("repartition") {
        let bound = try keys.map(self.binder(child.columns).bind)
        try Self.requireComparable(bound.map(\.type))
        return .repartition(.init(input: child, count: count, keys: bound))
      }
    case .mapPartitions(let schema, let closure, let input):
      let child = try bind(input)
      let schema = try schema ?? Schema(child.columns.map { Field($0.name, $0.type) })
      return .mapPartitions(
        .init(
          input: child, columns: schema.fields.map { column($0.name, $0.type) }, schema: schema,
          closure: closure))
    case .expand(let expansion, let origin, let keepsEmpty, let input):
      let child = try bind(input)
      return try placed("expand") { try expand(expansion, origin, keepsEmpty, child) }
    case .mapLists(let mapping, let input): return try mapLists(mapping, bind(input))
    case .invalid(let error): throw error
    }
  }

  /// Each partition costs memory, also an empty one.
  private static var mostPartitions: Int { 1 << 20 }

  private mutating func scan(_ source: any TableSource) -> LogicalPlan {
    let columns = source.schema.fields.map { column($0.name, $0.type) }
    return .scan(
      .init(
        source: source, columns: columns, positions: Array(columns.indices), predicate: nil,
        limit: nil))
  }

  // MARK: Projections

  private mutating func select(_ exprs: [Expr], _ input: LogicalPlan) throws -> LogicalPlan {
    if !exprs.isEmpty, exprs.contains(where: \.containsAggregate) {
      return try aggregate([], exprs, false, input)
    }
    return try placed("select") {
      var input = input
      let named = try self.named(exprs, &input)
      try Self.requireUnique(named.map(\.column.name))
      return .project(.init(input: input, columns: distinguished(named)))
    }
  }

  private mutating func with(_ exprs: [Expr], _ input: LogicalPlan) throws -> LogicalPlan {
    try placed("with") {
      let existing = input.columns
      var input = input
      let added = try named(exprs, &input)
      try Self.requireUnique(added.map(\.column.name))
      let replaced = Dictionary(
        added.enumerated().map { ($1.column.name, $0) }, uniquingKeysWith: { a, _ in a })
      var columns = existing.map { column in
        replaced[column.name].map { added[$0] }
          ?? NamedExpr(column: column, expr: .column(column.id, column.type))
      }
      let names = Set(existing.map(\.name))
      columns += added.filter { !names.contains($0.column.name) }
      return .project(.init(input: input, columns: distinguished(columns)))
    }
  }

  private func drop(_ names: [String], _ input: LogicalPlan) throws -> LogicalPlan {
    let binder = self.binder(input.columns)
    let dropped = try Set(names.map { try binder.column($0).id })
    let kept = input.columns.filter { !dropped.contains($0.id) }
    return .project(
      .init(
        input: input,
        columns: kept.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }))
  }

  private func rename(_ names: [String: String], _ input: LogicalPlan) throws -> LogicalPlan {
    let binder = self.binder(input.columns)
    for old in names.keys.sorted() { _ = try binder.column(old) }
    let columns = input.columns.map { column in
      NamedExpr(
        column: column.named(names[column.name] ?? column.name),
        expr: .column(column.id, column.type))
    }
    try Self.requireUnique(columns.map(\.column.name))
    return .project(.init(input: input, columns: columns))
  }

  /// The computed columns of a projection of `input`.
  ///
  /// A call of several outputs becomes a column below, so that it is made once, and is a column for
  /// each of its outputs here.
  private mutating func named(_ exprs: [Expr], _ input: inout LogicalPlan) throws -> [NamedExpr] {
    let binder = self.binder(input.columns)
    var result: [NamedExpr] = []
    for expr in exprs {
      guard case .call(let function, _) = expr.node, !function.outputs.isEmpty else {
        result.append(try named(expr, binder))
        continue
      }
      let whole = NamedExpr(
        column: column("\(expr)", function.resultType), expr: try binder.bind(expr))
      input = .project(
        .init(
          input: input,
          columns: input.columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }
            + [whole]))
      for (position, field) in (function.resultType.fields ?? []).enumerated() {
        let output = BoundExpr.function(
          .output(position), [.column(whole.column.id, whole.column.type)], field.type)
        result.append(NamedExpr(column: column(field.name, field.type), expr: output))
      }
    }
    return result
  }

  /// A computed column; one that only passes a column on keeps its id.
  private mutating func named(_ expr: Expr, _ binder: ExprBinder) throws -> NamedExpr {
    let bound = try binder.bind(expr)
    if case .column(let id, let type) = bound {
      return NamedExpr(
        column: BoundColumn(id: id, name: expr.outputName, type: type), expr: bound)
    }
    return NamedExpr(column: column(expr.outputName, bound.type), expr: bound)
  }

  /// The columns with an id each: a column that is passed on twice is two columns from there on.
  mutating func distinguished(_ columns: [NamedExpr]) -> [NamedExpr] {
    var seen = Set<ColumnID>()
    return columns.map { named in
      if seen.insert(named.column.id).inserted { return named }
      return NamedExpr(column: column(named.column.name, named.column.type), expr: named.expr)
    }
  }

  /// Values that cannot be compared cannot be keys.
  static func requireComparable(_ keys: [DataType]) throws {
    guard let type = keys.first(where: { !$0.isHashable }) else { return }
    throw ColumnarError(
      .typeMismatch,
      "Values of \(type) cannot be compared, so they can be no keys. Map them to a value that can.")
  }

  static func requireUnique(_ names: [String]) throws {
    var seen = Set<String>()
    for name in names where !seen.insert(name).inserted {
      throw ColumnarError(
        .duplicateName,
        "Two columns are named \"\(name)\". Give one of them another name with .as(\"…\").")
    }
  }

  func placed<R>(_ place: String, _ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as ColumnarError { throw error.at(.plan(place)) }
  }
}
