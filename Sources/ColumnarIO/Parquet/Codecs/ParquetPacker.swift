import ColumnarCore

/// Packs the pages of one column chunk, one after the other.
///
/// Used by one thread at a time.
final class ParquetPacker {
  let codec: ParquetCodec
  private let level: Int
  #if Zstd
    private let zstd: ZstdPacker?
  #endif

  /// A packer of that codec; one that this build has not, or does not write, is an error.
  init(_ compression: ParquetCompression) throws {
    try compression.check()
    codec = compression.codec
    level = compression.level
    #if Zstd
      zstd = codec == .zstd ? ZstdPacker(level: level) : nil
    #endif
  }

  /// Appends the packed form of `bytes`; gives its size.
  func pack(_ bytes: UnsafeRawBufferPointer, to target: inout MutableBuffer) throws -> Int {
    let room = mostBytes(for: bytes.count)
    target.reserve(room)
    let free = UnsafeMutableRawBufferPointer(start: target.start + target.count, count: room)
    guard let count = pack(bytes, into: free) else {
      throw ColumnarError(
        .internal, "A page of \(bytes.count) bytes could not be packed with \(codec).")
    }
    target.count += count
    return count
  }

  private func mostBytes(for count: Int) -> Int { count + count / 4 + 1024 }

  private func pack(
    _ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    switch codec {
    #if Snappy
      case .snappy: return SnappyCodec.pack(bytes, to: target)
    #endif
    #if Zlib
      case .gzip: return GzipCodec.pack(bytes, to: target, level: level)
    #endif
    #if Zstd
      case .zstd: return zstd?.pack(bytes, to: target)
    #endif
    #if LZ4
      case .lz4Raw: return LZ4Codec.pack(bytes, to: target)
    #endif
    default: return nil
    }
  }
}

#if Zstd
  import CZstd

  /// Makes Zstandard frames; keeps what packing needs from page to page.
  final class ZstdPacker {
    private let context = ZSTD_createCCtx()
    private let level: Int32

    init(level: Int) { self.level = Int32(clamping: level) }

    deinit { ZSTD_freeCCtx(context) }

    /// Packs all of `bytes`; the size of the frame, nil if there is no room.
    func pack(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer) -> Int? {
      let length = ZSTD_compressCCtx(
        context, target.baseAddress, target.count, bytes.baseAddress, bytes.count, level)
      return ZSTD_isError(length) == 0 ? length : nil
    }
  }
#endif

#if Snappy
  import CSnappy

  extension SnappyCodec {
    /// Packs all of `bytes`; the size that it takes, nil if there is no room.
    static func pack(
      _ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      var length = target.count
      guard snappy_max_compressed_length(bytes.count) <= length else { return nil }
      let status = snappy_compress(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
        target.baseAddress?.assumingMemoryBound(to: CChar.self), &length)
      return status == SNAPPY_OK ? length : nil
    }
  }
#endif

#if LZ4
  import CLZ4

  extension LZ4Codec {
    /// Packs all of `bytes` as one block; the size that it takes, nil if there is no room.
    static func pack(
      _ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      guard bytes.count <= Int32.max / 2 else { return nil }
      let length = LZ4_compress_default(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        target.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
        Int32(clamping: target.count))
      return length > 0 ? Int(length) : nil
    }
  }
#endif

#if Zlib
  import CZlib

  extension GzipCodec {
    /// Packs all of `bytes` as one gzip member; the size that it takes, nil if there is no room.
    static func pack(
      _ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer, level: Int
    ) -> Int? {
      guard bytes.count <= UInt32.max, target.count <= UInt32.max else { return nil }
      var stream = z_stream()
      // 15 bits of window, and 16 for a head of gzip.
      guard
        deflateInit2_(
          &stream, Int32(clamping: level), Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else { return nil }
      defer { deflateEnd(&stream) }
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(bytes.count)
      stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(target.count)
      guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
      return target.count - Int(stream.avail_out)
    }
  }
#endif
