import ColumnarCore

extension BoundExpr {
  /// The expression as `explain` prints it; `name` gives a column's name for its id.
  package func text(_ name: (ColumnID) -> String) -> String {
    switch self {
    case .column(let id, _): name(id)
    case .literal(let value): value.type == .string ? "\"\(value.text(at: 0))\"" : value.text(at: 0)
    case .arithmetic(let op, let a, let b, _): "(\(a.text(name)) \(op.symbol) \(b.text(name)))"
    case .comparison(let op, let a, let b): "(\(a.text(name)) \(op.symbol) \(b.text(name)))"
    case .logical(let op, let a, let b): "(\(a.text(name)) \(op.rawValue) \(b.text(name)))"
    case .function(let function, let arguments, _):
      function.text(arguments.map { $0.text(name) })
    case .cast(let a, let type, let strict):
      "\(strict ? "cast" : "tryCast")(\(a.text(name)), \(type))"
    case .choose(let condition, let then, let otherwise):
      "when(\(condition.text(name)), \(then.text(name)), \(otherwise.text(name)))"
    case .call(let function, let arguments): function.text(arguments, name)
    }
  }
}

extension UserFunction {
  /// A call as `explain` prints it; what stands behind the parameters are the keys of a scan.
  package func text(_ arguments: [BoundExpr], _ name: (ColumnID) -> String) -> String {
    let texts = arguments.map { $0.text(name) }
    let count = dataParameters.count
    let keys = texts.count > count ? " over [\(texts[count...].joined(separator: ", "))]" : ""
    return "\(self.name)(\(texts.prefix(count).joined(separator: ", ")))\(keys)"
  }
}

extension LogicalPlan.AggregateColumn {
  /// The aggregate as `explain` prints it.
  package func text(_ name: (ColumnID) -> String) -> String {
    if case .user(let user) = function, user.dataParameters.count > 1,
      case .function(_, let arguments, _) = input
    {
      return user.text(arguments, name)
    }
    return "\(function.name)(\(input?.text(name) ?? ""))"
  }
}
