import ColumnarCore

/// The least or greatest of some values.
enum WrittenBound: Sendable, Equatable {
  case bool(Bool)
  case signed(Int64)
  case unsigned(UInt64)
  case float(Double)
  /// A decimal that is stored as bytes.
  case decimal(Int128)
  /// Text and binary values, cut if they are long: then it is a bound, and no value.
  case bytes([UInt8], isExact: Bool)

  /// Longer text is cut to about so many bytes.
  static let longest = 64

  /// The order of bounds of one column.
  static func < (a: WrittenBound, b: WrittenBound) -> Bool {
    switch (a, b) {
    case (.bool(let a), .bool(let b)): !a && b
    case (.signed(let a), .signed(let b)): a < b
    case (.unsigned(let a), .unsigned(let b)): a < b
    case (.float(let a), .float(let b)): a < b
    case (.decimal(let a), .decimal(let b)): a < b
    case (.bytes(let a, _), .bytes(let b, _)): a.lexicographicallyPrecedes(b)
    default: false
    }
  }

  /// Whether it is itself a value.
  var isExact: Bool {
    if case .bytes(_, let isExact) = self { return isExact }
    return true
  }

  /// The bytes that stand for it in a footer: plain encoding, without a length.
  ///
  /// Zero has two signs and no order between them, so that the least zero is the negative one and
  /// the greatest the positive one.
  func encoded(_ physical: ParquetPhysical, isLeast: Bool) -> [UInt8] {
    switch self {
    case .bool(let value): return [value ? 1 : 0]
    case .signed(let value):
      return Self.bytes(UInt64(bitPattern: value), physical == .int32 ? 4 : 8)
    case .unsigned(let value): return Self.bytes(value, physical == .int32 ? 4 : 8)
    case .float(let value):
      let value = value == 0 ? (isLeast ? -0.0 : 0.0) : value
      return physical == .float
        ? Self.bytes(UInt64(Float(value).bitPattern), 4) : Self.bytes(value.bitPattern, 8)
    case .decimal(let value): return value.withLeastBytes(Array.init)
    case .bytes(let bytes, _): return bytes
    }
  }

  private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  // MARK: Cutting

  /// A bound from below of values of which this is the least.
  static func least(_ bytes: UnsafeRawBufferPointer, isText: Bool) -> WrittenBound {
    guard bytes.count > longest else { return .bytes(Array(bytes), isExact: true) }
    return .bytes(Array(bytes[0..<cut(bytes, isText)]), isExact: false)
  }

  /// A bound from above of values of which this is the greatest; nil if there is none that is short.
  static func greatest(_ bytes: UnsafeRawBufferPointer, isText: Bool) -> WrittenBound? {
    guard bytes.count > longest else { return .bytes(Array(bytes), isExact: true) }
    let head = Array(bytes[0..<cut(bytes, isText)])
    return (isText ? nextText(head) : nextBytes(head)).map { .bytes($0, isExact: false) }
  }

  /// Where to cut: text between two characters.
  private static func cut(_ bytes: UnsafeRawBufferPointer, _ isText: Bool) -> Int {
    var end = longest
    while isText, end > longest - 4, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  /// The least bytes greater than all that begin with these.
  private static func nextBytes(_ bytes: [UInt8]) -> [UInt8]? {
    guard let last = bytes.lastIndex(where: { $0 != 0xFF }) else { return nil }
    return bytes[0..<last] + [bytes[last] + 1]
  }

  /// The least text greater than all that begins with this.
  private static func nextText(_ bytes: [UInt8]) -> [UInt8]? {
    var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    while let last = scalars.popLast() {
      let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
      if let scalar = Unicode.Scalar(next) {
        var text = String.UnicodeScalarView(scalars)
        text.append(scalar)
        return Array(String(text).utf8)
      }
    }
    return nil
  }
}

/// What is noted of some values: bounds of those that compare, and how many do not.
struct WrittenBounds: Sendable, Equatable {
  var least: WrittenBound?
  var greatest: WrittenBound?
  var nanCount = 0
  /// Whether some value is beyond all short bounds, so that there is no bound above.
  var hasNoGreatest = false

  /// The bounds of these values and others.
  mutating func merge(_ other: WrittenBounds) {
    nanCount += other.nanCount
    if let theirs = other.least, least.map({ theirs < $0 }) ?? true { least = theirs }
    hasNoGreatest = hasNoGreatest || other.hasNoGreatest
    if hasNoGreatest {
      greatest = nil
    } else if let theirs = other.greatest, greatest.map({ $0 < theirs }) ?? true {
      greatest = theirs
    }
  }
}
