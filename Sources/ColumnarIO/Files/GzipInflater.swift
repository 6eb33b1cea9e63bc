import ColumnarCore

#if Zlib
  import CZlib
#endif

/// Unpacks gzip data piece by piece, member after member, in bounded memory.
final class GzipInflater {
  /// Whether bytes begin as gzip data does.
  static func recognizes(_ bytes: Buffer) -> Bool {
    bytes.withBytes { $0.count >= 2 && $0[0] == 0x1F && $0[1] == 0x8B }
  }

  private let packed: Buffer
  private let path: String
  /// How far the packed bytes are used up.
  private var position = 0
  private(set) var isAtEnd = false

  #if Zlib
    /// zlib's state points back at this struct, so it has an address of its own.
    private let stream: UnsafeMutablePointer<z_stream>

    init(_ packed: Buffer, path: String) throws {
      self.packed = packed
      self.path = path
      stream = .allocate(capacity: 1)
      stream.initialize(to: z_stream())
      // 15 bits of window, and 16 for the gzip wrapper.
      let status = inflateInit2_(
        stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else {
        throw ColumnarError(
          .resourcesExhausted, "zlib could not start (status \(status)).", context: [.file(path)])
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
        let piece = min(packed.count - position, 1 << 30)
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: (packed.start + position).assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(piece)
        let status = inflate(stream, Z_NO_FLUSH)
        position += piece - Int(stream.pointee.avail_in)
        switch status {
        case Z_OK: break
        case Z_STREAM_END: try startNextMember()
        case Z_BUF_ERROR where position == packed.count:
          throw broken("it ends in the middle of the compressed data; the file was cut short")
        default:
          throw broken(stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)")
        }
      }
      return wanted - Int(stream.pointee.avail_out)
    }

    /// A gzip file may hold several members, and zeros behind the last.
    private func startNextMember() throws {
      while position < packed.count,
        packed.start.load(fromByteOffset: position, as: UInt8.self) == 0
      {
        position += 1
      }
      if position == packed.count {
        isAtEnd = true
      } else if inflateReset(stream) != Z_OK {
        throw broken("zlib could not start over")
      }
    }

    private func broken(_ reason: String) -> ColumnarError {
      ColumnarError(
        .corruptFile, "\"\(path)\" is no valid gzip file: \(reason).",
        context: [.file(path, offset: position)])
    }
  #else
    init(_ packed: Buffer, path: String) throws {
      throw ColumnarError(
        .unsupported,
        "\"\(path)\" is compressed with gzip, but this build has no zlib. Build with the package's "
          + "trait \"Zlib\" (on by default) and the system package zlib1g-dev.",
        context: [.file(path)])
    }

    func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int { 0 }
  #endif
}
