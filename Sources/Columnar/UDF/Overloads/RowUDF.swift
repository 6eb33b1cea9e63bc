// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

/// A registered function of 0 columns; calling it gives an expression.
public struct RowUDF0<Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction() -> Expr {
    Expr(.call(function, []))
  }
}

/// A registered function of 1 column; calling it gives an expression.
public struct RowUDF1<A, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting) -> Expr {
    Expr(.call(function, [a._selected]))
  }
}

/// A registered function of 2 columns; calling it gives an expression.
public struct RowUDF2<A, B, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting, _ b: any ColumnSelecting) -> Expr {
    Expr(.call(function, [a._selected, b._selected]))
  }
}

/// A registered function of 3 columns; calling it gives an expression.
public struct RowUDF3<A, B, C, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting, _ b: any ColumnSelecting, _ c: any ColumnSelecting
  ) -> Expr {
    Expr(.call(function, [a._selected, b._selected, c._selected]))
  }
}

/// A registered function of 4 columns; calling it gives an expression.
public struct RowUDF4<A, B, C, D, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting,
    _ b: any ColumnSelecting,
    _ c: any ColumnSelecting,
    _ d: any ColumnSelecting
  ) -> Expr {
    Expr(.call(function, [a._selected, b._selected, c._selected, d._selected]))
  }
}

/// A registered function of 5 columns; calling it gives an expression.
public struct RowUDF5<A, B, C, D, E, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting,
    _ b: any ColumnSelecting,
    _ c: any ColumnSelecting,
    _ d: any ColumnSelecting,
    _ e: any ColumnSelecting
  ) -> Expr {
    Expr(.call(function, [a._selected, b._selected, c._selected, d._selected, e._selected]))
  }
}

/// A registered function of 6 columns; calling it gives an expression.
public struct RowUDF6<A, B, C, D, E, F, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting,
    _ b: any ColumnSelecting,
    _ c: any ColumnSelecting,
    _ d: any ColumnSelecting,
    _ e: any ColumnSelecting,
    _ f: any ColumnSelecting
  ) -> Expr {
    Expr(
      .call(
        function, [a._selected, b._selected, c._selected, d._selected, e._selected, f._selected]))
  }
}

/// A registered function of 7 columns; calling it gives an expression.
public struct RowUDF7<A, B, C, D, E, F, G, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting,
    _ b: any ColumnSelecting,
    _ c: any ColumnSelecting,
    _ d: any ColumnSelecting,
    _ e: any ColumnSelecting,
    _ f: any ColumnSelecting,
    _ g: any ColumnSelecting
  ) -> Expr {
    Expr(
      .call(
        function,
        [a._selected, b._selected, c._selected, d._selected, e._selected, f._selected, g._selected])
    )
  }
}

/// A registered function of 8 columns; calling it gives an expression.
public struct RowUDF8<A, B, C, D, E, F, G, H, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting,
    _ b: any ColumnSelecting,
    _ c: any ColumnSelecting,
    _ d: any ColumnSelecting,
    _ e: any ColumnSelecting,
    _ f: any ColumnSelecting,
    _ g: any ColumnSelecting,
    _ h: any ColumnSelecting
  ) -> Expr {
    Expr(
      .call(
        function,
        [
          a._selected, b._selected, c._selected, d._selected, e._selected, f._selected, g._selected,
          h._selected,
        ]))
  }
}
