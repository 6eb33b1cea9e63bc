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
      "\(function.name)(\(arguments.map { $0.text(name) }.joined(separator: ", ")))"
    case .cast(let a, let type, let strict):
      "\(strict ? "cast" : "tryCast")(\(a.text(name)), \(type))"
    case .choose(let condition, let then, let otherwise):
      "when(\(condition.text(name)), \(then.text(name)), \(otherwise.text(name)))"
    case .call(let function, let arguments):
      "\(function.name)(\(arguments.map { $0.text(name) }.joined(separator: ", ")))"
    }
  }
}
