/// Appends strings.
final class StringAppender: _ColumnAppender<String> {
  private var builder: BytesBuilder

  init(capacity: Int) { builder = BytesBuilder(capacity: capacity) }

  override func append(_ value: String) { builder.append(value) }
  override func appendNull() { builder.appendNull() }
  override func finish() -> Column {
    var full = BytesBuilder()
    swap(&full, &builder)
    return full.finish()
  }
}

/// Appends booleans.
final class BoolAppender: _ColumnAppender<Bool> {
  private var builder: BoolBuilder

  init(capacity: Int) { builder = BoolBuilder(capacity: capacity) }

  override func append(_ value: Bool) { builder.append(value) }
  override func appendNull() { builder.appendNull() }
  override func finish() -> Column {
    var full = BoolBuilder()
    swap(&full, &builder)
    return full.finish()
  }
}

extension String: ColumnValue {
  public static var columnType: DataType { .string }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> String {
    let view = BytesView(try column.checked(for: String.self))
    return { view.string($0) }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<String> {
    StringAppender(capacity: capacity)
  }
}

extension Bool: ColumnValue {
  public static var columnType: DataType { .bool }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Bool {
    let bits = try column.checked(for: Bool.self).bits
    return { bits.isSet($0) }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<Bool> {
    BoolAppender(capacity: capacity)
  }
}

/// Any bytes: the Swift value of a binary column.
public struct Binary: ColumnValue, Hashable {
  /// The bytes.
  public var bytes: [UInt8]

  /// A value of those bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public static var columnType: DataType { .binary }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Binary {
    let view = BytesView(try column.checked(for: Binary.self))
    return { Binary(Array(view.bytes($0))) }
  }

  private final class Appender: _ColumnAppender<Binary> {
    private var builder = BytesBuilder()
    override func append(_ value: Binary) { value.bytes.withUnsafeBytes { builder.append($0) } }
    override func appendNull() { builder.appendNull() }
    override func finish() -> Column {
      var full = BytesBuilder()
      swap(&full, &builder)
      return full.finish(as: .binary)
    }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<Binary> { Appender() }
}
