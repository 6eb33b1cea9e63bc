/// Appends fixed-width values.
final class PrimitiveAppender<T: Primitive>: _ColumnAppender<T> {
  private var builder: PrimitiveBuilder<T>

  init(capacity: Int) { builder = PrimitiveBuilder(capacity: capacity) }

  override func append(_ value: T) { builder.append(value) }
  override func append(contentsOf values: [T]) {
    values.withUnsafeBufferPointer { builder.append(contentsOf: $0) }
  }
  override func appendNull() { builder.appendNull() }
  override func finish() -> Column {
    var full = PrimitiveBuilder<T>()
    swap(&full, &builder)
    return full.finish()
  }
}

extension ColumnValue where Self: Primitive {
  public static var columnType: DataType { primitiveType }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Self {
    let view = PrimitiveView(try column.checked(for: Self.self), as: Self.self)
    return { view[$0] }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<Self> {
    PrimitiveAppender(capacity: capacity)
  }
}

extension Int8: ColumnValue {}
extension Int16: ColumnValue {}
extension Int32: ColumnValue {}
extension Int64: ColumnValue {}
extension Int: ColumnValue {}
extension UInt8: ColumnValue {}
extension UInt16: ColumnValue {}
extension UInt32: ColumnValue {}
extension UInt64: ColumnValue {}
extension UInt: ColumnValue {}
extension Float: ColumnValue {}
extension Double: ColumnValue {}
