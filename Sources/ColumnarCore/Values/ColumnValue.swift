/// A Swift type whose values a column stores: numbers, strings, booleans, dates, bytes, arrays and
/// optionals of them.
///
/// Conformances come with the engine; `Optional` is what makes a value nullable. Other types can
/// pass between UDFs and nodes too, as opaque columns, without conforming.
public protocol ColumnValue: Sendable {
  /// The type of a column of these values.
  static var columnType: DataType { get }
  /// Whether a null is a value of this type; only so for `Optional`.
  static var _isNullable: Bool { get }
  /// Reads rows of a plain column of `columnType`; rows that are null are asked for only if
  /// `_isNullable`.
  static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Self
  /// Starts a column of these values.
  static func _appender(capacity: Int) -> _ColumnAppender<Self>
}

extension ColumnValue {
  public static var _isNullable: Bool { false }

  /// A column of the values; numbers that lie in memory one after the other are copied as bytes.
  package static func column(of values: some Sequence<Self>) -> Column {
    if isStoredAsItself, !_isNullable {
      let copied = values.withContiguousStorageIfAvailable { values in
        Column(
          type: columnType, values: Buffer(copying: UnsafeRawBufferPointer(values)),
          count: values.count)
      }
      if let copied { return copied }
    }
    if let texts = values as? [String] {
      var builder = BytesBuilder(capacity: texts.count)
      for text in texts { builder.append(text) }
      return builder.finish()
    }
    // A scale that all share is found from the values.
    if Self.self == Decimal128.self || Self.self == Decimal128?.self,
      let decimals = Array(values) as? [Decimal128?]
    {
      return Decimal128.column(exactly: decimals)
    }
    let appender = _appender(capacity: values.underestimatedCount)
    for value in values { appender.append(value) }
    return appender.finish()
  }
}

/// Collects values of one Swift type into a column; what `ColumnValue` types are written through
/// when nothing faster is known at compile time.
open class _ColumnAppender<Value> {
  public init() {}
  /// Appends one value.
  open func append(_ value: Value) {}
  /// Appends several values.
  open func append(contentsOf values: [Value]) {
    for value in values { append(value) }
  }
  /// Appends a null.
  open func appendNull() {}
  /// What is wrong with a value so far: the first that the column's type cannot hold.
  open var failure: ColumnarError? { nil }
  /// The rows so far, as a column; the appender is not used again.
  open func finish() -> Column { .nulls(0) }
}

extension Column {
  /// This column in the type that `Value` is stored in, or an error that names both.
  ///
  /// Numbers are not converted silently, with one exception: a column of nulls alone is taken for
  /// any type.
  package func checked<Value: ColumnValue>(for type: Value.Type) throws -> Column {
    if self.type == Value.columnType { return self }
    if self.type.kind == .null { return .nulls(of: Value.columnType, count: count) }
    if self.type.kind.matches(Value.columnType.kind) { return self }
    // A day is an instant too: its midnight.
    if self.type.kind == .date, case .timestamp = Value.columnType.kind {
      return try cast(to: Value.columnType, strict: true)
    }
    throw ColumnarError(
      .typeMismatch,
      "A column of \(self.type) cannot be read as \(SwiftName.of(Value.self)), which is stored as "
        + "\(Value.columnType). Ask for the right Swift type, or cast the column first.")
  }
}

extension DataType.Kind {
  /// Whether values of a column of this type can be read as Swift values of the other: units and
  /// zones are read by the decoder, and a fixed-size list is a list.
  package func matches(_ other: DataType.Kind) -> Bool {
    switch (self, other) {
    case (.timestamp, .timestamp), (.duration, .duration), (.decimal128, .decimal128): true
    case (.list(let a), .list(let b)), (.fixedSizeList(let a, _), .list(let b)):
      a.kind.matches(b.kind)
    default: self == other
    }
  }
}
