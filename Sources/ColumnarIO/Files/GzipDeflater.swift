import ColumnarCore

#if Zlib
  import CZlib
#endif

/// Packs bytes piece by piece into one gzip member.
final class GzipDeflater: BytePacker {
  #if Zlib
    /// zlib's state points back at this struct, so it has an address of its own.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output = MutableBuffer(count: 1 << 18)

    init(path: String, level: Int?) throws {
      stream = .allocate(capacity: 1)
      stream.initialize(to: z_stream())
      // 15 bits of window, and 16 for the gzip wrapper.
      let status = deflateInit2_(
        stream, level.map { Int32(min(max($0, 0), 9)) } ?? Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8,
        Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else {
        throw ColumnarError(
          .resourcesExhausted, "zlib could not start (status \(status)).", context: [.file(path)])
      }
    }

    deinit {
      deflateEnd(stream)
      stream.deallocate()
    }

    /// Packs `bytes` and hands what comes out to `emit`; with `isLast` also all that is still
    /// inside.
    func pack(
      _ bytes: UnsafeRawBufferPointer, isLast: Bool,
      emit: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
      var at = 0
      repeat {
        let piece = min(bytes.count - at, 1 << 30)
        let isEnd = isLast && at + piece == bytes.count
        stream.pointee.next_in = bytes.baseAddress.map {
          UnsafeMutablePointer(mutating: ($0 + at).assumingMemoryBound(to: UInt8.self))
        }
        stream.pointee.avail_in = UInt32(piece)
        at += piece
        repeat {
          stream.pointee.next_out = output.pointer()
          stream.pointee.avail_out = UInt32(output.count)
          deflate(stream, isEnd ? Z_FINISH : Z_NO_FLUSH)
          let made = output.count - Int(stream.pointee.avail_out)
          try emit(UnsafeRawBufferPointer(start: output.start, count: made))
        } while stream.pointee.avail_out == 0
      } while at < bytes.count
    }
  #else
    init(path: String, level: Int?) throws {
      throw ColumnarError(
        .unsupported,
        "\"\(path)\" is to be packed with gzip, but this build has no zlib. Build with the package's "
          + "trait \"Zlib\" (on by default) and the system package zlib1g-dev.",
        context: [.file(path)])
    }

    func pack(
      _ bytes: UnsafeRawBufferPointer, isLast: Bool,
      emit: (UnsafeRawBufferPointer) throws -> Void
    ) throws {}
  #endif
}
