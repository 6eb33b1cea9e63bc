import ColumnarCore

/// Collects what is stored under one key, row by row.
///
/// A row's value is held until the row is committed, so that one that fails half way leaves nothing
/// behind.
class ShapeWriter {
  /// The writer of a part.
  static func make(_ part: RowShape.Part, count: Int) -> ShapeWriter {
    switch part {
    case .value(let type): value(type, count: count)
    case .structure(let keys): StructWriter(keys, count: count)
    case .list(let element): ListWriter(element, count: count)
    }
  }

  private static func value<Value: ColumnValue>(_ type: Value.Type, count: Int) -> ShapeWriter {
    ColumnWriter<Value>(count: count)
  }

  /// Holds a value of this row.
  func hold<Value: Encodable>(_ value: Value, _ path: [any CodingKey]) throws {}
  /// Takes back what is held.
  func discard() {}
  /// Appends what is held, or a null.
  func commit() {}
  /// The rows as a column.
  func finish() -> Column { .nulls(0) }
}

/// Values that a column stores.
private final class ColumnWriter<Value: ColumnValue>: ShapeWriter {
  private let appender: _ColumnAppender<Value>
  private var held: Value?

  init(count: Int) { appender = Value._appender(capacity: count) }

  override func hold<Given: Encodable>(_ value: Given, _ path: [any CodingKey]) throws {
    if let value = value as? Value {
      held = value
      return
    }
    if let value = FoundationShape.stored(value) as? Value {
      held = value
      return
    }
    // What is no column's value says itself which one stands for it.
    if Given.self is any ColumnValue.Type {
      throw ColumnarError(
        .typeMismatch,
        ShapeProbe.text(
          "\(SwiftName.of(Given.self)) was encoded, but \(SwiftName.of(Value.self)) is decoded.",
          path))
    }
    try value.encode(to: ShapeEncoder(writer: self, codingPath: path))
  }

  override func discard() { held = nil }

  override func commit() {
    if let value = held { appender.append(value) } else { appender.appendNull() }
    held = nil
  }

  override func finish() -> Column { appender.finish() }
}

/// The keys of a struct, each a column.
final class StructWriter: ShapeWriter {
  private let keys: [RowShape.Key]
  private let writers: [ShapeWriter]
  private let positions: [String: Int]
  private var isHeld = false
  private var validity = BitmapBuilder()
  private var count = 0

  init(_ keys: [RowShape.Key], count: Int) {
    self.keys = keys
    writers = keys.map { .make($0.part, count: count) }
    positions = Dictionary(
      keys.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
  }

  override func hold<Given: Encodable>(_ value: Given, _ path: [any CodingKey]) throws {
    if let optional = value as? any AnyOptional, optional.wrapped == nil { return }
    try value.encode(to: ShapeEncoder(writer: self, codingPath: path))
  }

  /// The value is there, if only without keys.
  func begin() { isHeld = true }

  /// Where the value of a key goes.
  func writer(_ key: any CodingKey, _ path: [any CodingKey]) throws -> ShapeWriter {
    guard let position = positions[key.stringValue] else {
      throw ColumnarError(
        .typeMismatch,
        ShapeProbe.text(
          "the key \"\(key.stringValue)\" is encoded, but never decoded. "
            + Suggestion.hint(for: key.stringValue, among: keys.map(\.name), what: "keys"), path))
    }
    return writers[position]
  }

  override func discard() {
    isHeld = false
    for writer in writers { writer.discard() }
  }

  override func commit() {
    for writer in writers { writer.commit() }
    validity.append(isHeld)
    count += 1
    isHeld = false
  }

  override func finish() -> Column {
    var bits = BitmapBuilder()
    swap(&bits, &validity)
    let isWhole = bits.clearCount == 0
    let valid = bits.finish()
    let column = Column(
      fields: keys.map { Field($0.name, $0.part.type) }, children: columns(), count: count)
    return isWhole ? column : column.withValidity(valid)
  }

  /// The keys' columns.
  func columns() -> [Column] { writers.map { $0.finish() } }
}
