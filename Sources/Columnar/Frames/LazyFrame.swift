import ColumnarCore

/// A query: operations on a table that run, optimised and on all cores, when the result is asked
/// for.
///
/// Making one never fails and reads nothing but, for a file, what is needed to know its columns,
/// and that only when the query runs; errors about names and types come from `collect` and
/// `explain`, before any row is read. Rows keep the order of the input but behind `join`, `groupBy`
/// and `distinct`.
public struct LazyFrame: Sendable {
  package let plan: FramePlan

  package init(_ plan: FramePlan) { self.plan = plan }

  // MARK: Columns

  /// Just these columns: a string names one, an expression computes one.
  ///
  /// Aggregates alone give a single row.
  public func select(_ columns: any ColumnSelecting...) -> LazyFrame { select(columns) }

  /// Just these columns.
  public func select(_ columns: [any ColumnSelecting]) -> LazyFrame {
    LazyFrame(.select(columns.map(\._selected), plan))
  }

  /// All columns and these, which replace those of the same name.
  public func with(_ columns: Expr...) -> LazyFrame { with(columns) }

  /// All columns and these, which replace those of the same name.
  public func with(_ columns: [Expr]) -> LazyFrame { LazyFrame(.with(columns, plan)) }

  /// All columns but these.
  public func drop(_ names: String...) -> LazyFrame { LazyFrame(.drop(names, plan)) }

  /// All columns, some under other names: old to new.
  public func rename(_ names: [String: String]) -> LazyFrame { LazyFrame(.rename(names, plan)) }

  // MARK: Rows

  /// The rows for which the condition is true; those for which it is null are left out.
  public func filter(_ condition: Expr) -> LazyFrame { LazyFrame(.filter(condition, plan)) }

  /// The rows in the order of the keys: stable, ascending, nulls last.
  ///
  /// A key's own `.descending`, `.ascending` or `.nullsFirst` wins over `descending`.
  public func sort(by keys: any ColumnSelecting..., descending: Bool = false) -> LazyFrame {
    let exprs = keys.map { key -> Expr in
      let expr = key._selected
      if case .ordering = expr.node { return expr }
      return descending ? expr.descending : expr
    }
    return LazyFrame(.sort(exprs, plan))
  }

  /// The first `count` rows, from row `offset` on.
  public func limit(_ count: Int, offset: Int = 0) -> LazyFrame {
    LazyFrame(.limit(offset: offset, count: count, plan))
  }

  /// One row of each combination of values in the named columns (none: in all columns): the first.
  ///
  /// The order of the rows is unspecified unless `maintainOrder`.
  public func distinct(_ names: String..., maintainOrder: Bool = false) -> LazyFrame {
    LazyFrame(.distinct(names.isEmpty ? nil : names, maintainOrder: maintainOrder, plan))
  }

  /// The rows of several frames of the same columns, one after the other.
  public static func concat(_ frames: [LazyFrame]) -> LazyFrame {
    LazyFrame(.concat(frames.map(\.plan)))
  }

  // MARK: Groups and joins

  /// Groups the rows by keys, to be followed by `aggregate`.
  ///
  /// Null is a key like any other.
  ///
  /// The order of the groups is unspecified unless `maintainOrder`: then it is that of their first
  /// rows.
  public func groupBy(_ keys: any ColumnSelecting..., maintainOrder: Bool = false) -> GroupBy {
    GroupBy(keys: keys.map(\._selected), maintainOrder: maintainOrder, plan: plan)
  }

  /// Joins on columns that both sides have.
  ///
  /// Null keys match nothing unless `nullsMatch`. Columns of the right side whose name the left
  /// side has too get `suffix`; key columns come out once.
  public func join(
    _ other: LazyFrame, on keys: any ColumnSelecting..., kind: JoinKind = .inner,
    nullsMatch: Bool = false, suffix: String = "_right"
  ) -> LazyFrame {
    join(other, leftOn: keys, rightOn: keys, kind: kind, nullsMatch: nullsMatch, suffix: suffix)
  }

  /// Joins on different keys of the two sides, as many on each.
  public func join(
    _ other: LazyFrame, leftOn: [any ColumnSelecting], rightOn: [any ColumnSelecting],
    kind: JoinKind = .inner, nullsMatch: Bool = false, suffix: String = "_right"
  ) -> LazyFrame {
    LazyFrame(
      .join(
        plan, other.plan, leftKeys: leftOn.map(\._selected), rightKeys: rightOn.map(\._selected),
        JoinOptions(kind: kind, nullsMatch: nullsMatch, suffix: suffix)))
  }

  // MARK: Partitions

  /// Deals the rows into `count` partitions: in order and evenly, or by keys where some are given.
  public func repartition(_ count: Int, by keys: any ColumnSelecting...) -> LazyFrame {
    LazyFrame(.repartition(count, keys.map(\._selected), plan))
  }

  /// Calls a closure on every partition as a frame, several at once.
  ///
  /// - Parameter schema: the columns that the closure gives; nil: those that it is given.
  public func mapPartitions(
    schema: Schema? = nil, _ closure: @escaping @Sendable (DataFrame) throws -> DataFrame
  ) -> LazyFrame {
    LazyFrame(.mapPartitions(schema, closure, plan))
  }
}

/// A frame with keys to group by.
public struct GroupBy: Sendable {
  let keys: [Expr]
  let maintainOrder: Bool
  let plan: FramePlan

  /// One row per group: its keys, then these expressions of aggregates.
  public func aggregate(_ aggregates: Expr...) -> LazyFrame { aggregate(aggregates) }

  /// One row per group: its keys, then these expressions of aggregates.
  public func aggregate(_ aggregates: [Expr]) -> LazyFrame {
    LazyFrame(
      .aggregate(keys: keys, aggregates: aggregates, maintainOrder: maintainOrder, plan))
  }
}
