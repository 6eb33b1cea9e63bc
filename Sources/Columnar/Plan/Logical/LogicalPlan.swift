import ColumnarCore

/// A resolved query: a tree of relational operators whose columns are ids.
///
/// To add an operator, add a case, its columns and children here, its lowering in `Plan/Physical`,
/// and look through the optimizer's rules, each of which treats a case it does not know as a
/// barrier.
package indirect enum LogicalPlan: Sendable {
  case scan(Scan)
  case project(Project)
  case filter(BoundExpr, LogicalPlan)
  case aggregate(Aggregate)
  case join(Join)
  case sort(Sort)
  case limit(Limit)
  case concat([LogicalPlan], columns: [BoundColumn])
  case repartition(Repartition)
  case mapPartitions(MapPartitions)
  /// A user-defined function with slots of its own: its result is one more column.
  case call(CallColumn)
  /// Rows made of rows: a list's elements, or those that a function gives.
  case expand(Expand)
  /// A plan over the elements of lists.
  case mapLists(MapLists)
}

/// A computed column: what it is called and how it is computed.
package struct NamedExpr: Sendable {
  package let column: BoundColumn
  package let expr: BoundExpr

  /// Whether it is a column of the input, as it is.
  package var isPassedOn: Bool {
    if case .column(column.id, _) = expr { true } else { false }
  }
}

extension LogicalPlan {
  /// Reading a table.
  package struct Scan: Sendable {
    package var source: any TableSource
    /// What the plan calls the table's columns; `positions` says which they are in the table.
    package var columns: [BoundColumn]
    package var positions: [Int]
    /// Conditions on the columns that the scan checks itself.
    package var predicate: BoundExpr?
    /// The most rows that are wanted.
    package var limit: Int?
    /// The columns whose types lack fields of the table's.
    package var narrowed: Set<ColumnID> = []
  }

  /// Computing columns; nothing else passes through.
  package struct Project: Sendable {
    package var input: LogicalPlan
    package var columns: [NamedExpr]
  }

  /// Grouping by keys (none: one group of all rows) and aggregating.
  package struct Aggregate: Sendable {
    package var input: LogicalPlan
    package var keys: [NamedExpr]
    package var aggregates: [AggregateColumn]
    /// Groups in the order of their first rows.
    package var maintainOrder: Bool
  }

  /// One aggregate; nil as its input counts rows.
  package struct AggregateColumn: Sendable {
    package let column: BoundColumn
    package let function: AggregateKind
    package let input: BoundExpr?
  }

  /// Matching rows of two inputs by equal keys.
  package struct Join: Sendable {
    package var left: LogicalPlan
    package var right: LogicalPlan
    package var leftKeys: [BoundExpr]
    package var rightKeys: [BoundExpr]
    package var kind: JoinKind
    package var nullsMatch: Bool
    /// The columns that come out: of the left side, then of the right.
    package var columns: [BoundColumn]
  }

  /// Ordering rows, and with a limit keeping the first of them.
  package struct Sort: Sendable {
    package var input: LogicalPlan
    package var keys: [Key]
    package var limit: Int?

    package struct Key: Sendable {
      package let expr: BoundExpr
      package let descending: Bool
      package let nullsFirst: Bool
    }
  }

  /// Leaving out `offset` rows and keeping the next `count`.
  package struct Limit: Sendable {
    package var input: LogicalPlan
    package var offset: Int
    package var count: Int
  }

  /// Dealing rows into partitions: by keys, or evenly in order where there are none.
  package struct Repartition: Sendable {
    package var input: LogicalPlan
    package var count: Int
    package var keys: [BoundExpr]
  }

  /// A closure over each partition as a frame.
  package struct MapPartitions: Sendable {
    package var input: LogicalPlan
    package var columns: [BoundColumn]
    package let schema: Schema
    package let closure: @Sendable (DataFrame) throws -> DataFrame
  }

  /// A call with slots of its own.
  package struct CallColumn: Sendable {
    package var input: LogicalPlan
    package let function: UserFunction
    package var arguments: [BoundExpr]
    /// True for the rows that the call is made for, the others get a null; nil: made for all rows.
    package var rows: BoundExpr?
    package let column: BoundColumn
  }

  /// A row for every element, the other columns repeated.
  package struct Expand: Sendable {
    package var input: LogicalPlan
    /// Gives the elements; nil: the only argument is a list.
    package let function: UserFunction?
    package var arguments: [BoundExpr]
    package var element: BoundColumn
    /// The number of the row that an element comes from, where it is wanted.
    package var origin: BoundColumn?
    /// Whether a row without elements stays, with a null.
    package let keepsEmpty: Bool
  }
}

/// How the rows of two tables are matched.
public enum JoinKind: String, Sendable, Hashable {
  /// Only rows that match.
  case inner
  /// All rows of the left side; nulls where the right has no match.
  case left
}

