import ColumnarCore
import ColumnarIO

extension LogicalPlan.Scan {
  /// The parts of the predicate that may be asked by themselves, on fewer rows or on none: they come
  /// before any call of a function, and cannot fail.
  package var movableParts: [BoundExpr] {
    (predicate?.conjuncts ?? []).prefix { !$0.containsCall && !$0.canFail }.map { $0 }
  }

  /// What the predicate asks of single columns: comparisons with a value and tests for nulls that a
  /// row must pass to be kept.
  package var condition: RowCondition {
    .all(movableParts.compactMap(rowCondition))
  }

  /// What must hold where an expression is true; nil where nothing is known.
  private func rowCondition(_ expr: BoundExpr) -> RowCondition? {
    switch expr {
    case .literal(let value) where value.type == .bool:
      return value.selection.isSet(0) ? .all([]) : .never
    case .logical(.and, let a, let b):
      return .all([a, b].compactMap(rowCondition))
    case .logical(.or, let a, let b):
      guard let left = rowCondition(a), let right = rowCondition(b) else { return nil }
      return .any([left, right])
    default: return condition(expr).map { .column($0) }
    }
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
