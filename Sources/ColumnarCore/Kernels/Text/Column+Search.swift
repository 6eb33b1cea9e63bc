import CColumnarSystem
import Glibc

extension Column {
  /// Whether the text contains the other column's, byte for byte; null if either is null.
  package func contains(_ pattern: Column) throws -> Column {
    try searching("contains", pattern) { $0.firstOffset(of: $1, from: 0) != nil }
  }

  /// Whether the text starts with the other column's, byte for byte; null if either is null.
  package func startsWith(_ pattern: Column) throws -> Column {
    try searching("startsWith", pattern) { text, pattern in
      text.count >= pattern.count && isSame(text.baseAddress, pattern.baseAddress, pattern.count)
    }
  }

  /// Whether the text ends with the other column's, byte for byte; null if either is null.
  package func endsWith(_ pattern: Column) throws -> Column {
    try searching("endsWith", pattern) { text, pattern in
      text.count >= pattern.count
        && isSame(
          text.baseAddress.map { $0 + (text.count - pattern.count) }, pattern.baseAddress,
          pattern.count)
    }
  }

  @inline(__always)
  private func searching(
    _ name: String, _ pattern: Column,
    _ f: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
  ) throws -> Column {
    try requireText(name, orBinary: true)
    try pattern.requireText(name, orBinary: true)
    try requireCount(of: pattern, for: name)
    if isConstantNull || pattern.isConstantNull { return .nulls(of: .bool, count: count) }
    if count > 0, pattern.encoding == .constant, encoding != .plain {
      return try mappingValues { values in
        let constant = Column.constant(pattern.encodedValues, count: values.count)
        return try values.decoded().searching(plain: constant, f)
      }
    }
    return try searching(plain: pattern, f)
  }

  @inline(__always)
  private func searching(
    plain pattern: Column, _ f: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
  ) throws -> Column {
    let (text, patterns) = (BytesOperand(self), BytesOperand(pattern))
    let bits = Arity.bits(count) { f(text.bytes($0), patterns.bytes($0)) }
    withExtendedLifetime((text, patterns)) {}
    return Column(bits: bits, validity: Bitmap.both(validity, pattern.validity))
  }

  /// Text with every occurrence of `pattern`, found from the left and not overlapping, or only the
  /// first, replaced.
  ///
  /// Compared byte for byte. An empty pattern replaces nothing. Null stays null.
  package func replacing(
    _ pattern: String, with replacement: String, all: Bool = true
  ) throws -> Column {
    try requireText("replacing")
    if type.kind == .null || pattern.isEmpty { return self }
    let (pattern, replacement) = (Array(pattern.utf8), Array(replacement.utf8))
    return mappingValues { column in
      pattern.withUnsafeBytes { pattern in
        replacement.withUnsafeBytes { column.replacingPlain(pattern, $0, all) }
      }
    }
  }

  private func replacingPlain(
    _ pattern: UnsafeRawBufferPointer, _ replacement: UnsafeRawBufferPointer, _ all: Bool
  ) -> Column {
    let text = BytesView(self)
    var builder = BytesBuilder(capacity: count)
    var result = MutableBuffer(capacity: 256)
    for row in 0..<count {
      let bytes = text.bytes(row)
      guard var found = bytes.firstOffset(of: pattern, from: 0) else {
        builder.append(bytes)
        continue
      }
      result.count = 0
      var start = 0
      while true {
        result.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<found]))
        result.append(contentsOf: replacement)
        start = found + pattern.count
        guard all, let next = bytes.firstOffset(of: pattern, from: start) else { break }
        found = next
      }
      result.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
      builder.append(UnsafeRawBufferPointer(start: result.start, count: result.count))
    }
    withExtendedLifetime(text) {}
    return builder.finish(as: type).withValidity(text.validity)
  }
}

@inline(__always)
private func isSame(_ a: UnsafeRawPointer?, _ b: UnsafeRawPointer?, _ count: Int) -> Bool {
  guard count > 0, let a, let b else { return count == 0 }
  return memcmp(a, b, count) == 0
}

extension UnsafeRawBufferPointer {
  /// Where `pattern` first occurs at or after `start`, byte for byte.
  @inline(__always)
  func firstOffset(of pattern: UnsafeRawBufferPointer, from start: Int) -> Int? {
    if pattern.count == 0 { return start }
    guard let base = baseAddress, let wanted = pattern.baseAddress, count &- start >= pattern.count
    else { return nil }
    // A call of the C library costs more than looking at each place of a short text.
    if count <= 16 {
      let first = wanted.load(as: UInt8.self)
      for at in start...(count &- pattern.count)
      where base.load(fromByteOffset: at, as: UInt8.self) == first {
        if isSame(base + at, wanted, pattern.count) { return at }
      }
      return nil
    }
    let found = columnar_find(base + start, count &- start, wanted, pattern.count)
    return found < 0 ? nil : start &+ found
  }
}
