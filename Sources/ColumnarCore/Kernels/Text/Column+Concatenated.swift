extension Column {
  /// This text followed by the other's, row by row; null if either is null.
  package func concatenated(_ other: Column) throws -> Column {
    try requireText("concatenated")
    try other.requireText("concatenated")
    try requireCount(of: other, for: "concatenated")
    if count == 0 { return .empty(.string) }
    if isConstantNull || other.isConstantNull { return .nulls(of: .string, count: count) }
    if encoding == .constant, other.encoding == .constant {
      return .constant(try encodedValues.concatenated(other.encodedValues), count: count)
    }
    let (a, b) = (BytesOperand(self), BytesOperand(other))
    var builder = BytesBuilder(capacity: count)
    for row in 0..<count {
      let (left, right) = (a.bytes(row), b.bytes(row))
      let length = left.count &+ right.count
      guard length <= Int(Int32.max) else {
        throw ColumnarError(
          .overflow, "A text of \(length) bytes is too long: 2,147,483,647 are the most."
        ).at(.row(row))
      }
      let target = builder.room(for: Swift.max(length, 16))
      if let base = left.baseAddress { target.copyMemory(from: base, byteCount: left.count) }
      if let base = right.baseAddress {
        (target + left.count).copyMemory(from: base, byteCount: right.count)
      }
      if length > ByteView.inlineLimit {
        builder.appendFilled(length)
      } else {
        builder.append(view: ByteView(inline: target, count: length))
      }
    }
    withExtendedLifetime((a, b)) {}
    return builder.finish().withValidity(Bitmap.both(validity, other.validity))
  }
}
