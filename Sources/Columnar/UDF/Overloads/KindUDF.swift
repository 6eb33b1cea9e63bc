// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

/// A registered aggregate of 1 column.
///
/// Calling it gives an expression for `aggregate` and `select`.
public struct AggregateUDF1<A, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting) -> Expr {
    Expr(.call(function, [a._selected]))
  }
}

/// A registered aggregate of 2 columns.
///
/// Calling it gives an expression for `aggregate` and `select`.
public struct AggregateUDF2<A, B, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting, _ b: any ColumnSelecting) -> Expr {
    Expr(.call(function, [a._selected, b._selected]))
  }
}

/// A registered aggregate of 3 columns.
///
/// Calling it gives an expression for `aggregate` and `select`.
public struct AggregateUDF3<A, B, C, Result>: Sendable {
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

/// A registered scan of 1 column.
///
/// Calling it gives an expression.
public struct ScanUDF1<A, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting) -> Expr {
    Expr(.call(function, [a._selected]))
  }
}

/// A registered scan of 2 columns.
///
/// Calling it gives an expression.
public struct ScanUDF2<A, B, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting, _ b: any ColumnSelecting) -> Expr {
    Expr(.call(function, [a._selected, b._selected]))
  }
}

/// A registered scan of 3 columns.
///
/// Calling it gives an expression.
public struct ScanUDF3<A, B, C, Result>: Sendable {
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

/// A registered scan of 4 columns.
///
/// Calling it gives an expression.
public struct ScanUDF4<A, B, C, D, Result>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting, _ b: any ColumnSelecting, _ c: any ColumnSelecting,
    _ d: any ColumnSelecting
  ) -> Expr {
    Expr(.call(function, [a._selected, b._selected, c._selected, d._selected]))
  }
}

/// A registered expanding function of 1 column.
///
/// Calling it gives what `expand` takes.
public struct ExpandUDF1<A, Element>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting) -> Expansion {
    Expansion(function, [a._selected])
  }
}

/// A registered expanding function of 2 columns.
///
/// Calling it gives what `expand` takes.
public struct ExpandUDF2<A, B, Element>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(_ a: any ColumnSelecting, _ b: any ColumnSelecting) -> Expansion {
    Expansion(function, [a._selected, b._selected])
  }
}

/// A registered expanding function of 3 columns.
///
/// Calling it gives what `expand` takes.
public struct ExpandUDF3<A, B, C, Element>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting, _ b: any ColumnSelecting, _ c: any ColumnSelecting
  ) -> Expansion {
    Expansion(function, [a._selected, b._selected, c._selected])
  }
}

/// A registered expanding function of 4 columns.
///
/// Calling it gives what `expand` takes.
public struct ExpandUDF4<A, B, C, D, Element>: Sendable {
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction(
    _ a: any ColumnSelecting, _ b: any ColumnSelecting, _ c: any ColumnSelecting,
    _ d: any ColumnSelecting
  ) -> Expansion {
    Expansion(function, [a._selected, b._selected, c._selected, d._selected])
  }
}
