/// Collects the results of a UDF's row loop, row by row, into a column.
///
/// Like `ValueReader` it is unconstrained: for numbers a write is one store, for strings an append
/// of bytes.
@usableFromInline
package struct ValueWriter<Value>: ~Copyable {
  /// Where numbers go, else nil.
  @usableFromInline package let direct: UnsafeMutablePointer<Value>?
  @usableFromInline var numbers: MutableBuffer
  /// One byte per row: the value of a boolean, or whether an optional number is there.
  @usableFromInline var flags: MutableBuffer
  @usableFromInline var strings: BytesBuilder
  @usableFromInline let appender: _ColumnAppender<Value>
  @usableFromInline let kind: WriterKind
  @usableFromInline let count: Int
  let type: DataType

  /// A writer of `count` rows; those that are not written, or set to null, stay null.
  @usableFromInline
  package init(count: Int) {
    let kind = WriterKind(Value.self)
    let valueType = Value.self as? any ColumnValue.Type
    let type = valueType?.columnType ?? .null
    let width = kind == .number || kind == .optionalNumber ? type.physical.width ?? 8 : 0
    // All parts are made before the first is assigned: reading one of them back during init was
    // miscompiled.
    let numbers = MutableBuffer(count: count * width)
    let flags = MutableBuffer(count: kind == .bool || kind == .optionalNumber ? count : 0)
    let strings = BytesBuilder(capacity: kind == .string ? count : 0)
    let direct = kind == .number ? numbers.start.assumingMemoryBound(to: Value.self) : nil
    let appender =
      kind == .other
      ? valueType?.anyAppender(capacity: count) ?? OpaqueAppender<Value>() : _ColumnAppender()
    self.direct = direct
    self.numbers = numbers
    self.flags = flags
    self.strings = strings
    self.appender = appender
    self.kind = kind
    self.count = count
    self.type = type
  }

  /// Sets row `row`; rows come in order, each once.
  @inlinable @inline(__always)
  package mutating func set(_ row: Int, _ value: Value) {
    if let direct {
      direct[row] = value
    } else if Value.self == String.self {
      strings.append(unsafeBitCast(value, to: String.self))
    } else if Value.self == Bool.self {
      flags.pointer(as: Bool.self)[row] = unsafeBitCast(value, to: Bool.self)
    } else if !setOptional(row, value) {
      appender.append(value)
    }
  }

  /// Sets an optional number; folds to a store of the number and of its presence where `Value` is
  /// known.
  @inlinable @inline(__always)
  mutating func setOptional(_ row: Int, _ value: Value) -> Bool {
    if Value.self == Double?.self { return store(row, unsafeBitCast(value, to: Double?.self), 0) }
    if Value.self == Int?.self { return store(row, unsafeBitCast(value, to: Int?.self), 0) }
    if Value.self == Int64?.self { return store(row, unsafeBitCast(value, to: Int64?.self), 0) }
    if Value.self == Float?.self { return store(row, unsafeBitCast(value, to: Float?.self), 0) }
    if Value.self == Int32?.self { return store(row, unsafeBitCast(value, to: Int32?.self), 0) }
    if Value.self == Int16?.self { return store(row, unsafeBitCast(value, to: Int16?.self), 0) }
    if Value.self == Int8?.self { return store(row, unsafeBitCast(value, to: Int8?.self), 0) }
    if Value.self == UInt?.self { return store(row, unsafeBitCast(value, to: UInt?.self), 0) }
    if Value.self == UInt64?.self { return store(row, unsafeBitCast(value, to: UInt64?.self), 0) }
    if Value.self == UInt32?.self { return store(row, unsafeBitCast(value, to: UInt32?.self), 0) }
    if Value.self == UInt16?.self { return store(row, unsafeBitCast(value, to: UInt16?.self), 0) }
    if Value.self == UInt8?.self { return store(row, unsafeBitCast(value, to: UInt8?.self), 0) }
    return false
  }

  @inlinable @inline(__always)
  mutating func store<T: BitwiseCopyable>(_ row: Int, _ value: T?, _ absent: T) -> Bool {
    numbers.pointer(as: T.self)[row] = value ?? absent
    flags.pointer(as: Bool.self)[row] = value != nil
    return true
  }

  /// Sets row `row` to null.
  @inlinable
  package mutating func setNull(_ row: Int) {
    switch kind {
    case .number:
      let width = MemoryLayout<Value>.stride
      (numbers.start + row &* width).initializeMemory(as: UInt8.self, repeating: 0, count: width)
    case .optionalNumber, .bool:
      setNullNumber(row)
    case .string: strings.appendNull()
    case .other: appender.appendNull()
    }
  }

  @usableFromInline
  mutating func setNullNumber(_ row: Int) {
    flags.pointer(as: UInt8.self)[row] = 0
    if kind == .optionalNumber {
      let width = type.physical.width ?? 8
      (numbers.start + row * width).initializeMemory(as: UInt8.self, repeating: 0, count: width)
    }
  }

  /// Throws if a value is none that the column's type holds.
  @usableFromInline
  package borrowing func check() throws {
    if kind == .other, let failure = appender.failure { throw failure }
  }

  /// The rows as a column.
  ///
  /// `validity` says which rows were set at all.
  @usableFromInline
  package consuming func finish(validity: Bitmap?) -> Column {
    let (kind, type, count, appender) = (kind, type, count, appender)
    switch kind {
    case .number:
      return Column(type: type, values: numbers.freeze(), validity: validity, count: count)
    case .optionalNumber:
      let present = Bitmap(packing: flags.freeze(), count: count)
      let all = present.setCount == count ? validity : Bitmap.both(present, validity)
      return Column(type: type, values: numbers.freeze(), validity: all, count: count)
    case .bool:
      return Column(bits: Bitmap(packing: flags.freeze(), count: count), validity: validity)
    case .string: return strings.finish()
    case .other: return appender.finish()
    }
  }
}

