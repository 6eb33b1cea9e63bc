import ColumnarCore

/// The engine's semantics written the slow and obvious way, one row at a time: what kernels and
/// operators are tested against.
///
/// It shares no code with them.
public enum Oracle {
  /// Negative, zero or positive as `a` comes before, with or after `b`; nil if either is null.
  ///
  /// NaN equals itself and is greatest, -0 equals 0, false comes before true, bytes are compared as
  /// unsigned numbers.
  public static func order(_ a: Value, _ b: Value) -> Int? {
    switch (a, b) {
    case (.null, _), (_, .null): nil
    case (.bool(let x), .bool(let y)): sign(x ? 1 : 0, y ? 1 : 0)
    case (.int(let x), .int(let y)): sign(x, y)
    case (.uint(let x), .uint(let y)): sign(x, y)
    case (.double(let x), .double(let y)): orderOfDoubles(x, y)
    case (.decimal(let x), .decimal(let y)): sign(x, y)
    case (.bytes(let x), .bytes(let y)):
      x == y ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
    case (.list(let x), .list(let y)), (.structure(let x), .structure(let y)):
      x == y ? 0 : 1
    default: nil
    }
  }

  private static func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a > b ? 1 : 0 }

  private static func orderOfDoubles(_ a: Double, _ b: Double) -> Int {
    switch (a.isNaN, b.isNaN) {
    case (true, true): 0
    case (true, false): 1
    case (false, true): -1
    case (false, false): sign(a, b)
    }
  }

  /// A comparison in three-valued logic; the null-safe ones never give null.
  package static func compared(_ op: ComparisonOperator, _ a: Value, _ b: Value) -> Value {
    switch op {
    case .equalMissing: return .bool(a == b)
    case .notEqualMissing: return .bool(a != b)
    default: break
    }
    guard let order = order(a, b) else { return .null }
    switch op {
    case .equal: return .bool(order == 0)
    case .notEqual: return .bool(order != 0)
    case .less: return .bool(order < 0)
    case .lessOrEqual: return .bool(order <= 0)
    case .greater: return .bool(order > 0)
    default: return .bool(order >= 0)
    }
  }

  /// Conjunction in three-valued logic.
  public static func and(_ a: Value, _ b: Value) -> Value {
    if a == .bool(false) || b == .bool(false) { return .bool(false) }
    return a.isNull || b.isNull ? .null : .bool(true)
  }

  /// Disjunction in three-valued logic.
  public static func or(_ a: Value, _ b: Value) -> Value {
    if a == .bool(true) || b == .bool(true) { return .bool(true) }
    return a.isNull || b.isNull ? .null : .bool(false)
  }

  /// Whether two truth values differ; null if either is.
  public static func xor(_ a: Value, _ b: Value) -> Value {
    a.isNull || b.isNull ? .null : .bool(a != b)
  }

  /// The opposite; null of null.
  public static func not(_ a: Value) -> Value {
    if case .bool(let value) = a { .bool(!value) } else { .null }
  }

  /// The row numbers in sorted order by several keys: stable, nulls last unless asked.
  public static func sortedRows(
    by keys: [(values: [Value], descending: Bool, nullsFirst: Bool)], count: Int
  ) -> [Int] {
    (0..<count).sorted { a, b in
      for key in keys {
        let (x, y) = (key.values[a], key.values[b])
        if x.isNull != y.isNull { return x.isNull == key.nullsFirst }
        if let order = order(x, y), order != 0 { return (order < 0) != key.descending }
      }
      return a < b
    }
  }

  /// What differs first between a column and the values that it should have; nil if nothing does.
  public static func difference(_ column: Column, from expected: [Value]) -> String? {
    let actual = Value.rows(of: column)
    guard actual.count == expected.count else {
      return "\(actual.count) rows instead of \(expected.count)"
    }
    for row in actual.indices where actual[row] != expected[row] {
      return "row \(row) is \(actual[row]) instead of \(expected[row]) (\(column.type))"
    }
    let nulls = expected.count { $0.isNull }
    return column.nullCount == nulls ? nil : "null count \(column.nullCount) instead of \(nulls)"
  }
}
