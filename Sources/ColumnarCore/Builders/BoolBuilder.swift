/// Appends booleans and nulls into a plain column.
@usableFromInline
package struct BoolBuilder: ~Copyable {
  @usableFromInline var bits: BitmapBuilder
  @usableFromInline var validity: BitmapBuilder
  @usableFromInline var hasNulls = false

  /// An empty builder with room for `capacity` rows.
  package init(capacity: Int = 0) {
    bits = BitmapBuilder(capacity: capacity)
    validity = BitmapBuilder()
  }

  /// The rows appended so far.
  package var count: Int { bits.count }

  /// Appends one value.
  @inlinable @inline(__always)
  package mutating func append(_ value: Bool) {
    bits.append(value)
    if hasNulls { validity.append(true) }
  }

  /// Appends a null.
  package mutating func appendNull() {
    if !hasNulls {
      hasNulls = true
      validity.append(repeating: true, count: bits.count)
    }
    bits.append(false)
    validity.append(false)
  }

  /// Appends a value or a null.
  package mutating func append(_ value: Bool?) {
    if let value { append(value) } else { appendNull() }
  }

  /// The rows as a boolean column.
  package consuming func finish() -> Column {
    let hasNulls = hasNulls
    let valid = hasNulls ? validity.finish() : nil
    return Column(bits: bits.finish(), validity: valid)
  }
}
