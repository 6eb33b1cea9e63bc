extension Optional: ColumnValue where Wrapped: ColumnValue {
  public static var columnType: DataType { Wrapped.columnType }
  public static var _isNullable: Bool { true }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Wrapped? {
    let checked = try column.checked(for: Wrapped.self)
    let decode = try Wrapped._decoder(checked)
    guard let validity = checked.validity else { return { decode($0) } }
    return { validity.isSet($0) ? decode($0) : nil }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<Wrapped?> {
    OptionalAppender(Wrapped._appender(capacity: capacity))
  }
}

private final class OptionalAppender<Wrapped: ColumnValue>: _ColumnAppender<Wrapped?> {
  private let base: _ColumnAppender<Wrapped>

  init(_ base: _ColumnAppender<Wrapped>) { self.base = base }

  override func append(_ value: Wrapped?) {
    if let value { base.append(value) } else { base.appendNull() }
  }
  override func appendNull() { base.appendNull() }
  override var failure: ColumnarError? { base.failure }
  override func finish() -> Column { base.finish() }
}

extension Array: ColumnValue where Element: ColumnValue {
  public static var columnType: DataType { .list(Element.columnType) }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> [Element] {
    let lists = ListView(try column.checked(for: [Element].self))
    guard column.count > 0 else { return { _ in [] } }
    // Only what this window's rows hold: others may have nulls, and are not asked for.
    let first = lists.range(0).lowerBound
    let elements = lists.elements.slice(first..<lists.range(column.count - 1).upperBound)
    if !Element._isNullable, elements.nullCount > 0 { try requireNoNulls(lists, column.count) }
    if Element.isStoredAsItself, !Element._isNullable {
      return copier(lists, try elements.checked(for: Element.self).decoded(), from: first)
    }
    let decode = try Element._decoder(elements)
    return { row in lists.range(row).map { decode($0 - first) } }
  }

  /// Lists of numbers, copied as bytes: element by element, a vector of 384 takes 100 times as long.
  private static func copier(
    _ lists: ListView, _ elements: Column, from first: Int
  ) -> @Sendable (Int) -> [Element] {
    let offset = (elements.offset - first) * MemoryLayout<Element>.stride
    return { row in
      let range = lists.range(row)
      return withExtendedLifetime(elements) {
        let start = elements.storage.values.start + offset
        let values = start.assumingMemoryBound(to: Element.self) + range.lowerBound
        return Array(UnsafeBufferPointer(start: values, count: range.count))
      }
    }
  }

  /// An error that names the first list with a null in it.
  ///
  /// What stands under a null list doesn't count.
  private static func requireNoNulls(_ lists: ListView, _ count: Int) throws {
    for row in 0..<count where lists.validity?.isSet(row) ?? true {
      guard lists[row].nullCount > 0 else { continue }
      throw ColumnarError(
        .unexpectedNull,
        "The lists hold nulls, so they cannot be read as \(SwiftName.of([Element].self)). Ask for "
          + "\(SwiftName.of([Element?].self)).",
        context: [.row(row)])
    }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<[Element]> {
    ListAppender<Element>(capacity: capacity)
  }
}

private final class ListAppender<Element: ColumnValue>: _ColumnAppender<[Element]> {
  private let elements: _ColumnAppender<Element>
  private var offsets: MutableBuffer
  private var validity = BitmapBuilder()
  private var total: Int64 = 0

  init(capacity: Int) {
    elements = Element._appender(capacity: capacity)
    offsets = MutableBuffer(capacity: (capacity + 1) * 8)
    offsets.append(total)
  }

  override func append(_ value: [Element]) {
    elements.append(contentsOf: value)
    close(length: value.count, valid: true)
  }

  override func appendNull() { close(length: 0, valid: false) }
  override var failure: ColumnarError? {
    // The row is that of an element.
    elements.failure.map { ColumnarError($0.code, $0.message) }
  }

  private func close(length: Int, valid: Bool) {
    total += Int64(length)
    offsets.append(total)
    validity.append(valid)
  }

  override func finish() -> Column {
    var ends = MutableBuffer(capacity: 0)
    var bits = BitmapBuilder()
    swap(&ends, &offsets)
    swap(&bits, &validity)
    let (count, nulls) = (bits.count, bits.clearCount)
    let valid = bits.finish()
    return Column(
      listOf: elements.finish(), offsets: ends.freeze(), validity: nulls == 0 ? nil : valid,
      count: count)
  }
}
