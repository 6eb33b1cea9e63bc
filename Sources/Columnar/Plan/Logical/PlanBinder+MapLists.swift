import ColumnarCore

extension PlanBinder {
  /// A plan over the elements of lists; a column of an output's name is replaced.
  mutating func mapLists(_ mapping: ListMapping, _ input: LogicalPlan) throws -> LogicalPlan {
    var input = input
    let sources = try bound(mapping.lists + mapping.repeated, &input)
    var fields: [Field] = []
    for (k, source) in (mapping.lists + mapping.repeated).enumerated() {
      let type = sources[k].type
      fields.append(
        Field(
          source.name,
          k < mapping.lists.count
            ? try Self.element(of: type, source, mapping.name) : type))
    }
    let table = ElementTable(
      name: "elements of \(mapping.name)", schema: try Schema(fields), sources: sources.map(\.id),
      unpackings: mapping.lists.map(\.unpack), labels: mapping.lists.map(\.label),
      isProduct: mapping.isProduct)
    let inner = try bind(mapping.inner(.table(table)))
    let names = self.binder(inner.columns)
    let outputs = try mapping.outputs.map { output -> LogicalPlan.MapLists.Output in
      let made = try names.column(output.name)
      let type = output.pack?.type ?? .list(made.type)
      return .init(inner: made.id, column: column(output.column, type), pack: output.pack)
    }
    let plan = LogicalPlan.mapLists(
      .init(input: input, name: mapping.name, table: table, inner: inner, outputs: outputs))
    return replacing(outputs.map(\.column), in: plan)
  }

  /// The sources as columns of `input`; what is none yet becomes one.
  private mutating func bound(
    _ sources: [ListMapping.Source], _ input: inout LogicalPlan
  ) throws -> [BoundColumn] {
    let binder = self.binder(input.columns)
    var columns: [BoundColumn] = []
    var computed: [NamedExpr] = []
    for source in sources {
      let expr = try binder.bind(source.expr)
      if case .column(let id, let type) = expr {
        columns.append(BoundColumn(id: id, name: source.name, type: type))
      } else {
        computed.append(NamedExpr(column: column(source.name, expr.type), expr: expr))
        columns.append(computed[computed.count - 1].column)
      }
    }
    if !computed.isEmpty {
      let passed = input.columns.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }
      input = .project(.init(input: input, columns: passed + computed))
    }
    return columns
  }

  private static func element(
    of type: DataType, _ source: ListMapping.Source, _ name: String
  ) throws -> DataType {
    if let unpack = source.unpack, type.physical == .opaque { return unpack.element }
    if let element = type.element { return element }
    throw ColumnarError(
      .typeMismatch,
      "\"\(name)\" is mapped over \"\(source.label)\", but that is \(type) and no list. Map over a list, or "
        + "leave it out of over:.", context: [.node(name)])
  }

  /// `plan` without the columns that those replace.
  private func replacing(_ added: [BoundColumn], in plan: LogicalPlan) -> LogicalPlan {
    let (names, ids) = (Set(added.map(\.name)), Set(added.map(\.id)))
    let kept = plan.columns.filter { ids.contains($0.id) || !names.contains($0.name) }
    if kept.count == plan.columns.count { return plan }
    return .project(
      .init(
        input: plan,
        columns: kept.map { NamedExpr(column: $0, expr: .column($0.id, $0.type)) }))
  }
}
