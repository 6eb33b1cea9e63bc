import ColumnarCore

#if Zstd
  import CZstd
#endif

/// Unpacks Zstandard data piece by piece, frame after frame, in bounded memory.
final class ZstdInflater: ByteSource {
  private let input: PackedInput
  /// Whether a frame has begun and not ended.
  private var isInsideFrame = false
  private var isAtEnd = false

  #if Zstd
    private let stream: OpaquePointer

    init(_ input: PackedInput) throws {
      self.input = input
      guard let stream = ZSTD_createDStream() else {
        throw ColumnarError(
          .resourcesExhausted, "zstd could not start.", context: [.file(input.path)])
      }
      self.stream = stream
    }

    deinit { ZSTD_freeDStream(stream) }

    func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int {
      var output = ZSTD_outBuffer(dst: target, size: min(room, 1 << 30), pos: 0)
      while !isAtEnd, output.pos < output.size {
        let bytes = try input.bytes()
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        let made = output.pos
        if bytes.count == 0, !isInsideFrame {
          isAtEnd = true
          break
        }
        let status = ZSTD_decompressStream(stream, &output, &source)
        input.use(source.pos)
        guard ZSTD_isError(status) == 0 else {
          throw broken(String(cString: ZSTD_getErrorName(status)))
        }
        isInsideFrame = status != 0
        if bytes.count == 0, isInsideFrame, output.pos == made {
          throw broken("it ends in the middle of the compressed data; the file was cut short")
        }
      }
      return output.pos
    }

    private func broken(_ reason: String) -> ColumnarError {
      ColumnarError(
        .corruptFile, "\"\(input.path)\" is no valid zstd file: \(reason).",
        context: [.file(input.path, offset: input.position)])
    }
  #else
    init(_ input: PackedInput) throws {
      throw ColumnarError(
        .unsupported,
        "\"\(input.path)\" is compressed with zstd, but this build has no libzstd. Build with the "
          + "package's trait \"Zstd\" (on by default) and the system package libzstd-dev.",
        context: [.file(input.path)])
    }

    func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int { 0 }
  #endif
}
