/// One column to sort by.
package struct SortKey: Sendable {
  package let column: Column
  package let descending: Bool
  package let nullsFirst: Bool

  /// Ascending with nulls last unless said otherwise; nulls stand where `nullsFirst` says in either
  /// direction.
  package init(_ column: Column, descending: Bool = false, nullsFirst: Bool = false) {
    self.column = column
    self.descending = descending
    self.nullsFirst = nullsFirst
  }

  package init(column: Column, descending: Bool, nullsFirst: Bool) {
    self.init(column, descending: descending, nullsFirst: nullsFirst)
  }
}
