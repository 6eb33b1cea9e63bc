import ColumnarCore

/// What `expand` makes rows of: the call of a `UDF.expand` function, and the name of its column.
public struct Expansion: Sendable {
  package enum Source: Sendable {
    case call(UserFunction, [Expr])
    case list(Expr)
  }

  package let source: Source
  package let name: String

  package init(_ source: Source, name: String) {
    self.source = source
    self.name = name
  }

  @usableFromInline
  package init(_ function: UserFunction, _ arguments: [Expr]) {
    self.init(.call(function, arguments), name: function.name)
  }

  /// The same elements in a column of another name.
  public func `as`(_ name: String) -> Expansion { Expansion(source, name: name) }
}

extension LazyFrame {
  /// A row for every element that a function gives for a row, with the other columns repeated.
  ///
  /// ```swift
  /// let words = UDF.expand("words") { (s: String) in s.split(separator: " ").map(String.init) }
  /// frame.expand(words("text").as("word"), origin: "row")
  /// ```
  ///
  /// Elements are taken one after the other as they are needed and leave in batches, however many
  /// one row has. A column of the element's name is replaced.
  ///
  /// - Parameters:
  ///   - origin: the name of a column for the number of the row that an element comes from, counted
  ///     from zero in this frame.
  ///   - keepEmpty: whether a row without elements stays, with a null; a null argument that the
  ///     function takes no nulls for gives none.
  public func expand(
    _ elements: Expansion, origin: String? = nil, keepEmpty: Bool = false
  ) -> LazyFrame {
    LazyFrame(.expand(elements, origin: origin, keepsEmpty: keepEmpty, plan))
  }

  /// A row for every element of a column of lists, which takes the column's place.
  ///
  /// Null and empty lists give no row unless `keepEmpty`: then one with a null. Parameters as in
  /// `expand`.
  public func explode(
    _ lists: any ColumnSelecting, origin: String? = nil, keepEmpty: Bool = false
  ) -> LazyFrame {
    let expr = lists._selected
    return expand(
      Expansion(.list(expr), name: expr.outputName), origin: origin, keepEmpty: keepEmpty)
  }
}
