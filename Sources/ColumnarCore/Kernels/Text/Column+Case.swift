extension Column {
  /// Text in small letters, by Unicode's full mapping without regard to language or context. Null stays null.
  package func lowercased() throws -> Column {
    try requireText("lowercased")
    return type.kind == .null
      ? self : mappingCase({ ByteWords.lowercased($0) }, { $0.lowercased() })
  }

  /// Text in capital letters, by Unicode's full mapping without regard to language. Null stays null.
  package func uppercased() throws -> Column {
    try requireText("uppercased")
    return type.kind == .null
      ? self : mappingCase({ ByteWords.uppercased($0) }, { $0.uppercased() })
  }

  /// ASCII is mapped in its words; only values with other bytes become a `String`.
  @inline(__always)
  private func mappingCase(
    _ ascii: (UInt64) -> UInt64, _ unicode: (String) -> String
  ) -> Column {
    mappingValues { column in
      let text = BytesView(column)
      var builder = BytesBuilder(capacity: column.count)
      for row in 0..<column.count {
        let view = text.views[row]
        var other: UInt64 = 0
        if view.isInline {
          other = ((view.low & ~0xFFFF_FFFF) | view.high) & ByteWords.highBits
          if other == 0 {
            let low = (ascii(view.low) & ~0xFFFF_FFFF) | (view.low & 0xFFFF_FFFF)
            builder.append(view: ByteView(low: low, high: ascii(view.high)))
            continue
          }
        } else {
          let count = view.count
          let source = text.blocks[view.block] + view.offset
          let target = builder.room(for: count)
          var at = 0
          while at &+ 8 < count {
            let word = source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            other |= word
            target.storeBytes(of: ascii(word), toByteOffset: at, as: UInt64.self)
            at &+= 8
          }
          // The last word overlaps the one before; long values have at least thirteen bytes.
          let word = source.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
          other |= word
          target.storeBytes(of: ascii(word), toByteOffset: count &- 8, as: UInt64.self)
          if other & ByteWords.highBits == 0 {
            builder.appendFilled(count)
            continue
          }
        }
        builder.append(unicode(text.string(row)))
      }
      withExtendedLifetime(text) {}
      return builder.finish(as: column.type).withValidity(text.validity)
    }
  }
}
