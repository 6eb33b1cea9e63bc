import ColumnarCore

/// A condition on one column, or on a field of it, that a row group can be held against.
package struct ColumnCondition: Sendable {
  package enum Test: Sendable {
    /// The column stands in this relation to a value: a column of one row of the same type.
    case compare(ComparisonOperator, Column)
    case isNull
    case isNotNull
  }

  /// The position in the file's schema.
  package let column: Int
  /// The names of the fields from the column down to what is tested, none for the column itself.
  package let fields: [String]
  package let test: Test

  package init(column: Int, fields: [String] = [], test: Test) {
    self.column = column
    self.fields = fields
    self.test = test
  }

  /// The same condition on a column that stands elsewhere.
  package func at(_ column: Int) -> ColumnCondition {
    ColumnCondition(column: column, fields: fields, test: test)
  }

  /// Whether a value, a column of one row, passes.
  package func isMet(by value: Column) -> Bool {
    var value = value
    for name in fields {
      guard let field = value.structField(named: name) else { return true }
      value = field
    }
    return switch test {
    case .isNull: value.isNull(0)
    case .isNotNull: !value.isNull(0)
    case .compare(let op, let other):
      // What cannot be compared is for others to refuse.
      (try? value.compared(op, other))?.selection.isSet(0) ?? true
    }
  }
}
