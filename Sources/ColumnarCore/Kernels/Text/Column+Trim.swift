extension Column {
  /// Text without white space at its ends; null stays null.
  ///
  /// The bytes are shared with the source.
  ///
  /// White space is what Python's `strip` takes for it: Unicode's White_Space and U+001C to U+001F.
  package func trimmed() throws -> Column { try trimmed(start: true, end: true) }

  /// Text without white space at its start.
  package func trimmedStart() throws -> Column { try trimmed(start: true, end: false) }

  /// Text without white space at its end.
  package func trimmedEnd() throws -> Column { try trimmed(start: false, end: true) }

  private func trimmed(start: Bool, end: Bool) throws -> Column {
    try requireText("trimmed")
    if type.kind == .null { return self }
    return cuttingText { bytes in
      var (low, high) = (0, bytes.count)
      while start, low < high {
        let length = WhiteSpace.length(at: low, of: bytes, high)
        if length == 0 { break }
        low &+= length
      }
      while end, low < high {
        let length = WhiteSpace.length(before: high, of: bytes, low)
        if length == 0 { break }
        high &-= length
      }
      return low..<high
    }
  }
}

/// White space in UTF-8.
private enum WhiteSpace {
  @inline(__always)
  static func isASCII(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)
  }

  /// The bytes of the white space that starts at `at`; 0 if there is none.
  @inline(__always)
  static func length(at: Int, of bytes: UnsafeRawBufferPointer, _ end: Int) -> Int {
    let first = bytes[at]
    if first < 0x80 { return isASCII(first) ? 1 : 0 }
    return wideLength(at: at, of: bytes, end)
  }

  /// The bytes of the white space that ends before `end`; 0 if there is none.
  @inline(__always)
  static func length(before end: Int, of bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    let last = bytes[end &- 1]
    if last < 0x80 { return isASCII(last) ? 1 : 0 }
    for length in 2...3 where end &- length >= start {
      if wideLength(at: end &- length, of: bytes, end) == length { return length }
    }
    return 0
  }

  /// U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
  @inline(never)
  private static func wideLength(at: Int, of bytes: UnsafeRawBufferPointer, _ end: Int) -> Int {
    guard at + 1 < end else { return 0 }
    let second = bytes[at + 1]
    if bytes[at] == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
    guard at + 2 < end else { return 0 }
    let third = bytes[at + 2]
    switch (bytes[at], second) {
    case (0xE1, 0x9A), (0xE3, 0x80): return third == 0x80 ? 3 : 0
    case (0xE2, 0x80):
      let isSpace = third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF
      return isSpace ? 3 : 0
    case (0xE2, 0x81): return third == 0x9F ? 3 : 0
    default: return 0
    }
  }
}
