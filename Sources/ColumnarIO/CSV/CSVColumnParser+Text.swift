import ColumnarCore

extension CSVColumnParser {
  /// Strings or binary values: up to twelve bytes go into the view, the bytes of longer ones are
  /// copied to a block.
  ///
  /// They are copied although views could point into the mapped file, because a frame should
  /// neither keep a file mapped nor change when somebody writes to that file.
  mutating func texts(isString: Bool) -> Column {
    let rows = fields.rows
    let memory = MutableBuffer(count: rows * 16)
    let views = memory.pointer(as: ByteView.self)
    var nulls = CSVNulls(rows: rows)
    var block = MutableBuffer(capacity: blockBytes())
    let (text, stride) = (fields.text, fields.stride)
    let quote = dialect.quote.map { Int($0) } ?? -1
    let nullLengths = dialect.spelledNulls.reduce(0 as UInt64) { $0 | 1 << UInt64($1.count & 63) }
    let checks = isString && !isValidText
    let asksQuoted = dialect.escape != nil || dialect.readsQuotedNulls
    let emptyIsNull = dialect.isEmptyNull
    var place = fields.bounds + column
    for row in 0..<rows {
      var begin = text + Int(place[0] &+ 1)
      var length = Int(place[1] &- (place[0] &+ 1))
      place += stride
      if checks, !isValid(row) {
        views[row] = ByteView(low: 0, high: 0)
        nulls.add(row)
        continue
      }
      var isPlain = true
      if length == 0 {
        isPlain = !emptyIsNull
      } else if Int(begin.load(as: UInt8.self)) == quote {
        begin += 1
        length &-= 2
        isPlain = !asksQuoted && Self.isSimple(begin, length, UInt8(truncatingIfNeeded: quote))
      } else if nullLengths &>> UInt64(length & 63) & 1 != 0 {
        isPlain = !dialect.isNull(UnsafeRawBufferPointer(start: begin, count: length))
      }
      if isPlain {
        views[row] = Self.view(begin, length, &block)
      } else if let slow = slowText(row) {
        views[row] = Self.copy(slow, &block)
      } else {
        views[row] = ByteView(low: 0, high: 0)
        nulls.add(row)
      }
    }
    return Column(
      type: type, views: memory.freeze(), blocks: block.count > 0 ? [block.freeze()] : [],
      validity: nulls.finish(), count: rows)
  }

  /// The bytes of all fields too long for a view, an upper bound of what the block will hold.
  private func blockBytes() -> Int {
    var total = 0
    var place = fields.bounds + column
    for _ in 0..<fields.rows {
      let length = Int(place[1] &- (place[0] &+ 1))
      total &+= length > ByteView.inlineLimit ? length : 0
      place += fields.stride
    }
    return total
  }

  /// Whether the inside of a quoted field holds no quote but is closed by one.
  ///
  /// A negative length is
  /// a lone quote.
  @inline(__always)
  private static func isSimple(_ inside: UnsafeRawPointer, _ length: Int, _ quote: UInt8) -> Bool {
    guard length >= 0, inside.load(fromByteOffset: length, as: UInt8.self) == quote else {
      return false
    }
    let pattern = UInt64(quote) &* 0x0101_0101_0101_0101
    var at = 0
    while at < length {
      var word = inside.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ pattern
      // What is read beyond the field must not look like a quote.
      if length &- at < 8 { word |= ~0 &<< UInt64(truncatingIfNeeded: (length &- at) &<< 3) }
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return false }
      at &+= 8
    }
    return true
  }

  /// A view of text where it lies; sixteen bytes from its start may be read, and 32 behind its end.
  ///
  @inline(__always)
  private static func view(
    _ start: UnsafeRawPointer, _ count: Int, _ block: inout MutableBuffer
  ) -> ByteView {
    guard count <= ByteView.inlineLimit else { return long(start, count, &block) }
    let bits = UInt64(truncatingIfNeeded: count &<< 3)
    let first = start.loadUnaligned(as: UInt64.self)
    let second = start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let low = count >= 8 ? first : first & ((1 &<< bits) &- 1)
    let high = count > 8 ? second & ((1 &<< (bits &- 64)) &- 1) : 0
    return ByteView(
      low: UInt64(truncatingIfNeeded: count) | low &<< 32, high: low &>> 32 | high &<< 32)
  }

  /// A view of more than twelve bytes, copied to the block, which has room, in steps of 32 bytes.
  @inline(__always)
  private static func long(
    _ start: UnsafeRawPointer, _ count: Int, _ block: inout MutableBuffer
  ) -> ByteView {
    let offset = block.count
    let target = block.start + offset
    if count <= 128 {
      var at = 0
      while at < count {
        (target + at).storeBytes(
          of: (start + at).loadUnaligned(as: SIMD32<UInt8>.self), as: SIMD32<UInt8>.self)
        at &+= 32
      }
    } else {
      target.copyMemory(from: start, byteCount: count)
    }
    block.count = offset &+ count
    return ByteView(bytes: start, count: count, block: 0, offset: offset)
  }

  /// A view of text that lies in scratch memory, whose surroundings must not be read.
  private static func copy(
    _ text: UnsafeRawBufferPointer, _ block: inout MutableBuffer
  ) -> ByteView {
    guard let start = text.baseAddress, text.count > 0 else { return ByteView(low: 0, high: 0) }
    guard text.count > ByteView.inlineLimit else {
      return ByteView(inline: start, count: text.count)
    }
    let offset = block.count
    block.append(contentsOf: text)
    return ByteView(bytes: start, count: text.count, block: 0, offset: offset)
  }

  /// Checks a field's bytes and notes down where they are no UTF-8.
  private mutating func isValid(_ row: Int) -> Bool {
    guard let offset = UTF8Validation.firstInvalidByte(in: fields.bytes(row, column)) else {
      return true
    }
    note(row, .invalidUTF8(offset))
    return false
  }
}