extension LogicalPlan {
  /// The columns that come out, in order.
  package var columns: [BoundColumn] {
    switch self {
    case .scan(let scan): scan.columns
    case .project(let project): project.columns.map(\.column)
    case .filter(_, let input): input.columns
    case .aggregate(let aggregate):
      aggregate.keys.map(\.column) + aggregate.aggregates.map(\.column)
    case .join(let join): join.columns
    case .sort(let sort): sort.input.columns
    case .limit(let limit): limit.input.columns
    case .concat(_, let columns): columns
    case .repartition(let repartition): repartition.input.columns
    case .mapPartitions(let map): map.columns
    case .call(let call): call.input.columns + [call.column]
    case .expand(let expand):
      expand.input.columns + [expand.element] + (expand.origin.map { [$0] } ?? [])
    case .mapLists(let map): map.input.columns + map.outputs.map(\.column)
    }
  }

  /// The inputs.
  package var children: [LogicalPlan] {
    switch self {
    case .scan: []
    case .project(let project): [project.input]
    case .filter(_, let input): [input]
    case .aggregate(let aggregate): [aggregate.input]
    case .join(let join): [join.left, join.right]
    case .sort(let sort): [sort.input]
    case .limit(let limit): [limit.input]
    case .concat(let inputs, _): inputs
    case .repartition(let repartition): [repartition.input]
    case .mapPartitions(let map): [map.input]
    case .call(let call): [call.input]
    case .expand(let expand): [expand.input]
    case .mapLists(let map): [map.input, map.inner]
    }
  }

  /// The same operator over other inputs.
  package func mapChildren(_ transform: (LogicalPlan) throws -> LogicalPlan) rethrows -> LogicalPlan
  {
    switch self {
    case .scan: return self
    case .project(var project):
      project.input = try transform(project.input)
      return .project(project)
    case .filter(let predicate, let input): return .filter(predicate, try transform(input))
    case .aggregate(var aggregate):
      aggregate.input = try transform(aggregate.input)
      return .aggregate(aggregate)
    case .join(var join):
      join.left = try transform(join.left)
      join.right = try transform(join.right)
      return .join(join)
    case .sort(var sort):
      sort.input = try transform(sort.input)
      return .sort(sort)
    case .limit(var limit):
      limit.input = try transform(limit.input)
      return .limit(limit)
    case .concat(let inputs, let columns):
      return .concat(try inputs.map(transform), columns: columns)
    case .repartition(var repartition):
      repartition.input = try transform(repartition.input)
      return .repartition(repartition)
    case .mapPartitions(var map):
      map.input = try transform(map.input)
      return .mapPartitions(map)
    case .call(var call):
      call.input = try transform(call.input)
      return .call(call)
    case .expand(var expand):
      expand.input = try transform(expand.input)
      return .expand(expand)
    case .mapLists(var map):
      map.input = try transform(map.input)
      map.inner = try transform(map.inner)
      return .mapLists(map)
    }
  }

  /// The same plan with every expression in it replaced.
  package func mapExpressions(_ transform: (BoundExpr) throws -> BoundExpr) rethrows -> LogicalPlan
  {
    switch self {
    case .scan(var scan):
      scan.predicate = try scan.predicate.map(transform)
      return .scan(scan)
    case .project(var project):
      project.columns = try project.columns.map {
        NamedExpr(column: $0.column, expr: try transform($0.expr))
      }
      return .project(project)
    case .filter(let predicate, let input): return .filter(try transform(predicate), input)
    case .aggregate(var aggregate):
      aggregate.keys = try aggregate.keys.map {
        NamedExpr(column: $0.column, expr: try transform($0.expr))
      }
      aggregate.aggregates = try aggregate.aggregates.map {
        AggregateColumn(
          column: $0.column, function: $0.function, input: try $0.input.map(transform))
      }
      return .aggregate(aggregate)
    case .join(var join):
      join.leftKeys = try join.leftKeys.map(transform)
      join.rightKeys = try join.rightKeys.map(transform)
      return .join(join)
    case .sort(var sort):
      sort.keys = try sort.keys.map {
        Sort.Key(expr: try transform($0.expr), descending: $0.descending, nullsFirst: $0.nullsFirst)
      }
      return .sort(sort)
    case .repartition(var repartition):
      repartition.keys = try repartition.keys.map(transform)
      return .repartition(repartition)
    case .call(var call):
      call.arguments = try call.arguments.map(transform)
      call.rows = try call.rows.map(transform)
      return .call(call)
    case .expand(var expand):
      expand.arguments = try expand.arguments.map(transform)
      return .expand(expand)
    case .limit, .concat, .mapPartitions, .mapLists: return self
    }
  }

  /// The schema of the result.
  package var schema: Schema {
    Schema(unchecked: columns.map { Field($0.name, $0.type) })
  }

  /// Whether no call in it is bound to be made exactly once.
  package var isOptional: Bool {
    var result = true
    _ = mapExpressions { expr in
      result = result && expr.isOptional
      return expr
    }
    switch self {
    case .call(let call): result = result && call.function.isOptional
    case .expand(let expand): result = result && expand.function?.isOptional ?? true
    case .aggregate(let aggregate):
      result = result && aggregate.aggregates.allSatisfy(\.function.isPure)
    default: break
    }
    return result && children.allSatisfy(\.isOptional)
  }
}
