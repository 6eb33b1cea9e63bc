#if Snappy
  import CColumnarSystem
  import CSnappy

  /// Snappy's block format.
  ///
  /// Blocks are unpacked by `columnar_unsnap`, twice as fast as the system's library where there are
  /// two of them; the library has the last word on one that it refuses.
  enum SnappyCodec {
    /// Unpacks all of `packed`; the number of bytes it made, nil if it is damaged or too long.
    static func unpack(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      var own = block(packed, target)
      columnar_unsnap(&own)
      return own.is_done ? target.count : unpackByLibrary(packed, to: target)
    }

    /// Unpacks two blocks; whether each is what it should be.
    static func unpack(
      _ first: UnsafeRawBufferPointer, to firstTarget: UnsafeMutableRawBufferPointer,
      _ second: UnsafeRawBufferPointer, to secondTarget: UnsafeMutableRawBufferPointer
    ) -> (Bool, Bool) {
      var (a, b) = (block(first, firstTarget), block(second, secondTarget))
      columnar_unsnap_two(&a, &b)
      return (a.is_done, b.is_done)
    }

    private static func block(
      _ packed: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
    ) -> columnar_snappy_block {
      columnar_snappy_block(
        in: packed.baseAddress?.assumingMemoryBound(to: UInt8.self), in_count: packed.count,
        out: target.baseAddress?.assumingMemoryBound(to: UInt8.self), out_count: target.count,
        is_done: false)
    }

    private static func unpackByLibrary(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      let source = packed.baseAddress?.assumingMemoryBound(to: CChar.self)
      // It knows its length; without this more could be written than there is room for.
      var length = 0
      guard snappy_uncompressed_length(source, packed.count, &length) == SNAPPY_OK,
        length == target.count
      else { return nil }
      let made = target.baseAddress?.assumingMemoryBound(to: CChar.self)
      return snappy_uncompress(source, packed.count, made, &length) == SNAPPY_OK ? length : nil
    }
  }
#endif
