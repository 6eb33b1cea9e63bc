import ColumnarCore

/// Reads the tokens of one line of JSON, from the first byte to the last.
///
/// At least 64 bytes behind the line may be read; nothing behind `end` is taken for text.
struct JSONScanner {
  var at: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  let maxDepth: Int

  init(_ start: UnsafeRawPointer, count: Int, maxDepth: Int) {
    at = start.assumingMemoryBound(to: UInt8.self)
    end = at + count
    self.maxDepth = maxDepth
  }

  /// Goes on to the next byte that is no white space; false at the end.
  @inline(__always)
  mutating func skipSpace() -> Bool {
    while at < end {
      let byte = at.pointee
      if byte != 0x20, byte != 0x0D, byte != 0x09 { return true }
      at += 1
    }
    return false
  }

  /// The next byte that is no white space, without using it up; 0 at the end.
  @inline(__always)
  mutating func peek() -> UInt8 { skipSpace() ? at.pointee : 0 }

  /// Uses up one byte, which must come next.
  @inline(__always)
  mutating func expect(_ byte: UInt8, _ what: JSONFault.Expected) throws(JSONFault) {
    guard peek() == byte, at < end else { throw JSONFault(.expected(what), at) }
    at += 1
  }

  /// A string whose quote comes next: the bytes between its quotes, and whether there are escapes
  /// among them, which are not checked here.
  @inline(__always)
  mutating func string() throws(JSONFault) -> (
    start: UnsafePointer<UInt8>, count: Int, isEscaped: Bool
  ) {
    let start = at + 1
    var place = start
    var isEscaped = false
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    while place < end {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      let special =
        (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
          | ((word &- (ones &* 0x20)) & ~word)) & tops
      if special == 0 {
        place += 8
        continue
      }
      place += special.trailingZeroBitCount &>> 3
      guard place < end else { break }
      let byte = place.pointee
      if byte == 0x22 {
        at = place + 1
        return (start, place - start, isEscaped)
      }
      if byte != 0x5C { throw JSONFault(.controlCharacter, place) }
      isEscaped = true
      place += 2
    }
    throw JSONFault(.openString, start - 1, length: min(end - start + 1, 40))
  }

  /// Uses up the word that comes next if it is this one.
  @inline(__always)
  mutating func isWord(_ word: UInt32, _ last: UInt8?) -> Bool {
    let length = last == nil ? 4 : 5
    guard at + length <= end,
      UInt32(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt32.self)) == word,
      last == nil || at[4] == last
    else { return false }
    at += length
    return true
  }

  @inline(__always)
  mutating func isNull() -> Bool { isWord(0x6C6C_756E, nil) }
  @inline(__always)
  mutating func isTrue() -> Bool { isWord(0x6575_7274, nil) }
  @inline(__always)
  mutating func isFalse() -> Bool { isWord(0x736C_6166, 0x65) }
}

/// A number as written.
struct JSONNumber {
  var start: UnsafePointer<UInt8>
  var count = 0
  var isNegative = false
  /// Whether it has neither fraction nor exponent.
  var isWhole = true
  /// The first nineteen digits but for zeros before them.
  var significand: UInt64 = 0
  /// The digits in all, without those zeros.
  var digits = 0
  /// The power of ten that the significand is multiplied by; of use where it has all digits.
  var exponent = 0

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// The number rounded to the nearest double; infinite beyond the range.
  var double: Double {
    guard digits <= 19 else { return TextParsing.double(bytes) ?? .infinity }
    if significand == 0 { return isNegative ? -0.0 : 0 }
    let magnitude = TextParsing.scaled(significand, by: exponent)
    return isNegative ? -magnitude : magnitude
  }

  /// The number as an integer, nil where it is none or beyond int64.
  var int64: Int64? {
    if isWhole, digits <= 19 { return TextParsing.signed(significand, negative: isNegative) }
    if isWhole { return TextParsing.int64(bytes) }
    let value = double
    return value.magnitude < 0x1p53 ? Int64(exactly: value) : nil
  }

  /// The number as an unsigned integer, nil where it is none.
  var uint64: UInt64? {
    if isWhole { return TextParsing.uint64(bytes) }
    return int64.flatMap { UInt64(exactly: $0) }
  }
}