/// How a Swift type's results are collected.
@frozen
@usableFromInline
package enum WriterKind {
  case number, optionalNumber, bool, string, other

  init<Value>(_ type: Value.Type) {
    guard let value = type as? any ColumnValue.Type else {
      self = .other
      return
    }
    if type == String.self {
      self = .string
    } else if type == Bool.self {
      self = .bool
    } else if value.isStoredAsItself {
      self = value._isNullable ? .optionalNumber : .number
    } else {
      self = .other
    }
  }
}

/// Collects values of a type that no column type stands for.
private final class OpaqueAppender<Value>: _ColumnAppender<Value> {
  private let isOptional = Value.self is any AnyOptional.Type
  private var objects: [any Sendable] = []
  private var validity = BitmapBuilder()

  override func append(_ value: Value) {
    if isOptional, let optional = value as? any AnyOptional, optional.wrapped == nil {
      return appendNull()
    }
    // Nodes and UDFs ask for Sendable results; the conformance is only lost in the unconstrained
    // generics between.
    objects.append(sendable(value))
    validity.append(true)
  }

  override func appendNull() {
    objects.append(Absent.value)
    validity.append(false)
  }

  override func finish() -> Column {
    var bits = BitmapBuilder()
    swap(&bits, &validity)
    let nulls = bits.clearCount
    let valid = bits.finish()
    return Column(
      storage: ColumnStorage(
        type: .opaque(Value.self), validity: nulls == 0 ? nil : valid.buffer, objects: objects),
      count: objects.count)
  }
}

/// `value` as an existential that may cross threads.
///
/// `Sendable` has no witness table, so the existential of `Any` is laid out as that of `any
/// Sendable`; that the type is one was checked where the node or function was made.
private func sendable<Value>(_ value: Value) -> any Sendable {
  unsafeBitCast(value as Any, to: (any Sendable).self)
}

extension ColumnValue {
  fileprivate static func anyAppender<Value>(capacity: Int) -> _ColumnAppender<Value>? {
    _appender(capacity: capacity) as? _ColumnAppender<Value>
  }
}

extension Bitmap {
  /// One bit per byte of zero or one.
  package init(packing flags: Buffer, count: Int) {
    let bytes = flags.pointer(as: UInt8.self)
    self = Bitmap(count: count) { k in
      var word: UInt64 = 0
      let first = k &* 64
      for i in 0..<Swift.min(64, count &- first) {
        word |= UInt64(bytes[first &+ i]) &<< UInt64(truncatingIfNeeded: i)
      }
      return word
    }
  }
}
