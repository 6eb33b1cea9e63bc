/// Reads the rows of one column, or one unchanging state, as Swift values inside a UDF's row loop.
///
/// It is unconstrained on purpose: numbers and strings are told apart by comparing metatypes, which
/// the optimiser folds away where `Value` is known, so that one set of entry points serves column
/// values, states and opaque values alike and a row loop over numbers becomes plain loads.
@frozen
public struct ValueReader<Value> {
  /// The values where they lie in memory just as `Value`s, else nil.
  @usableFromInline package let direct: UnsafePointer<Value>?
  /// All ones for a column, zero for a constant: row `i` is at `direct[i & mask]`.
  @usableFromInline package let mask: Int
  @usableFromInline let values: UnsafeRawPointer?
  @usableFromInline let texts: TextPointers?
  @usableFromInline let validity: Bitmap?
  @usableFromInline let decode: (Int) -> Value
  /// Keeps the memory alive.
  @usableFromInline let column: Column?
  /// Keeps the list of the text's blocks alive.
  @usableFromInline let blocks: Buffer?
  /// Keeps a state's cell alive.
  @usableFromInline let cell: StateCell<Value>?

  /// A reader of a state: every row is `value`, which lies in a cell and is read like a constant.
  package init(state value: Value) {
    let cell = StateCell(value)
    self.cell = cell
    direct = UnsafePointer(cell.address)
    mask = 0
    values = nil
    texts = nil
    validity = nil
    decode = { _ in value }
    column = nil
    blocks = nil
  }

  /// A reader of a column; a type that `Value` is not stored in is an error.
  package init(_ column: Column) throws {
    cell = nil
    let isConstant = column.encoding == .constant
    let plain = isConstant ? column.storage.children[0] : column.decoded()
    self.column = plain
    mask = isConstant ? 0 : ~0
    var (direct, values): (UnsafePointer<Value>?, UnsafeRawPointer?)
    var (texts, blocks): (TextPointers?, Buffer?)
    if let type = Value.self as? any ColumnValue.Type {
      let checked = try type.check(plain)
      if let width = checked.type.physical.width, type.isStoredAsItself {
        values = checked.storage.values.start + checked.offset * width
        if !type._isNullable { direct = values?.assumingMemoryBound(to: Value.self) }
      }
      if type == String.self { (texts, blocks) = TextPointers.make(BytesView(checked)) }
      let anyDecode = try type.anyDecoder(checked, as: Value.self)
      decode = isConstant ? { _ in anyDecode(0) } : anyDecode
      validity = checked.validity
    } else {
      let objects = try plain.objects(as: Value.self)
      decode = isConstant ? { _ in objects(0) } : objects
      validity = plain.validity
    }
    (self.direct, self.values) = (direct, values)
    (self.texts, self.blocks) = (texts, blocks)
  }

  /// The value of a row.
  ///
  /// A null row is asked for only if `Value` is optional.
  @inlinable @inline(__always)
  package func value(_ row: Int) -> Value {
    if let direct { return direct[row & mask] }
    if Value.self == String.self, let texts {
      return unsafeBitCast(texts.string(row & mask), to: Value.self)
    }
    if let values, let number = optionalNumber(row & mask, values) { return number }
    return decode(row)
  }

  /// The value if `Value` is an optional number, else nil; folds to one load where `Value` is known.
  @inlinable @inline(__always)
  func optionalNumber(_ row: Int, _ values: UnsafeRawPointer) -> Value? {
    if Value.self == Double?.self { return load(row, values, Double.self) }
    if Value.self == Int?.self { return load(row, values, Int.self) }
    if Value.self == Int64?.self { return load(row, values, Int64.self) }
    if Value.self == Float?.self { return load(row, values, Float.self) }
    if Value.self == Int32?.self { return load(row, values, Int32.self) }
    if Value.self == Int16?.self { return load(row, values, Int16.self) }
    if Value.self == Int8?.self { return load(row, values, Int8.self) }
    if Value.self == UInt?.self { return load(row, values, UInt.self) }
    if Value.self == UInt64?.self { return load(row, values, UInt64.self) }
    if Value.self == UInt32?.self { return load(row, values, UInt32.self) }
    if Value.self == UInt16?.self { return load(row, values, UInt16.self) }
    if Value.self == UInt8?.self { return load(row, values, UInt8.self) }
    return nil
  }

  @inlinable @inline(__always)
  func load<T: BitwiseCopyable>(_ row: Int, _ values: UnsafeRawPointer, _: T.Type) -> Value {
    let isValid = validity?.isSet(row) ?? true
    let number: T? = isValid ? values.assumingMemoryBound(to: T.self)[row] : nil
    return unsafeBitCast(number, to: Value.self)
  }
}

/// Memory for one value that a reader points at.
@usableFromInline
final class StateCell<Value> {
  let address: UnsafeMutablePointer<Value>

  init(_ value: Value) {
    address = .allocate(capacity: 1)
    address.initialize(to: value)
  }

  deinit {
    address.deinitialize(count: 1)
    address.deallocate()
  }
}

extension ColumnValue {
  /// Whether a column's memory holds these values (or the wrapped ones) bit for bit.
  package static var isStoredAsItself: Bool {
    if let primitive = Self.self as? any Primitive.Type { return primitive == Self.self }
    // An optional of an optional has more to say than a value and a bit.
    return Self.self is any OptionalPrimitive.Type
  }

  fileprivate static func check(_ column: Column) throws -> Column {
    try column.checked(for: Self.self).decoded()
  }

  fileprivate static func anyDecoder<Value>(
    _ column: Column, as type: Value.Type
  ) throws -> (Int) -> Value {
    // Value is Self here; boxing the function lets the runtime see that it is, once per batch.
    guard let box = DecoderBox(decode: try _decoder(column)) as? DecoderBox<Value> else {
      throw ColumnarError(.internal, "a decoder of \(Self.self) was asked for \(Value.self).")
    }
    return box.decode
  }
}

/// An optional of just a fixed-width number.
private protocol OptionalPrimitive {}
extension Optional: OptionalPrimitive where Wrapped: Primitive {}

private struct DecoderBox<Value> {
  let decode: (Int) -> Value
}

extension Column {
  /// Reads an opaque column as values of one Swift type.
  package func objects<Value>(as type: Value.Type) throws -> (Int) -> Value {
    guard case .opaque(let stored) = self.type.kind else {
      throw ColumnarError(
        .typeMismatch,
        "A column of \(self.type) cannot be read as \(Value.self), which no column type stands for."
      )
    }
    guard stored == OpaqueType(Value.self) || objects.allSatisfy({ $0 is Value }) else {
      throw ColumnarError(
        .typeMismatch, "The column holds values of \(stored.name), not of \(Value.self).")
    }
    let values = objects
    let first = values.startIndex
    let absent = (Value.self as? any ExpressibleByNilLiteral.Type)
      .flatMap { Self.none($0, Value.self) }
    return { row in
      let object = values[first + row]
      // An optional of any type at all would take what stands in null rows for a value.
      if let absent, object is Absent { return absent }
      if let value = object as? Value { return value }
      // Only optional readers ask for null rows, and for those there is `absent`.
      fatalError("a null row of an opaque column was read as \(Value.self)")
    }
  }

  /// Nil as a value of that optional type: the outermost of several, where a cast of `any` would
  /// wrap it.
  private static func none<Wrapping: ExpressibleByNilLiteral, Value>(
    _ type: Wrapping.Type, _: Value.Type
  ) -> Value? { Wrapping(nilLiteral: ()) as? Value }
}
