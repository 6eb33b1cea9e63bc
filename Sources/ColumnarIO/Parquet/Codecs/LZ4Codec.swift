#if LZ4
  import CLZ4

  /// LZ4 blocks, with or without Hadoop's framing.
  enum LZ4Codec {
    /// Unpacks one block; the number of bytes it made, nil if it is damaged or too long.
    static func unpack(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      guard packed.count <= Int32.max, target.count <= Int32.max else { return nil }
      let length = LZ4_decompress_safe(
        packed.baseAddress?.assumingMemoryBound(to: CChar.self),
        target.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(packed.count),
        Int32(target.count))
      return length >= 0 ? Int(length) : nil
    }

    /// Unpacks pieces, each behind both of its sizes in big-endian bytes; what is no such thing is
    /// taken for one plain block, as some writers made it.
    static func unpackHadoop(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      pieces(packed, target) ?? unpack(packed, to: target)
    }

    private static func pieces(
      _ packed: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      var (at, made) = (0, 0)
      while packed.count - at >= 8 {
        let size = Int(UInt32(bigEndian: packed.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
        let length = Int(
          UInt32(bigEndian: packed.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)))
        at += 8
        guard length <= packed.count - at, size <= target.count - made else { return nil }
        let piece = UnsafeRawBufferPointer(rebasing: packed[at..<(at + length)])
        let room = UnsafeMutableRawBufferPointer(rebasing: target[made..<(made + size)])
        guard unpack(piece, to: room) == size else { return nil }
        at += length
        made += size
      }
      return at == packed.count ? made : nil
    }
  }
#endif
