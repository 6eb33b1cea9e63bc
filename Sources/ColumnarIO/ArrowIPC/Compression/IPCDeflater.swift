import ColumnarCore

#if LZ4
  import CLZ4
#endif
#if Zstd
  import CZstd
#endif

/// Packs the buffers of one message.
final class IPCDeflater {
  let codec: IPCCodec
  private let level: Int32
  #if Zstd
    private let zstd: OpaquePointer?
  #endif

  /// A packer; nil for none.
  ///
  /// A codec that this build has not and a level that it does not know are errors.
  init?(_ compression: ArrowCompression) throws {
    switch compression {
    case .none: return nil
    case .lz4: (codec, level) = (.lz4, 0)
    case .zstd(let level):
      guard (1...22).contains(level) else {
        throw ColumnarError(
          .invalidValue, "Zstandard has no level \(level). Give one from 1 to 22.")
      }
      (codec, self.level) = (.zstd, Int32(level))
    }
    #if Zstd
      zstd = codec == .zstd ? ZSTD_createCCtx() : nil
    #endif
    guard codec.isBuilt else {
      throw ColumnarError(
        .unsupported,
        "This build cannot write Arrow data compressed with \(codec.name). \(codec.remedy)")
    }
  }

  deinit {
    #if Zstd
      ZSTD_freeCCtx(zstd)
    #endif
  }

  /// The piece as Arrow packs it: the length in eight bytes, then packed bytes, or -1 and the bytes
  /// themselves where packing would not make them fewer.
  func pack(_ piece: IPCPiece) throws -> IPCPiece {
    guard piece.count > 0 else { return piece }
    let raw = piece.materialized()
    var memory = MutableBuffer(count: 8 + bound(raw.count))
    let packed = raw.withBytes { pack($0, to: memory.start + 8, room: bound(raw.count)) }
    guard let packed else {
      throw ColumnarError(.internal, "\(codec.name) could not pack \(raw.count) bytes.")
    }
    let isSmaller = packed < raw.count
    memory.start.storeBytes(
      of: (isSmaller ? Int64(raw.count) : -1).littleEndian, as: Int64.self)
    if !isSmaller {
      raw.withBytes { bytes in
        if let base = bytes.baseAddress {
          (memory.start + 8).copyMemory(from: base, byteCount: bytes.count)
        }
      }
    }
    memory.count = 8 + (isSmaller ? packed : raw.count)
    return .bytes(memory.freeze())
  }

  /// The bytes that packing may need at most; never fewer than there are.
  private func bound(_ count: Int) -> Int {
    switch codec {
    case .lz4:
      #if LZ4
        return max(count, LZ4F_compressFrameBound(count, nil))
      #else
        return count
      #endif
    case .zstd:
      #if Zstd
        return max(count, ZSTD_compressBound(count))
      #else
        return count
      #endif
    }
  }

  /// The number of packed bytes, nil where the codec fails.
  private func pack(
    _ raw: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer, room: Int
  ) -> Int? {
    switch codec {
    case .lz4:
      #if LZ4
        let made = LZ4F_compressFrame(target, room, raw.baseAddress, raw.count, nil)
        return LZ4F_isError(made) == 0 ? made : nil
      #else
        return nil
      #endif
    case .zstd:
      #if Zstd
        let made = ZSTD_compressCCtx(zstd, target, room, raw.baseAddress, raw.count, level)
        return ZSTD_isError(made) == 0 ? made : nil
      #else
        return nil
      #endif
    }
  }
}

extension IPCPiece {
  /// The bytes of the piece in memory.
  func materialized() -> Buffer {
    if case .bytes(let buffer) = self { return buffer }
    let memory = MutableBuffer(count: count)
    write(to: memory.start)
    return memory.freeze()
  }
}
