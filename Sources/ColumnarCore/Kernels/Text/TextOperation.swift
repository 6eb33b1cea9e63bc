extension Column {
  /// Throws unless this is a string column, or one of nothing but null.
  func requireText(_ operation: String, orBinary: Bool = false) throws {
    if type.kind == .string || type.kind == .null || (orBinary && type.kind == .binary) { return }
    throw undefined("\(operation)", [type], hint: "Cast the column to string first.")
  }

  /// A string column with a part of each value, given as byte range within it; the bytes are
  /// shared, not copied.
  @inline(__always)
  func cuttingText(_ range: (UnsafeRawBufferPointer) -> Range<Int>) -> Column {
    mappingValues { column in
      let text = BytesView(column)
      let memory = MutableBuffer(count: column.count &* 16)
      let out = memory.pointer(as: ByteView.self)
      for row in 0..<column.count {
        let view = text.views[row]
        let bytes = text.bytes(row)
        guard let base = bytes.baseAddress else {
          out[row] = view
          continue
        }
        let part = range(bytes)
        let start = base + part.lowerBound
        if part.count == view.count {
          out[row] = view
        } else if part.count <= ByteView.inlineLimit {
          out[row] = ByteView(inline: start, count: part.count)
        } else {
          out[row] = ByteView(
            bytes: start, count: part.count, block: view.block,
            offset: view.offset &+ part.lowerBound)
        }
      }
      withExtendedLifetime(text) {}
      return Column(
        type: column.type, views: memory.freeze(), blocks: text.column.storage.blocks,
        validity: text.validity, count: column.count)
    }
  }

  /// An int64 column with a number for each value.
  @inline(__always)
  func measuringText(_ f: (ByteView, BytesView, Int) -> Int64) -> Column {
    mappingValues { column in
      let text = BytesView(column)
      let memory = MutableBuffer(count: column.count &* 8)
      let out = memory.pointer(as: Int64.self)
      for row in 0..<column.count { out[row] = f(text.views[row], text, row) }
      withExtendedLifetime(text) {}
      return Column(
        type: .int64, values: memory.freeze(), validity: text.validity, count: column.count)
    }
  }
}

/// Eight bytes at a time.
enum ByteWords {
  static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// ASCII bytes with capital letters made small; other bytes of an ASCII word stay.
  @inline(__always)
  static func lowercased(_ word: UInt64) -> UInt64 {
    let low = word & ~highBits
    // The top bit of a byte tells "at least A" and "beyond Z".
    let isLetter =
      ((low &+ 0x3F3F_3F3F_3F3F_3F3F) ^ (low &+ 0x2525_2525_2525_2525)) & highBits & ~word
    return word | (isLetter &>> 2)
  }

  /// ASCII bytes with small letters made capital; other bytes of an ASCII word stay.
  @inline(__always)
  static func uppercased(_ word: UInt64) -> UInt64 {
    let low = word & ~highBits
    let isLetter =
      ((low &+ 0x1F1F_1F1F_1F1F_1F1F) ^ (low &+ 0x0505_0505_0505_0505)) & highBits & ~word
    return word ^ (isLetter &>> 2)
  }

  /// How many bytes of the word begin a Unicode scalar in UTF-8.
  @inline(__always)
  static func scalarStarts(_ word: UInt64) -> Int {
    // A continuation byte is 10xxxxxx.
    let continuation = word & ~(word &<< 1) & highBits
    return 8 &- continuation.nonzeroBitCount
  }
}
