import ColumnarCore

#if Zstd
  import CZstd
#endif

/// Packs bytes piece by piece into one Zstandard frame with a checksum.
final class ZstdDeflater: BytePacker {
  #if Zstd
    private let context: OpaquePointer
    private let path: String
    private var output = MutableBuffer(count: 1 << 18)

    init(path: String, level: Int?) throws {
      guard let context = ZSTD_createCCtx() else {
        throw ColumnarError(
          .resourcesExhausted, "zstd could not start.", context: [.file(path)])
      }
      self.context = context
      self.path = path
      ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
      let level = min(max(Int32(clamping: level ?? 3), ZSTD_minCLevel()), ZSTD_maxCLevel())
      ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    }

    deinit { ZSTD_freeCCtx(context) }

    func pack(
      _ bytes: UnsafeRawBufferPointer, isLast: Bool,
      emit: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
      var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      var isDone = false
      while !isDone {
        var target = ZSTD_outBuffer(dst: output.start, size: output.count, pos: 0)
        let left = ZSTD_compressStream2(
          context, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
        guard ZSTD_isError(left) == 0 else {
          throw ColumnarError(
            .internal, "zstd could not pack: \(String(cString: ZSTD_getErrorName(left))).",
            context: [.file(path)])
        }
        try emit(UnsafeRawBufferPointer(start: output.start, count: target.pos))
        isDone = isLast ? left == 0 : source.pos == source.size
      }
    }
  #else
    init(path: String, level: Int?) throws {
      throw ColumnarError(
        .unsupported,
        "\"\(path)\" is to be packed with zstd, but this build has no libzstd. Build with the "
          + "package's trait \"Zstd\" (on by default) and the system package libzstd-dev.",
        context: [.file(path)])
    }

    func pack(
      _ bytes: UnsafeRawBufferPointer, isLast: Bool,
      emit: (UnsafeRawBufferPointer) throws -> Void
    ) throws {}
  #endif
}
