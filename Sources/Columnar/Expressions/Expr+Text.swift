import ColumnarCore

extension Expr: CustomStringConvertible {
  public var description: String {
    switch node {
    case .column(let name): name
    case .literal(let value): value.type == .string ? "\"\(value.text(at: 0))\"" : value.text(at: 0)
    case .alias(let inner, let name): "\(inner).as(\"\(name)\")"
    case .arithmetic(let op, let a, let b): "(\(a) \(op.symbol) \(b))"
    case .comparison(let op, let a, let b): "(\(a) \(op.symbol) \(b))"
    case .logical(let op, let a, let b): "(\(a) \(op.rawValue) \(b))"
    case .function(let function, let arguments): function.text(arguments.map { "\($0)" })
    case .cast(let inner, let type, let strict): "\(strict ? "cast" : "tryCast")(\(inner), \(type))"
    case .conditional(let branches, let otherwise):
      branches.map { "when(\($0.condition)).then(\($0.value))" }.joined(separator: ".")
        + ".otherwise(\(otherwise))"
    case .aggregate(let function, let inner): "\(function.name)(\(inner.map { "\($0)" } ?? ""))"
    case .call(let function, let arguments): "\(function.name)(\(Self.list(arguments)))"
    case .over(let inner, let keys): "\(inner).over(\(Self.list(keys)))"
    case .ordering(let inner, let descending, let nullsFirst):
      "\(inner)\(descending ? ".descending" : "")\(nullsFirst ? ".nullsFirst" : "")"
    }
  }

  private static func list(_ arguments: [Expr]) -> String {
    arguments.map { "\($0)" }.joined(separator: ", ")
  }

  /// The name of the column that this expression makes where none is given: that of the first
  /// column in it (of a struct's field the field's), or of the function called.
  package var outputName: String {
    switch node {
    case .alias(_, let name): name
    case .column(let name): name
    case .call(let function, _): function.name
    case .over(let inner, _): inner.outputName
    default: firstColumnName ?? "literal"
    }
  }

  private var firstColumnName: String? {
    switch node {
    case .column(let name): return name
    case .literal: return nil
    case .aggregate(_, nil): return "count"
    case .function(let function, _) where function.part?.fieldName != nil:
      return function.part?.fieldName
    default:
      for child in children { if let name = child.firstColumnName { return name } }
      return nil
    }
  }

  /// The expressions directly beneath.
  package var children: [Expr] {
    switch node {
    case .column, .literal, .aggregate(_, nil): []
    case .alias(let a, _), .cast(let a, _, _), .aggregate(_, let a?), .ordering(let a, _, _): [a]
    case .arithmetic(_, let a, let b), .comparison(_, let a, let b), .logical(_, let a, let b):
      [a, b]
    case .function(_, let arguments), .call(_, let arguments): arguments
    case .over(let inner, let keys): [inner] + keys
    case .conditional(let branches, let otherwise):
      branches.flatMap { [$0.value, $0.condition] } + [otherwise]
    }
  }

  /// Whether an aggregate stands anywhere in it.
  package var containsAggregate: Bool {
    if case .aggregate = node { return true }
    if case .call(let function, _) = node, function.kind == .aggregate { return true }
    return children.contains(where: \.containsAggregate)
  }
}
