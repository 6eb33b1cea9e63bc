import ColumnarCore

#if Zlib
  import CZlib
#endif

/// Unpacks gzip data piece by piece, member after member, in bounded memory.
final class GzipInflater: ByteSource {
  private let input: PackedInput
  /// Whether a member has begun and not ended.
  private var isInsideMember = true
  private var isAtEnd = false

  #if Zlib
    /// zlib's state points back at this struct, so it has an address of its own.
    private let stream: UnsafeMutablePointer<z_stream>

    init(_ input: PackedInput) throws {
      self.input = input
      stream = .allocate(capacity: 1)
      stream.initialize(to: z_stream())
      // 15 bits of window, and 16 for the gzip wrapper.
      let status = inflateInit2_(
        stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else {
        throw ColumnarError(
          .resourcesExhausted, "zlib could not start (status \(status)).",
          context: [.file(input.path)])
      }
    }

    deinit {
      inflateEnd(stream)
      stream.deallocate()
    }

    /// Unpacks up to `room` bytes to `target` and returns how many there were; 0 only at the end.
    func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int {
      let wanted = min(room, 1 << 30)
      stream.pointee.next_out = target.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(wanted)
      while !isAtEnd, stream.pointee.avail_out > 0 {
        if !isInsideMember {
          try startNextMember()
          continue
        }
        let bytes = try input.bytes()
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(bytes.count)
        let status = inflate(stream, Z_NO_FLUSH)
        input.use(bytes.count - Int(stream.pointee.avail_in))
        switch status {
        case Z_OK: break
        case Z_STREAM_END: isInsideMember = false
        case Z_BUF_ERROR where bytes.count == 0:
          throw broken("it ends in the middle of the compressed data; the file was cut short")
        default:
          throw broken(stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)")
        }
      }
      return wanted - Int(stream.pointee.avail_out)
    }

    /// A gzip file may hold several members, and zeros behind the last.
    private func startNextMember() throws {
      let bytes = try input.bytes()
      guard let first = bytes.first else {
        isAtEnd = true
        return
      }
      if first == 0 {
        input.use(bytes.firstIndex { $0 != 0 } ?? bytes.count)
      } else if inflateReset(stream) != Z_OK {
        throw broken("zlib could not start over")
      } else {
        isInsideMember = true
      }
    }

    private func broken(_ reason: String) -> ColumnarError {
      ColumnarError(
        .corruptFile, "\"\(input.path)\" is no valid gzip file: \(reason).",
        context: [.file(input.path, offset: input.position)])
    }
  #else
    init(_ input: PackedInput) throws {
      throw ColumnarError(
        .unsupported,
        "\"\(input.path)\" is compressed with gzip, but this build has no zlib. Build with the package's "
          + "trait \"Zlib\" (on by default) and the system package zlib1g-dev.",
        context: [.file(input.path)])
    }

    func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int { 0 }
  #endif
}

extension GzipInflater {
  /// Unpacks bytes in memory.
  convenience init(_ packed: Buffer, path: String) throws {
    try self.init(PackedInput(mapped: packed, path: path))
  }
}
