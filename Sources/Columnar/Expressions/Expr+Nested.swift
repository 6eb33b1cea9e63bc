import ColumnarCore

extension Expr {
  /// A field of a struct, null where the struct is; a name that the struct has not is an error with
  /// a suggestion when the query is planned.
  ///
  /// The result is called as the field. A query over Parquet or Arrow files that uses some fields of
  /// a struct reads only those.
  ///
  /// ```swift
  /// trips.filter(col("pickup").field("zone") == "JFK").select(col("pickup").field("time"))
  /// ```
  public func field(_ name: String) -> Expr { Expr(.function(.field(name), [self])) }

  /// The functions on lists.
  public var list: Lists { Lists(base: self) }

  /// The functions on list columns; null lists give null.
  public struct Lists: Sendable {
    let base: Expr

    /// The number of elements, nulls among them included.
    public func count() -> Expr { Expr(.function(.elementCount, [base])) }

    /// The element at `index`, where -1 is the last one; null in lists that have no such element.
    public func element(at index: Int) -> Expr { Expr(.function(.element(at: index), [base])) }

    /// The first element; null in empty lists.
    public func first() -> Expr { element(at: 0) }

    /// The last element; null in empty lists.
    public func last() -> Expr { element(at: -1) }
  }
}
