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
      return condition(column, .compare(op, value))
    case .comparison(let op, .literal(let value), let column):
      return condition(column, .compare(op.swapped, value))
    case .function(let function, let arguments, _) where arguments.count == 1:
      if function.name == ScalarFunction.isNull.name { return condition(arguments[0], .isNull) }
      if function.name == ScalarFunction.isNotNull.name {
        return condition(arguments[0], .isNotNull)
      }
      return nil
    default: return nil
    }
  }

  /// A test of an expression that is a mere column of the table, or a field of one.
  private func condition(_ expr: BoundExpr, _ test: ColumnCondition.Test) -> ColumnCondition? {
    var (expr, fields) = (expr, [String]())
    while case .function(let function, let arguments, _) = expr,
      let name = function.part?.fieldName
    {
      fields.insert(name, at: 0)
      expr = arguments[0]
    }
    guard case .column(let id, _) = expr, let place = columns.firstIndex(where: { $0.id == id })
    else { return nil }
    return ColumnCondition(column: positions[place], fields: fields, test: test)
  }
}
