import ColumnarCore

/// Lists of values that are no column's values by themselves, such as structs.
final class ListWriter: ShapeWriter {
  private let elements: ShapeWriter
  private var elementCount = 0
  /// The elements of each row.
  private var rows: [Range<Int>] = []
  private var validity = BitmapBuilder()
  /// The first element of the row that is held; nil where none is.
  private var start: Int?

  init(_ element: RowShape.Part, count: Int) { elements = .make(element, count: count) }

  override func hold<Given: Encodable>(_ value: Given, _ path: [any CodingKey]) throws {
    if let optional = value as? any AnyOptional, optional.wrapped == nil { return }
    try value.encode(to: ShapeEncoder(writer: self, codingPath: path))
  }

  /// The list is there, if only without elements.
  func begin() { start = elementCount }

  /// The next element, nil for null.
  func append<Element: Encodable>(_ element: Element?, _ path: [any CodingKey]) throws {
    if let element {
      do {
        try elements.hold(element, path + [ListPosition(elementCount - (start ?? 0))])
      } catch {
        elements.discard()
        throw error
      }
    }
    elements.commit()
    elementCount += 1
  }

  override func discard() { start = nil }

  override func commit() {
    rows.append((start ?? elementCount)..<elementCount)
    validity.append(start != nil)
    start = nil
  }

  override func finish() -> Column {
    var bits = BitmapBuilder()
    swap(&bits, &validity)
    var column = elements.finish()
    // Elements of rows that were taken back belong to nobody.
    if rows.reduce(0, { $0 + $1.count }) < column.count {
      column = column.taking(RowIndices(rows.flatMap { $0 }.map { Int32($0) }))
    }
    let isWhole = bits.clearCount == 0
    let valid = bits.finish()
    let ends = rows.reduce(into: [0 as Int64]) { $0.append(($0.last ?? 0) + Int64($1.count)) }
    defer { (rows, elementCount) = ([], 0) }
    return Column(
      listOf: column, offsets: Buffer(copying: ends), validity: isWhole ? nil : valid,
      count: rows.count)
  }
}

/// The place of an element, in a path of keys.
struct ListPosition: CodingKey {
  let intValue: Int?
  var stringValue: String { "[\(intValue ?? 0)]" }

  init(_ position: Int) { intValue = position }
  init?(intValue: Int) { self.intValue = intValue }
  init?(stringValue: String) { nil }
}
