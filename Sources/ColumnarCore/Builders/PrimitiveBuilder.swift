/// Appends fixed-width values and nulls into a plain column.
@usableFromInline
package struct PrimitiveBuilder<T: Primitive>: ~Copyable {
  @usableFromInline var values: MutableBuffer
  @usableFromInline var validity: BitmapBuilder
  @usableFromInline var hasNulls = false
  /// The rows appended so far.
  @usableFromInline package private(set) var count = 0

  /// An empty builder with room for `capacity` rows.
  package init(capacity: Int = 0) {
    values = MutableBuffer(capacity: capacity * MemoryLayout<T>.stride)
    validity = BitmapBuilder()
  }

  /// Appends one value.
  @inlinable @inline(__always)
  package mutating func append(_ value: T) {
    values.append(value)
    if hasNulls { validity.append(true) }
    count &+= 1
  }

  /// Appends several values, copied as bytes.
  package mutating func append(contentsOf added: UnsafeBufferPointer<T>) {
    values.append(contentsOf: UnsafeRawBufferPointer(added))
    if hasNulls { validity.append(repeating: true, count: added.count) }
    count &+= added.count
  }

  /// Appends a null.
  @inlinable
  package mutating func appendNull() {
    if !hasNulls { startValidity() }
    values.reserve(MemoryLayout<T>.stride)
    (values.start + values.count).initializeMemory(
      as: UInt8.self, repeating: 0, count: MemoryLayout<T>.stride)
    values.count &+= MemoryLayout<T>.stride
    validity.append(false)
    count &+= 1
  }

  /// Appends a value or a null.
  @inlinable @inline(__always)
  package mutating func append(_ value: T?) {
    if let value { append(value) } else { appendNull() }
  }

  @usableFromInline
  mutating func startValidity() {
    hasNulls = true
    validity.append(repeating: true, count: count)
  }

  /// The rows as a column of `type`, which is stored in `T`'s width.
  package consuming func finish(as type: DataType = T.primitiveType) -> Column {
    let (count, hasNulls) = (count, hasNulls)
    let bits = hasNulls ? validity.finish() : nil
    return Column(type: type, values: values.freeze(), validity: bits, count: count)
  }
}