extension JSONScanner {
  /// The number that comes next; it begins with a minus sign or a digit.
  @inline(__always)
  mutating func number() throws(JSONFault) -> JSONNumber {
    var number = JSONNumber(start: at)
    var place = at
    if place.pointee == 0x2D {
      number.isNegative = true
      place += 1
    }
    guard place < end, place.pointee &- 0x30 <= 9 else { throw JSONFault(.number, at) }
    if place.pointee == 0x30 {
      place += 1
      if place < end, place.pointee &- 0x30 <= 9 { throw JSONFault(.number, at) }
    } else {
      Self.digits(&place, end, &number)
    }
    if place < end, place.pointee == 0x2E {
      place += 1
      let first = place
      Self.digits(&place, end, &number)
      guard place > first else { throw JSONFault(.number, at) }
      number.isWhole = false
      number.exponent = first - place
    }
    if place < end, place.pointee | 0x20 == 0x65 { try exponent(&place, &number) }
    number.count = place - at
    at = place
    return number
  }

  /// Digits into the significand, as long as they fit.
  @inline(__always)
  private static func digits(
    _ place: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ number: inout JSONNumber
  ) {
    var (significand, count) = (number.significand, number.digits)
    while place < end {
      let digit = place.pointee &- 0x30
      if digit > 9 { break }
      if significand != 0 || digit != 0 {
        if count < 19 { significand = significand &* 10 &+ UInt64(digit) }
        count &+= 1
      }
      place += 1
    }
    (number.significand, number.digits) = (significand, count)
  }

  @inline(never)
  private func exponent(
    _ place: inout UnsafePointer<UInt8>, _ number: inout JSONNumber
  ) throws(JSONFault) {
    place += 1
    var isNegative = false
    if place < end, place.pointee == 0x2D || place.pointee == 0x2B {
      isNegative = place.pointee == 0x2D
      place += 1
    }
    let first = place
    var value = 0
    while place < end, place.pointee &- 0x30 <= 9 {
      // Far beyond any double already.
      if value < 100_000 { value = value * 10 + Int(place.pointee &- 0x30) }
      place += 1
    }
    guard place > first else { throw JSONFault(.number, at) }
    number.isWhole = false
    number.exponent += isNegative ? -value : value
  }
}

extension JSONScanner {
  /// Goes behind the value that comes next, checking its syntax; `depth` is how many arrays and
  /// objects it lies in.
  mutating func skipValue(depth: Int) throws(JSONFault) {
    guard skipSpace() else { throw JSONFault(.expected(.value), at) }
    switch at.pointee {
    case 0x22:
      let text = try string()
      if text.isEscaped { try JSONEscapes.check(text.start, text.count) }
    case 0x7B: try skipObject(depth: depth + 1)
    case 0x5B: try skipArray(depth: depth + 1)
    case 0x2D, 0x30...0x39: _ = try number()
    default:
      guard isNull() || isTrue() || isFalse() else { throw JSONFault(.expected(.value), at) }
    }
  }

  private mutating func skipArray(depth: Int) throws(JSONFault) {
    guard depth <= maxDepth else { throw JSONFault(.tooDeep, at) }
    at += 1
    if peek() == 0x5D {
      at += 1
      return
    }
    while true {
      try skipValue(depth: depth)
      if peek() == 0x2C {
        at += 1
      } else {
        return try expect(0x5D, .commaOrBracket)
      }
    }
  }

  private mutating func skipObject(depth: Int) throws(JSONFault) {
    guard depth <= maxDepth else { throw JSONFault(.tooDeep, at) }
    at += 1
    if peek() == 0x7D {
      at += 1
      return
    }
    while true {
      guard peek() == 0x22 else { throw JSONFault(.expected(.key), at) }
      let key = try string()
      if key.isEscaped { try JSONEscapes.check(key.start, key.count) }
      try expect(0x3A, .colon)
      try skipValue(depth: depth)
      if peek() == 0x2C {
        at += 1
      } else {
        return try expect(0x7D, .commaOrBrace)
      }
    }
  }

  /// Nothing but white space may come.
  mutating func expectEnd() throws(JSONFault) {
    if skipSpace() { throw JSONFault(.textBehind, at) }
  }
}
