import ColumnarCore

/// What a `LazyFrame` holds: the operations as they were written, names not yet resolved.
package indirect enum FramePlan: Sendable {
  case table(any TableSource)
  /// A table that cannot be opened before the query runs: its errors come then.
  case deferred(name: String, @Sendable () throws -> any TableSource)
  case select([Expr], FramePlan)
  case with([Expr], FramePlan)
  case drop([String], FramePlan)
  case rename([String: String], FramePlan)
  case filter(Expr, FramePlan)
  case aggregate(keys: [Expr], aggregates: [Expr], maintainOrder: Bool, FramePlan)
  case join(FramePlan, FramePlan, leftKeys: [Expr], rightKeys: [Expr], JoinOptions)
  case sort([Expr], FramePlan)
  case limit(offset: Int, count: Int, FramePlan)
  case distinct([String]?, maintainOrder: Bool, FramePlan)
  case concat([FramePlan])
  case repartition(Int, [Expr], FramePlan)
  case mapPartitions(Schema?, @Sendable (DataFrame) throws -> DataFrame, FramePlan)
  case expand(Expansion, origin: String?, keepsEmpty: Bool, FramePlan)
  case mapLists(ListMapping, FramePlan)
  /// A plan that could not be made; the error is reported when it is used.
  case invalid(ColumnarError)
}

/// How a join is made.
package struct JoinOptions: Sendable {
  package let kind: JoinKind
  package let nullsMatch: Bool
  package let suffix: String
}
