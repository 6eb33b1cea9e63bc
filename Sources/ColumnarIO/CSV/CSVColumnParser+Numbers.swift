import ColumnarCore

extension CSVColumnParser {
  /// Integers of up to sixteen digits where they lie, in two steps of eight; the rest slowly.
  mutating func integers<T: Primitive & FixedWidthInteger>(_ as: T.Type) -> Column {
    var output = CSVValues<T>(rows: fields.rows)
    let values = output.values
    let nullsFirst = isNullReadable
    let (text, stride) = (fields.text, fields.stride)
    var place = fields.bounds + column
    for row in 0..<fields.rows {
      var begin = text + Int(place[0] &+ 1)
      var length = Int(place[1] &- (place[0] &+ 1))
      place += stride
      if isQuoted(begin, length) { (begin, length) = (begin + 1, length &- 2) }
      let isNegative = begin.load(as: UInt8.self) == 0x2D
      let sign = isNegative ? 1 : 0
      if let magnitude = Self.digits(begin + sign, length &- sign), !nullsFirst {
        let value = Int64(truncatingIfNeeded: magnitude)
        let narrow = T(truncatingIfNeeded: isNegative ? 0 &- value : value)
        if Int64(truncatingIfNeeded: narrow) == (isNegative ? 0 &- value : value) {
          values[row] = narrow
          continue
        }
      }
      output.set(row, slowly(row) { TextParsing.int64($0).flatMap { T(exactly: $0) } })
    }
    return output.finish(as: type)
  }

  /// One to sixteen digits and nothing else.
  ///
  /// Eight bytes from `start`, and eight from `start + 8`
  /// on, may be read.
  @inline(__always)
  static func digits(_ start: UnsafeRawPointer, _ count: Int) -> UInt64? {
    if count &- 1 < 8, count > 0 {
      let word = padded(start, count)
      return TextParsing.areEightDigits(word) ? TextParsing.eightDigits(word) : nil
    }
    guard count > 8, count <= 16 else { return nil }
    let high = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
    let low = padded(start + 8, count &- 8)
    guard TextParsing.areEightDigits(high), TextParsing.areEightDigits(low) else { return nil }
    return TextParsing.eightDigits(high) &* power(count &- 8) &+ TextParsing.eightDigits(low)
  }

  /// One to eight bytes with zero digits before them.
  ///
  @inline(__always)
  private static func padded(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
    let word = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
    let bits = UInt64(truncatingIfNeeded: count &<< 3)
    let zeros = (0x3030_3030_3030_3030 as UInt64 &>> (bits &- 8)) &>> 8
    return word &<< (64 &- bits) | zeros
  }

  /// Ten to the power of 1 to 8.
  @inline(__always)
  private static func power(_ exponent: Int) -> UInt64 {
    var power: UInt64 = exponent & 1 == 0 ? 1 : 10
    if exponent & 2 != 0 { power = power &* 100 }
    if exponent & 4 != 0 { power = power &* 10_000 }
    if exponent & 8 != 0 { power = power &* 100_000_000 }
    return power
  }

  /// Whether a field stands in quotes; quotes within it make no number and are left to the slow
  /// way.
  @inline(__always)
  private func isQuoted(_ begin: UnsafeRawPointer, _ length: Int) -> Bool {
    let first = begin.load(as: UInt8.self)
    return first == quoteByte && length >= 2
      && begin.load(fromByteOffset: length &- 1, as: UInt8.self) == first
  }

  /// Values of a type that reads its text in one call.
  @inline(__always)
  mutating func values<T: Primitive>(
    _ as: T.Type, _ read: (UnsafeRawBufferPointer) -> T?
  ) -> Column {
    var output = CSVValues<T>(rows: fields.rows)
    let values = output.values
    let nullsFirst = isNullReadable
    let (text, stride) = (fields.text, fields.stride)
    var place = fields.bounds + column
    for row in 0..<fields.rows {
      var begin = text + Int(place[0] &+ 1)
      var length = Int(place[1] &- (place[0] &+ 1))
      place += stride
      if isQuoted(begin, length) { (begin, length) = (begin + 1, length &- 2) }
      if !nullsFirst, let value = read(UnsafeRawBufferPointer(start: begin, count: length)) {
        values[row] = value
      } else {
        output.set(row, slowly(row, read))
      }
    }
    return output.finish(as: type)
  }
}
