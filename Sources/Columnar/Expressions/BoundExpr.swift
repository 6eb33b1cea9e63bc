import ColumnarCore

/// The identity of a column within one query: names may repeat or change, ids never do.
package struct ColumnID: Hashable, Sendable {
  package let raw: Int
}

/// A column of a plan: its id, the name it has at this place, and its type.
package struct BoundColumn: Hashable, Sendable {
  package let id: ColumnID
  package let name: String
  package let type: DataType

  package func named(_ name: String) -> BoundColumn {
    BoundColumn(id: id, name: name, type: type)
  }
}

/// An expression whose columns are ids and whose types are known.
package indirect enum BoundExpr: Sendable {
  case column(ColumnID, DataType)
  /// A column of one row.
  case literal(Column)
  case arithmetic(ArithmeticOperator, BoundExpr, BoundExpr, DataType)
  case comparison(ComparisonOperator, BoundExpr, BoundExpr)
  case logical(LogicalOperator, BoundExpr, BoundExpr)
  case function(ScalarFunction, [BoundExpr], DataType)
  case cast(BoundExpr, DataType, strict: Bool)
  case choose(condition: BoundExpr, then: BoundExpr, otherwise: BoundExpr)
  case call(UserFunction, [BoundExpr])
}

extension BoundExpr {
  package var type: DataType {
    switch self {
    case .column(_, let type): type
    case .literal(let value): value.type
    case .arithmetic(_, _, _, let type): type
    case .comparison, .logical: .bool
    case .function(_, _, let type): type
    case .cast(_, let type, _): type
    case .choose(_, let then, _): then.type
    case .call(let function, _): function.resultType
    }
  }

  /// The expressions directly beneath.
  package var children: [BoundExpr] {
    switch self {
    case .column, .literal: []
    case .arithmetic(_, let a, let b, _), .comparison(_, let a, let b), .logical(_, let a, let b):
      [a, b]
    case .function(_, let arguments, _), .call(_, let arguments): arguments
    case .cast(let a, _, _): [a]
    case .choose(let condition, let then, let otherwise): [condition, then, otherwise]
    }
  }

  /// The same expression with every child replaced.
  package func mapChildren(_ transform: (BoundExpr) throws -> BoundExpr) rethrows -> BoundExpr {
    switch self {
    case .column, .literal: self
    case .arithmetic(let op, let a, let b, let type):
      .arithmetic(op, try transform(a), try transform(b), type)
    case .comparison(let op, let a, let b): .comparison(op, try transform(a), try transform(b))
    case .logical(let op, let a, let b): .logical(op, try transform(a), try transform(b))
    case .function(let function, let arguments, let type):
      .function(function, try arguments.map(transform), type)
    case .cast(let a, let type, let strict): .cast(try transform(a), type, strict: strict)
    case .choose(let condition, let then, let otherwise):
      .choose(
        condition: try transform(condition), then: try transform(then),
        otherwise: try transform(otherwise))
    case .call(let function, let arguments): .call(function, try arguments.map(transform))
    }
  }

  /// The same expression with columns replaced by what `replacement` gives for their id, if anything.
  package func replacingColumns(_ replacement: (ColumnID) -> BoundExpr?) -> BoundExpr {
    if case .column(let id, _) = self { return replacement(id) ?? self }
    return mapChildren { $0.replacingColumns(replacement) }
  }

  /// Whether any part of the expression, itself included, passes `test`.
  package func contains(_ test: (BoundExpr) -> Bool) -> Bool {
    test(self) || children.contains { $0.contains(test) }
  }

  /// The ids of all columns it reads.
  package var columnIDs: Set<ColumnID> {
    if case .column(let id, _) = self { return [id] }
    return children.reduce(into: []) { $0.formUnion($1.columnIDs) }
  }

  /// Whether evaluating it at another place, on fewer rows or not at all makes no difference but in
  /// time: no call in it is bound to be made exactly once, and no scan looks at earlier rows.
  package var isPure: Bool {
    !contains {
      if case .call(let function, _) = $0 { return !function.isMovable }
      return false
    }
  }

  /// Whether it may be left out where nothing needs it, or computed for the first rows alone: as
  /// `isPure`, but a scan may be.
  package var isOptional: Bool {
    !contains {
      if case .call(let function, _) = $0 { return !function.isOptional }
      return false
    }
  }

  /// Whether a user-defined function is called in it.
  package var containsCall: Bool {
    contains { if case .call = $0 { true } else { false } }
  }

  /// A literal of a truth value.
  package static func truth(_ value: Bool) -> BoundExpr {
    .literal(Column(bits: Bitmap(repeating: value, count: 1)))
  }

  /// The parts of a chain of `&&`, in order.
  package var conjuncts: [BoundExpr] {
    if case .logical(.and, let a, let b) = self { return a.conjuncts + b.conjuncts }
    return [self]
  }

  /// The `&&` of the parts; nil of none.
  package static func conjunction(_ parts: [BoundExpr]) -> BoundExpr? {
    guard let first = parts.first else { return nil }
    return parts.dropFirst().reduce(first) { .logical(.and, $0, $1) }
  }
}
