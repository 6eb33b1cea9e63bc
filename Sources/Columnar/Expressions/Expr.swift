import ColumnarCore

/// A description of a column to compute: columns, literals, operators, functions and UDF calls.
///
/// Building one reads no data and never fails; names and types are resolved when the query runs or
/// is explained. In an operator a string is a value, so a column is `col("name")`; in a key
/// position (`select`, `groupBy`, `sort`, UDF arguments) a string is a column's name.
public struct Expr: Sendable {
  package let node: ExprNode

  package init(_ node: ExprNode) { self.node = node }
}

/// What an `Expr` is made of.
package indirect enum ExprNode: Sendable {
  /// A column by name.
  case column(String)
  /// A value: a column of one row.
  case literal(Column)
  /// The same values under another name.
  case alias(Expr, String)
  case arithmetic(ArithmeticOperator, Expr, Expr)
  case comparison(ComparisonOperator, Expr, Expr)
  case logical(LogicalOperator, Expr, Expr)
  /// A built-in function of the registry.
  case function(ScalarFunction, [Expr])
  case cast(Expr, DataType, strict: Bool)
  case conditional(branches: [(condition: Expr, value: Expr)], otherwise: Expr)
  /// An aggregate; nil counts rows.
  case aggregate(AggregateFunction, Expr?)
  /// A call of a user-defined function.
  case call(UserFunction, [Expr])
  /// A scan that starts anew for every combination of keys.
  case over(Expr, [Expr])
  /// How a sort key orders.
  case ordering(Expr, descending: Bool, nullsFirst: Bool)
}

/// The connectives of three-valued logic.
package enum LogicalOperator: String, Sendable, Hashable, Codable {
  case and = "&&"
  case or = "||"
  case xor = "xor"
}

/// The column of that name.
public func col(_ name: String) -> Expr { Expr(.column(name)) }

/// A value as an expression; nil through an optional type is a typed null.
public func lit<Value: ColumnValue>(_ value: Value) -> Expr {
  if let decimal = value as? Decimal128 {
    let digits = decimal.narrowestType.decimalDigits?.precision
    return Expr(.literal(Decimal128.column(exactly: [decimal], precision: digits)))
  }
  return Expr(.literal(Value.column(of: CollectionOfOne(value))))
}

/// The number of rows of a group or frame.
public func rowCount() -> Expr { Expr(.aggregate(.rowCount, nil)) }

/// What names columns in a key position: a string is a column's name, an expression itself.
public protocol ColumnSelecting: Sendable {
  /// The expression that is selected.
  var _selected: Expr { get }
}

extension String: ColumnSelecting {
  public var _selected: Expr { col(self) }
}

extension Expr: ColumnSelecting {
  public var _selected: Expr { self }
}

// Numbers and truth values stand for themselves, so that a function takes them as arguments.
extension Int: ColumnSelecting {
  public var _selected: Expr { lit(self) }
}

extension Double: ColumnSelecting {
  public var _selected: Expr { lit(self) }
}

extension Bool: ColumnSelecting {
  public var _selected: Expr { lit(self) }
}

extension Expr: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  public init(integerLiteral value: Int) { self = lit(value) }
  public init(floatLiteral value: Double) { self = lit(value) }
  public init(stringLiteral value: String) { self = lit(value) }
  public init(booleanLiteral value: Bool) { self = lit(value) }
}

extension Expr {
  /// The same values under another name.
  public func `as`(_ name: String) -> Expr { Expr(.alias(self, name)) }

  /// As a sort key: largest first.
  public var descending: Expr { ordering(descending: true) }

  /// As a sort key: smallest first, the default.
  public var ascending: Expr { ordering(descending: false) }

  /// As a sort key: nulls before all values.
  public var nullsFirst: Expr {
    if case .ordering(let key, let descending, _) = node {
      return Expr(.ordering(key, descending: descending, nullsFirst: true))
    }
    return Expr(.ordering(self, descending: false, nullsFirst: true))
  }

  private func ordering(descending: Bool) -> Expr {
    if case .ordering(let key, _, let nullsFirst) = node {
      return Expr(.ordering(key, descending: descending, nullsFirst: nullsFirst))
    }
    return Expr(.ordering(self, descending: descending, nullsFirst: false))
  }
}
