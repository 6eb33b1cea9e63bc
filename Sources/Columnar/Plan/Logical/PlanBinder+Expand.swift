import ColumnarCore

extension PlanBinder {
  /// A row for every element; a column of the same name is replaced, at its place.
  mutating func expand(
    _ expansion: Expansion, _ origin: String?, _ keepsEmpty: Bool, _ input: LogicalPlan
  ) throws -> LogicalPlan {
    let binder = self.binder(input.columns)
    let plan: LogicalPlan.Expand
    switch expansion.source {
    case .call(let function, let arguments):
      let (bound, inputs) = try binder.bindCall(function, arguments)
      plan = .init(
        input: input, function: bound, arguments: inputs,
        element: column(expansion.name, function.resultType),
        origin: origin.map { column($0, .int64) }, keepsEmpty: keepsEmpty)
    case .list(let expr):
      let list = try binder.bind(expr)
      plan = .init(
        input: input, function: nil, arguments: [list],
        element: column(expansion.name, try Self.elementType(of: list.type, expr)),
        origin: origin.map { column($0, .int64) }, keepsEmpty: keepsEmpty)
    }
    let added = [plan.element] + (plan.origin.map { [$0] } ?? [])
    try Self.requireUnique(added.map(\.name))
    let existing = Set(input.columns.map(\.name))
    let columns =
      input.columns.map { column in added.first { $0.name == column.name } ?? column }
      + added.filter { !existing.contains($0.name) }
    return .project(
      .init(
        input: .expand(plan),
        columns: columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }))
  }

  private static func elementType(of type: DataType, _ expr: Expr) throws -> DataType {
    switch type.kind {
    case .list(let element), .fixedSizeList(let element, _): return element
    default:
      throw ColumnarError(
        .typeMismatch,
        "\(expr) is \(type), but explode takes lists. To make several rows of other values, expand "
          + "with a UDF.expand function.", context: [.expression("\(expr)")])
    }
  }
}
