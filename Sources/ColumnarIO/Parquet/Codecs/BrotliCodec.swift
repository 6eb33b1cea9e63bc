#if Brotli
  import CBrotli

  /// Brotli streams.
  enum BrotliCodec {
    /// Unpacks all of `packed`; the number of bytes it made, nil if it is damaged or too long.
    static func unpack(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      var length = target.count
      let result = BrotliDecoderDecompress(
        packed.count, packed.baseAddress?.assumingMemoryBound(to: UInt8.self), &length,
        target.baseAddress?.assumingMemoryBound(to: UInt8.self))
      return result == BROTLI_DECODER_RESULT_SUCCESS ? length : nil
    }
  }
#endif
