import ColumnarCore

/// A condition on one column that a row group can be held against.
package struct ColumnCondition: Sendable {
  package enum Test: Sendable {
    /// The column stands in this relation to a value: a column of one row of the same type.
    case compare(ComparisonOperator, Column)
    case isNull
    case isNotNull
  }

  /// The position in the file's schema.
  package let column: Int
  package let test: Test

  package init(column: Int, test: Test) {
    self.column = column
    self.test = test
  }

  /// Whether a value, a column of one row, passes.
  package func isMet(by value: Column) -> Bool {
    switch test {
    case .isNull: value.isNull(0)
    case .isNotNull: !value.isNull(0)
    case .compare(let op, let other):
      // What cannot be compared is for others to refuse.
      (try? value.compared(op, other))?.selection.isSet(0) ?? true
    }
  }
}
