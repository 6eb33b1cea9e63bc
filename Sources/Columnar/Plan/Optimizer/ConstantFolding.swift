import ColumnarCore

/// Computes what depends on no column, and takes away conditions that are always true.
package struct ConstantFolding: OptimizerRule {
  package let name = "constantFolding"

  package init() {}

  package func rewrite(_ plan: LogicalPlan) throws -> LogicalPlan {
    let plan = plan.mapChildren { (try? rewrite($0)) ?? $0 }.mapExpressions(fold)
    if case .filter(let predicate, let input) = plan, predicate.isLiteral(true) { return input }
    return plan
  }

  func fold(_ expr: BoundExpr) -> BoundExpr {
    let expr = expr.mapChildren(fold)
    switch expr {
    case .column, .literal, .call: return expr
    case .logical(.and, let a, let b) where a.isLiteral(true): return b
    case .logical(.and, let a, let b) where b.isLiteral(true): return a
    case .logical(.and, let a, let b) where a.isLiteral(false) && b.isPure: return a
    case .logical(.or, let a, let b) where a.isLiteral(false): return b
    case .logical(.or, let a, let b) where b.isLiteral(false): return a
    case .logical(.or, let a, let b) where a.isLiteral(true) && b.isPure: return a
    case .choose(let condition, let then, _) where condition.isLiteral(true): return then
    case .choose(let condition, _, let otherwise) where condition.isLiteral(false): return otherwise
    default: return computed(expr) ?? expr
    }
  }

  /// The value of an expression over literals alone; nil where computing it fails, so that the
  /// error comes, with its place, when a row is computed.
  private func computed(_ expr: BoundExpr) -> BoundExpr? {
    guard expr.children.allSatisfy({ if case .literal = $0 { true } else { false } }) else {
      return nil
    }
    let evaluator = Evaluator(expr, inputs: [])
    let empty = Batch(unchecked: Schema(unchecked: []), columns: [], count: 1)
    guard let value = try? evaluator.evaluate(empty, EvaluationContext.constant) else { return nil }
    return .literal(value.decoded())
  }
}

extension BoundExpr {
  /// Whether this is the literal `value`.
  package func isLiteral(_ value: Bool) -> Bool {
    guard case .literal(let column) = self, column.type == .bool, !column.isNull(0) else {
      return false
    }
    return column.bits[0] == value
  }
}
