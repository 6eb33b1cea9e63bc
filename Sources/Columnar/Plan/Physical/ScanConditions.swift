import ColumnarCore
import ColumnarIO

extension LogicalPlan.Scan {
  /// What the predicate asks of single columns: comparisons with a value and tests for nulls that a
  /// row must pass to be kept, as far as they come before any call of a function.
  package var conditions: [ColumnCondition] {
    let parts = predicate?.conjuncts ?? []
    return parts.prefix { !$0.containsCall }.compactMap(condition)
  }

  private func condition(_ expr: BoundExpr) -> ColumnCondition? {
    switch expr {
    case .comparison(let op, let column, .literal(let value)):
      return position(column).map { ColumnCondition(column: $0, test: .compare(op, value)) }
    case .comparison(let op, .literal(let value), let column):
      return position(column).map { ColumnCondition(column: $0, test: .compare(op.swapped, value)) }
    case .function(let function, let arguments, _) where arguments.count == 1:
      guard let position = position(arguments[0]) else { return nil }
      if function.name == ScalarFunction.isNull.name {
        return ColumnCondition(column: position, test: .isNull)
      }
      if function.name == ScalarFunction.isNotNull.name {
        return ColumnCondition(column: position, test: .isNotNull)
      }
      return nil
    default: return nil
    }
  }

  /// Where an expression that is a mere column stands in the table.
  private func position(_ expr: BoundExpr) -> Int? {
    guard case .column(let id, _) = expr else { return nil }
    return columns.firstIndex { $0.id == id }.map { positions[$0] }
  }
}
