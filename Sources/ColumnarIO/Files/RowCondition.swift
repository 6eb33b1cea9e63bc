/// What a row must meet at least to be of use, put together of conditions on single columns.
///
/// It says no more than that: a row that meets it may still be dropped. Null counts as not met.
package indirect enum RowCondition: Sendable {
  case column(ColumnCondition)
  /// All of these; of none of them nothing is asked.
  case all([RowCondition])
  /// One of these; of none of them no row is of use.
  case any([RowCondition])

  /// No row is of use.
  package static var never: RowCondition { .any([]) }

  /// Whether rows of which `test` says that none meets a condition cannot meet this.
  package func isExcluded(by test: (ColumnCondition) -> Bool) -> Bool {
    switch self {
    case .column(let condition): test(condition)
    case .all(let parts): parts.contains { $0.isExcluded(by: test) }
    case .any(let parts): parts.allSatisfy { $0.isExcluded(by: test) }
    }
  }

  /// The same with every condition on a column replaced.
  package func replacingColumns(
    _ replacement: (ColumnCondition) -> RowCondition
  ) -> RowCondition {
    switch self {
    case .column(let condition): replacement(condition)
    case .all(let parts): .all(parts.map { $0.replacingColumns(replacement) })
    case .any(let parts): .any(parts.map { $0.replacingColumns(replacement) })
    }
  }
}
