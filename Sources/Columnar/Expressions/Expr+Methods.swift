import ColumnarCore

// MARK: Nulls, choice and casts

extension Expr {
  /// True where there is no value.
  public func isNull() -> Expr { Expr(.function(.isNull, [self])) }

  /// True where there is a value.
  public func isNotNull() -> Expr { Expr(.function(.isNotNull, [self])) }

  /// True where a floating-point value is NaN; null stays null.
  public func isNaN() -> Expr { Expr(.function(.isNaN, [self])) }

  /// Equality in which null equals null; never null itself.
  public func equalsMissing(_ other: Expr) -> Expr { .comparison(.equalMissing, self, other) }

  /// The values, and those of `value` where there is none.
  public func fillNull(_ value: Expr) -> Expr { Expr(.function(.fillNull, [self, value])) }

  /// Whether the value is among `values`; null where the value is null.
  ///
  /// Cost: one comparison per row and value.
  public func isIn(_ values: [Expr]) -> Expr {
    guard let first = values.first else { return lit(false) }
    return values.dropFirst().reduce(self == first) { $0 || self == $1 }
  }

  /// Whether the value lies between two bounds, both included.
  public func isBetween(_ low: Expr, _ high: Expr) -> Expr { self >= low && self <= high }

  /// A scan's results where every combination of the keys' values has a state of its own.
  ///
  /// The rows of one combination are taken in the order of the rows; null is a key like any other.
  /// Only a scan's call can be taken over keys.
  ///
  /// - Complexity: on several threads the rows are collected first.
  public func over(_ keys: any ColumnSelecting...) -> Expr {
    if case .alias(let inner, let name) = node {
      return Expr(.over(inner, keys.map(\._selected))).as(name)
    }
    return Expr(.over(self, keys.map(\._selected)))
  }

  /// The value in another type; one that does not fit is an error naming row and value.
  public func cast(to type: DataType) -> Expr { Expr(.cast(self, type, strict: true)) }

  /// The value in another type; one that does not fit becomes null.
  public func tryCast(to type: DataType) -> Expr { Expr(.cast(self, type, strict: false)) }
}

// MARK: Numbers

extension Expr {
  /// Integer division, cut towards zero; a zero divisor is an error.
  public func integerDivided(by other: Expr) -> Expr { .arithmetic(.integerDivide, self, other) }

  /// The magnitude; the smallest integer has none, which is an error.
  public func absolute() -> Expr { Expr(.function(.absolute, [self])) }

  /// Rounded to `digits` decimals, halves away from zero; integers stay as they are, and
  /// decimals keep their type.
  public func rounded(_ digits: Int = 0) -> Expr { Expr(.function(.round, [self, lit(digits)])) }

  /// The largest integer not above, as a floating-point number; of a decimal in its own type.
  public func floor() -> Expr { Expr(.function(.floor, [self])) }

  /// The smallest integer not below, as a floating-point number.
  public func ceiling() -> Expr { Expr(.function(.ceiling, [self])) }

  /// The square root; NaN of negative numbers.
  public func squareRoot() -> Expr { Expr(.function(.squareRoot, [self])) }

  /// e to the power of the value.
  public func exponential() -> Expr { Expr(.function(.exponential, [self])) }

  /// The natural logarithm; NaN of negative numbers.
  public func logarithm() -> Expr { Expr(.function(.logarithm, [self])) }

  /// The value to the power of `exponent`, as a Double.
  public func power(_ exponent: Expr) -> Expr { Expr(.function(.power, [self, exponent])) }
}

// MARK: Aggregates

extension Expr {
  /// The sum of the values; 0 of none.
  ///
  /// Integers widen to 64 bits, and overflow there is an error.
  public func sum() -> Expr { aggregate(.sum) }

  /// The mean of the values as a Double; null of none.
  public func mean() -> Expr { aggregate(.mean) }

  /// The smallest value; null of none.
  public func min() -> Expr { aggregate(.min) }

  /// The greatest value, where NaN is greater than all; null of none.
  public func max() -> Expr { aggregate(.max) }

  /// The number of values that are not null.
  public func count() -> Expr { aggregate(.count) }

  /// The value of the first row, null or not.
  public func first() -> Expr { aggregate(.first) }

  /// The value of the last row, null or not.
  public func last() -> Expr { aggregate(.last) }

  /// The number of distinct values that are not null.
  public func uniqueCount() -> Expr { aggregate(.nUnique) }

  /// The standard deviation, dividing by the count less `ddof`; null where that is not positive.
  ///
  /// A negative `ddof` is an error when the query is planned.
  public func standardDeviation(ddof: Int = 1) -> Expr { aggregate(.std(ddof: ddof)) }

  /// The variance, dividing by the count less `ddof`; null where that is not positive.
  ///
  /// A negative `ddof` is an error when the query is planned.
  public func variance(ddof: Int = 1) -> Expr { aggregate(.variance(ddof: ddof)) }

  private func aggregate(_ function: AggregateFunction) -> Expr {
    Expr(.aggregate(function, self))
  }
}

// MARK: Text

extension Expr {
  /// The functions on text.
  public var string: Strings { Strings(base: self) }

  /// The functions on string columns; nulls stay null.
  public struct Strings: Sendable {
    let base: Expr

    /// The text in lower case, by Unicode's rules.
    public func lowercased() -> Expr { Expr(.function(.lowercased, [base])) }
    /// The text in upper case, by Unicode's rules.
    public func uppercased() -> Expr { Expr(.function(.uppercased, [base])) }
    /// The text without white space at its ends.
    public func trimmed() -> Expr { Expr(.function(.trimmed, [base])) }
    /// The length in bytes of UTF-8.
    public func byteCount() -> Expr { Expr(.function(.byteCount, [base])) }
    /// The length in Unicode scalars.
    public func characterCount() -> Expr { Expr(.function(.characterCount, [base])) }
    /// Whether the text contains another, byte for byte.
    public func contains(_ part: String) -> Expr { Expr(.function(.contains, [base, lit(part)])) }
    /// Whether the text begins with another, byte for byte.
    public func starts(with part: String) -> Expr {
      Expr(.function(.startsWith, [base, lit(part)]))
    }
    /// Whether the text ends with another, byte for byte.
    public func ends(with part: String) -> Expr { Expr(.function(.endsWith, [base, lit(part)])) }
    /// The text with every occurrence of `part` replaced.
    public func replacing(_ part: String, with replacement: String) -> Expr {
      Expr(.function(.replacing(part, with: replacement), [base]))
    }
  }
}
