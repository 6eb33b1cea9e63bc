#if Snappy
  import CSnappy

  /// Snappy's block format.
  enum SnappyCodec {
    /// Unpacks all of `packed`; the number of bytes it made, nil if it is damaged or of another
    /// length than `target`.
    static func unpack(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      let source = packed.baseAddress?.assumingMemoryBound(to: CChar.self)
      // A block knows its length; without this more could be written than there is room for.
      var length = 0
      guard snappy_uncompressed_length(source, packed.count, &length) == SNAPPY_OK,
        length == target.count
      else { return nil }
      let made = target.baseAddress?.assumingMemoryBound(to: CChar.self)
      return snappy_uncompress(source, packed.count, made, &length) == SNAPPY_OK ? length : nil
    }
  }
#endif
