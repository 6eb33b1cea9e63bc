#if Zlib
  import CZlib

  /// gzip members, one after the other, or zlib data.
  enum GzipCodec {
    /// Unpacks all of `packed`; the number of bytes it made, nil if it is damaged or too long.
    static func unpack(
      _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) -> Int? {
      var stream = z_stream()
      // 15 bits of window, and 32 to tell gzip from zlib.
      guard
        inflateInit2_(&stream, 47, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else { return nil }
      defer { inflateEnd(&stream) }
      guard packed.count <= UInt32.max, target.count <= UInt32.max else { return nil }
      stream.next_in = UnsafeMutablePointer(
        mutating: packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(packed.count)
      stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(target.count)
      while true {
        guard inflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
        let made = target.count - Int(stream.avail_out)
        if stream.avail_in == 0 || stream.avail_out == 0 { return made }
        guard inflateReset(&stream) == Z_OK else { return nil }
      }
    }
  }
#endif
