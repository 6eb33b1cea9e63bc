extension Column {
  /// Text in small letters, by Unicode's full mapping without regard to language or context.
  ///
  /// Null stays null.
  package func lowercased() throws -> Column {
    try requireText("lowercased")
    return type.kind == .null
      ? self : mappingCase({ ByteWords.lowercased($0) }, { $0.lowercased() })
  }

  /// Text in capital letters, by Unicode's full mapping without regard to language.
  ///
  /// Null stays null.
  package func uppercased() throws -> Column {
    try requireText("uppercased")
    return type.kind == .null
      ? self : mappingCase({ ByteWords.uppercased($0) }, { $0.uppercased() })
  }

  /// ASCII is mapped in its words, which keeps its length; only values with other bytes become a
  /// `String`.
  @inline(__always)
  private func mappingCase(
    _ ascii: (UInt64) -> UInt64, _ unicode: (String) -> String
  ) -> Column {
    mappingValues { column in
      let text = BytesView(column)
      var mapping = CaseMapping(text)
      for row in 0..<column.count {
        let isASCII =
          text.views[row].isInline
          ? mapping.mapInline(row, ascii) : mapping.mapLong(row, text, ascii)
        if !isASCII { mapping.foreignRows.append(row) }
      }
      withExtendedLifetime(text) {}
      return mapping.finish(column, text, unicode)
    }
  }
}

/// The growing result of a case mapping: one block that holds all long values, and the rows that
/// are not ASCII.
private struct CaseMapping: ~Copyable {
  private let views: MutableBuffer
  private let block: MutableBuffer
  private let source: UnsafePointer<ByteView>
  private let target: UnsafeMutablePointer<ByteView>
  private var used = 0
  var foreignRows: [Int] = []

  init(_ text: BytesView) {
    var total = 0
    for row in 0..<text.count {
      let length = text.views[row].count
      total &+= length > ByteView.inlineLimit ? length : 0
    }
    views = MutableBuffer(count: text.count &* 16)
    block = MutableBuffer(count: total)
    source = text.views
    target = views.pointer(as: ByteView.self)
  }

  /// Maps a value that is in its view; false if it is not ASCII.
  @inline(__always)
  func mapInline(_ row: Int, _ ascii: (UInt64) -> UInt64) -> Bool {
    let view = source[row]
    let low = (ascii(view.low) & ~0xFFFF_FFFF) | (view.low & 0xFFFF_FFFF)
    target[row] = ByteView(low: low, high: ascii(view.high))
    return ((view.low & ~0xFFFF_FFFF) | view.high) & ByteWords.highBits == 0
  }

  /// Maps a value of more than twelve bytes; false if it is not ASCII, or if the block is too long
  /// for an offset.
  @inline(__always)
  mutating func mapLong(_ row: Int, _ text: borrowing BytesView, _ ascii: (UInt64) -> UInt64)
    -> Bool
  {
    let view = source[row]
    let count = view.count
    guard used &+ count <= Int(Int32.max) else { return false }
    let from = text.blocks[view.block] + view.offset
    let to = block.start + used
    var all: UInt64 = 0
    var at = 0
    while at &+ 8 < count {
      let word = from.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      all |= word
      to.storeBytes(of: ascii(word), toByteOffset: at, as: UInt64.self)
      at &+= 8
    }
    // The last word overlaps the one before.
    let word = from.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    all |= word
    to.storeBytes(of: ascii(word), toByteOffset: count &- 8, as: UInt64.self)
    target[row] = ByteView(bytes: to, count: count, block: 0, offset: used)
    let isASCII = all & ByteWords.highBits == 0
    used = isASCII ? used &+ count : used
    return isASCII
  }

  /// The result, the foreign rows mapped one by one.
  consuming func finish(
    _ column: Column, _ text: BytesView, _ unicode: (String) -> String
  ) -> Column {
    var foreign = BytesBuilder(capacity: foreignRows.count)
    for row in foreignRows { foreign.append(unicode(text.string(row))) }
    let mapped = BytesView(foreign.finish())
    for (k, row) in foreignRows.enumerated() { target[row] = mapped.views[k].movingBlock(by: 1) }
    return Column(
      type: column.type, views: views.freeze(),
      blocks: [block.freeze()] + mapped.column.storage.blocks, validity: text.validity,
      count: column.count)
  }
}
