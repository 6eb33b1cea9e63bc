/// Rows of any columns as byte strings: one bytes value stands for a whole row.
///
/// Each value is a marker byte, then its bytes. Equal rows have equal bytes and different rows
/// different ones; in the ordered form, bytes also compare (as memcmp does) in the order of the
/// rows. Fixed-width values are big-endian with the sign flipped, floats canonical, so that this
/// holds; strings carry their length or, in the ordered form, are escaped and terminated.
package struct RowEncoding {
  /// How one column is ordered.
  package struct Order: Sendable {
    let descending: Bool
    let nullsFirst: Bool

    package init(descending: Bool = false, nullsFirst: Bool = false) {
      self.descending = descending
      self.nullsFirst = nullsFirst
    }
  }

  /// A binary column with the bytes of each row; never null.
  ///
  /// Without `orders` the bytes only tell
  /// rows apart.
  package static func encode(_ columns: [Column], orders: [Order]? = nil) -> Column {
    let count = columns.first?.count ?? 0
    let encoders = columns.indices.map { k in
      ValueEncoder(columns[k], order: orders?[k])
    }
    // First the length of every row, then its place, then the bytes, column by column.
    let ends = MutableBuffer(count: (count + 1) * 8)
    let cursor = ends.pointer(as: Int.self)
    var fixed = 0
    for encoder in encoders { fixed += encoder.fixedLength ?? 0 }
    cursor.update(repeating: fixed, count: count + 1)
    for encoder in encoders where encoder.fixedLength == nil {
      encoder.addLengths(cursor)
    }
    var total = 0
    for row in 0..<count {
      let length = cursor[row]
      cursor[row] = total
      total &+= length
    }
    let memory = MutableBuffer(count: total)
    for encoder in encoders { encoder.write(into: memory.start, cursor) }
    return makeColumn(memory.freeze(), ends: cursor, count)
  }

  /// Views over the encoded bytes, cut into blocks that 32-bit offsets reach.
  private static func makeColumn(
    _ bytes: Buffer, ends: UnsafePointer<Int>, _ count: Int
  ) -> Column {
    let limit = 1 << 30
    let memory = MutableBuffer(count: count * 16)
    let views = memory.pointer(as: ByteView.self)
    var blocks: [Buffer] = []
    var blockStart = 0
    var start = 0
    for row in 0..<count {
      let end = ends[row]
      let length = end &- start
      if length <= ByteView.inlineLimit {
        views[row] = ByteView(inline: bytes.start + start, count: length)
      } else {
        if end &- blockStart > limit, start > blockStart {
          blocks.append(bytes.slice(blockStart..<start))
          blockStart = start
        }
        views[row] = ByteView(
          bytes: bytes.start + start, count: length, block: blocks.count,
          offset: start &- blockStart)
      }
      start = end
    }
    blocks.append(bytes.slice(blockStart..<bytes.count))
    return Column(type: .binary, views: memory.freeze(), blocks: blocks, count: count)
  }
}
