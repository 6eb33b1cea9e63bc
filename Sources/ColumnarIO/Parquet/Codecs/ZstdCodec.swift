#if Zstd
  import CZstd

  /// Zstandard frames; keeps what unpacking needs from page to page.
  final class ZstdCodec {
    private let context = ZSTD_createDCtx()

    deinit { ZSTD_freeDCtx(context) }

    /// Unpacks all of `packed`; the number of bytes it made, nil if it is damaged or too long.
    func unpack(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      let length = ZSTD_decompressDCtx(
        context, target.baseAddress, target.count, packed.baseAddress, packed.count)
      return ZSTD_isError(length) == 0 ? length : nil
    }
  }
#endif
