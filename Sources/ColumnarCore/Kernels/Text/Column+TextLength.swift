extension Column {
  /// The number of bytes of each string (in UTF-8) or binary value, as int64; null stays null.
  package func byteCount() throws -> Column {
    try requireText("byteCount", orBinary: true)
    if type.kind == .null { return .nulls(of: .int64, count: count) }
    return measuringText { view, _, _ in Int64(view.count) }
  }

  /// The number of Unicode scalars of each string, as int64; null stays null.
  ///
  /// Scalars, not characters as Swift's `String.count` has them: "é" may be one or two. It is what
  /// Python and SQL count.
  package func characterCount() throws -> Column {
    try requireText("characterCount")
    if type.kind == .null { return .nulls(of: .int64, count: count) }
    return measuringText { _, text, row in Int64(text.bytes(row).scalarCount) }
  }

  /// The Unicode scalars from `start` on, `length` of them or all that are left; null stays null.
  ///
  /// A negative start counts from the end. What lies beyond the string is left out, so the result
  /// may be shorter or empty. The bytes are shared with the source.
  package func sliced(from start: Int, length: Int? = nil) throws -> Column {
    try requireText("sliced")
    if type.kind == .null { return self }
    let length = Swift.max(0, length ?? .max)
    return cuttingText { bytes in
      let first: Int
      var wanted = length
      if start < 0 {
        let place = bytes.scalarCount &+ start
        // A start before the string's own cuts off what would stand there.
        if place < 0 { wanted = wanted == .max ? .max : Swift.max(0, wanted &+ place) }
        first = bytes.offset(ofScalar: Swift.max(0, place), from: 0)
      } else {
        first = bytes.offset(ofScalar: start, from: 0)
      }
      return first..<bytes.offset(ofScalar: wanted, from: first)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The Unicode scalars of valid UTF-8.
  @inline(__always)
  var scalarCount: Int {
    guard let base = baseAddress else { return 0 }
    var total = 0
    var at = 0
    while at &+ 8 <= count {
      total &+= ByteWords.scalarStarts(base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at &+= 8
    }
    while at < count {
      let isContinuation = base.load(fromByteOffset: at, as: UInt8.self) & 0xC0 == 0x80
      total &+= isContinuation ? 0 : 1
      at &+= 1
    }
    return total
  }

  /// The offset of the scalar `number` places after the one at `offset`; the end if there are
  /// fewer.
  func offset(ofScalar number: Int, from offset: Int) -> Int {
    var at = offset
    var left = number
    while at < count {
      if self[at] & 0xC0 != 0x80 {
        if left == 0 { return at }
        left &-= 1
      }
      at &+= 1
    }
    return count
  }
}
