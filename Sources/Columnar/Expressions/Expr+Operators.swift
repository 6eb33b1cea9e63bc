import ColumnarCore

// Each operator has a form for two expressions, which literals fall into, and disfavoured ones that
// take a Swift variable on either side.

extension Expr {
  package static func arithmetic(_ op: ArithmeticOperator, _ a: Expr, _ b: Expr) -> Expr {
    Expr(.arithmetic(op, a, b))
  }

  package static func comparison(_ op: ComparisonOperator, _ a: Expr, _ b: Expr) -> Expr {
    Expr(.comparison(op, a, b))
  }
}

// MARK: Arithmetic

extension Expr {
  /// Sum; of strings, the concatenation.
  ///
  /// Integer overflow is an error.
  public static func + (a: Expr, b: Expr) -> Expr { arithmetic(.add, a, b) }
  /// Sum; of strings, the concatenation.
  ///
  /// Integer overflow is an error.
  @_disfavoredOverload
  public static func + (a: Expr, b: some ColumnValue) -> Expr { arithmetic(.add, a, lit(b)) }
  /// Sum; of strings, the concatenation.
  ///
  /// Integer overflow is an error.
  @_disfavoredOverload
  public static func + (a: some ColumnValue, b: Expr) -> Expr { arithmetic(.add, lit(a), b) }

  /// Difference.
  ///
  /// Integer overflow is an error.
  public static func - (a: Expr, b: Expr) -> Expr { arithmetic(.subtract, a, b) }
  /// Difference.
  ///
  /// Integer overflow is an error.
  @_disfavoredOverload
  public static func - (a: Expr, b: some ColumnValue) -> Expr { arithmetic(.subtract, a, lit(b)) }
  /// Difference.
  ///
  /// Integer overflow is an error.
  @_disfavoredOverload
  public static func - (a: some ColumnValue, b: Expr) -> Expr { arithmetic(.subtract, lit(a), b) }

  /// Product.
  ///
  /// Integer overflow is an error.
  public static func * (a: Expr, b: Expr) -> Expr { arithmetic(.multiply, a, b) }
  /// Product.
  ///
  /// Integer overflow is an error.
  @_disfavoredOverload
  public static func * (a: Expr, b: some ColumnValue) -> Expr { arithmetic(.multiply, a, lit(b)) }
  /// Product.
  ///
  /// Integer overflow is an error.
  @_disfavoredOverload
  public static func * (a: some ColumnValue, b: Expr) -> Expr { arithmetic(.multiply, lit(a), b) }

  /// True division to Double, also of integers; see `integerDivided(by:)`.
  public static func / (a: Expr, b: Expr) -> Expr { arithmetic(.divide, a, b) }
  /// True division to Double, also of integers; see `integerDivided(by:)`.
  @_disfavoredOverload
  public static func / (a: Expr, b: some ColumnValue) -> Expr { arithmetic(.divide, a, lit(b)) }
  /// True division to Double, also of integers; see `integerDivided(by:)`.
  @_disfavoredOverload
  public static func / (a: some ColumnValue, b: Expr) -> Expr { arithmetic(.divide, lit(a), b) }

  /// Remainder with the sign of the left side.
  ///
  /// A zero divisor is an error for integers.
  public static func % (a: Expr, b: Expr) -> Expr { arithmetic(.remainder, a, b) }
  /// Remainder with the sign of the left side.
  ///
  /// A zero divisor is an error for integers.
  @_disfavoredOverload
  public static func % (a: Expr, b: some ColumnValue) -> Expr { arithmetic(.remainder, a, lit(b)) }
  /// Remainder with the sign of the left side.
  ///
  /// A zero divisor is an error for integers.
  @_disfavoredOverload
  public static func % (a: some ColumnValue, b: Expr) -> Expr { arithmetic(.remainder, lit(a), b) }

  /// Sum that wraps on overflow.
  public static func &+ (a: Expr, b: Expr) -> Expr { arithmetic(.wrappingAdd, a, b) }
  /// Sum that wraps on overflow.
  @_disfavoredOverload
  public static func &+ (a: Expr, b: some ColumnValue) -> Expr {
    arithmetic(.wrappingAdd, a, lit(b))
  }
  /// Sum that wraps on overflow.
  @_disfavoredOverload
  public static func &+ (a: some ColumnValue, b: Expr) -> Expr {
    arithmetic(.wrappingAdd, lit(a), b)
  }

  /// Difference that wraps on overflow.
  public static func &- (a: Expr, b: Expr) -> Expr { arithmetic(.wrappingSubtract, a, b) }
  /// Difference that wraps on overflow.
  @_disfavoredOverload
  public static func &- (a: Expr, b: some ColumnValue) -> Expr {
    arithmetic(.wrappingSubtract, a, lit(b))
  }
  /// Difference that wraps on overflow.
  @_disfavoredOverload
  public static func &- (a: some ColumnValue, b: Expr) -> Expr {
    arithmetic(.wrappingSubtract, lit(a), b)
  }

