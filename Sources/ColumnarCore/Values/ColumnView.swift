/// The values of a column as a Swift collection: what typed results and batch UDFs are given.
///
/// Reading a number is one load; reading a string makes a `String`. Nulls can be read only through
/// an optional `Element`; making a view of a non-optional type over a column with nulls is an
/// error.
///
/// `@unchecked Sendable`: reads immutable memory that it keeps alive, through functions that
/// capture nothing else.
public struct ColumnView<Element>: RandomAccessCollection, @unchecked Sendable {
  @usableFromInline let reader: ValueReader<Element>
  /// The column that is viewed.
  public let column: Column
  public let endIndex: Int
  public var startIndex: Int { 0 }

  /// A view on `column`; a type that `Element` is not stored in, or a null under a non-optional
  /// one, is an error.
  public init(_ column: Column) throws {
    let isNullable =
      (Element.self as? any ColumnValue.Type)?._isNullable
      ?? (Element.self is any ExpressibleByNilLiteral.Type)
    if !isNullable, column.nullCount > 0 {
      let row = (0..<column.count).first { column.isNull($0) } ?? 0
      throw ColumnarError(
        .unexpectedNull,
        "The column holds \(column.nullCount) null(s), the first at row \(row), so it cannot be read "
          + "as \(Element.self). Ask for \(Element.self)? or fill the nulls first.",
        context: [.row(row)])
    }
    reader = try ValueReader(column)
    self.column = column
    endIndex = column.count
  }

  @inlinable
  public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < endIndex, "row index out of range")
    return reader.value(position)
  }

  /// Calls `body` with the values where they lie in memory, if they are numbers of a plain column.
  @inlinable
  public func withContiguousStorageIfAvailable<R>(
    _ body: (UnsafeBufferPointer<Element>) throws -> R
  ) rethrows -> R? {
    guard let direct = reader.direct, reader.mask != 0 else { return nil }
    return try withExtendedLifetime(column) {
      try body(UnsafeBufferPointer(start: direct, count: endIndex))
    }
  }
}