  /// Product that wraps on overflow.
  public static func &* (a: Expr, b: Expr) -> Expr { arithmetic(.wrappingMultiply, a, b) }
  /// Product that wraps on overflow.
  @_disfavoredOverload
  public static func &* (a: Expr, b: some ColumnValue) -> Expr {
    arithmetic(.wrappingMultiply, a, lit(b))
  }
  /// Product that wraps on overflow.
  @_disfavoredOverload
  public static func &* (a: some ColumnValue, b: Expr) -> Expr {
    arithmetic(.wrappingMultiply, lit(a), b)
  }
}

// MARK: Comparison

extension Expr {
  /// Equality; null if either side is.
  ///
  /// NaN equals itself.
  public static func == (a: Expr, b: Expr) -> Expr { comparison(.equal, a, b) }
  /// Equality; null if either side is.
  ///
  /// NaN equals itself.
  @_disfavoredOverload
  public static func == (a: Expr, b: some ColumnValue) -> Expr { comparison(.equal, a, lit(b)) }
  /// Equality; null if either side is.
  ///
  /// NaN equals itself.
  @_disfavoredOverload
  public static func == (a: some ColumnValue, b: Expr) -> Expr { comparison(.equal, lit(a), b) }

  /// Inequality; null if either side is.
  public static func != (a: Expr, b: Expr) -> Expr { comparison(.notEqual, a, b) }
  /// Inequality; null if either side is.
  @_disfavoredOverload
  public static func != (a: Expr, b: some ColumnValue) -> Expr { comparison(.notEqual, a, lit(b)) }
  /// Inequality; null if either side is.
  @_disfavoredOverload
  public static func != (a: some ColumnValue, b: Expr) -> Expr { comparison(.notEqual, lit(a), b) }

  /// Whether the left side is smaller; null if either side is.
  ///
  /// NaN is greatest.
  public static func < (a: Expr, b: Expr) -> Expr { comparison(.less, a, b) }
  /// Whether the left side is smaller; null if either side is.
  ///
  /// NaN is greatest.
  @_disfavoredOverload
  public static func < (a: Expr, b: some ColumnValue) -> Expr { comparison(.less, a, lit(b)) }
  /// Whether the left side is smaller; null if either side is.
  ///
  /// NaN is greatest.
  @_disfavoredOverload
  public static func < (a: some ColumnValue, b: Expr) -> Expr { comparison(.less, lit(a), b) }

  /// Whether the left side is not greater; null if either side is.
  public static func <= (a: Expr, b: Expr) -> Expr { comparison(.lessOrEqual, a, b) }
  /// Whether the left side is not greater; null if either side is.
  @_disfavoredOverload
  public static func <= (a: Expr, b: some ColumnValue) -> Expr {
    comparison(.lessOrEqual, a, lit(b))
  }
  /// Whether the left side is not greater; null if either side is.
  @_disfavoredOverload
  public static func <= (a: some ColumnValue, b: Expr) -> Expr {
    comparison(.lessOrEqual, lit(a), b)
  }

  /// Whether the left side is greater; null if either side is.
  public static func > (a: Expr, b: Expr) -> Expr { comparison(.greater, a, b) }
  /// Whether the left side is greater; null if either side is.
  @_disfavoredOverload
  public static func > (a: Expr, b: some ColumnValue) -> Expr { comparison(.greater, a, lit(b)) }
  /// Whether the left side is greater; null if either side is.
  @_disfavoredOverload
  public static func > (a: some ColumnValue, b: Expr) -> Expr { comparison(.greater, lit(a), b) }

  /// Whether the left side is not smaller; null if either side is.
  public static func >= (a: Expr, b: Expr) -> Expr { comparison(.greaterOrEqual, a, b) }
  /// Whether the left side is not smaller; null if either side is.
  @_disfavoredOverload
  public static func >= (a: Expr, b: some ColumnValue) -> Expr {
    comparison(.greaterOrEqual, a, lit(b))
  }
  /// Whether the left side is not smaller; null if either side is.
  @_disfavoredOverload
  public static func >= (a: some ColumnValue, b: Expr) -> Expr {
    comparison(.greaterOrEqual, lit(a), b)
  }
}

// MARK: Logic

extension Expr {
  /// Three-valued and: false if either side is false, else null if either side is null.
  public static func && (a: Expr, b: Expr) -> Expr { Expr(.logical(.and, a, b)) }

  /// Three-valued or: true if either side is true, else null if either side is null.
  public static func || (a: Expr, b: Expr) -> Expr { Expr(.logical(.or, a, b)) }

  /// Whether just one side is true; null if either side is.
  public func xor(_ other: Expr) -> Expr { Expr(.logical(.xor, self, other)) }

  /// Not; null stays null.
  public static prefix func ! (a: Expr) -> Expr { Expr(.function(.not, [a])) }

  /// The negative; the smallest integer has none, which is an error.
  public static prefix func - (a: Expr) -> Expr { Expr(.function(.negate, [a])) }
}
