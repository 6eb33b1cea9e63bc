import ColumnarCore
import Glibc

#if LZ4
  import CLZ4
#endif
#if Zstd
  import CZstd
#endif

/// Unpacks the buffers of one message, one after the other.
///
/// Memory is taken as bytes are unpacked, not as a length in the file promises.
///
/// `@unchecked Sendable`: each use resets the contexts, and a message is decoded by one thread.
final class IPCInflater: @unchecked Sendable {
  /// What one step came to.
  private struct Step {
    var consumed: Int
    var produced: Int
    /// Whether a frame ended here.
    var isWhole: Bool
  }

  let codec: IPCCodec
  private let origin: IPCOrigin
  #if LZ4
    private var lz4: OpaquePointer?
  #endif
  #if Zstd
    private var zstd: OpaquePointer?
  #endif
  /// Up to so many bytes are allocated on the strength of a length alone.
  private static let trusted = 1 << 24

  /// An unpacker; a codec that this build has not is an error.
  init(_ codec: IPCCodec, _ origin: IPCOrigin) throws {
    guard codec.isBuilt else {
      throw origin.unsupported(
        "is compressed with \(codec.name), which this build cannot unpack", hint: codec.remedy)
    }
    self.codec = codec
    self.origin = origin
  }

  deinit {
    #if LZ4
      LZ4F_freeDecompressionContext(lz4)
    #endif
    #if Zstd
      ZSTD_freeDCtx(zstd)
    #endif
  }

  /// The bytes of a packed buffer, behind whose eight bytes of length they stand.
  ///
  /// At least `needed` bytes must be there; those beyond `most` are not unpacked.
  func unpack(_ packed: Buffer, needed: Int, most: Int) throws -> Buffer {
    guard packed.count >= 8 else {
      throw origin.corrupt("a compressed buffer has \(packed.count) bytes and so no length")
    }
    let size = packed.withBytes { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) }
    let rest = packed.slice(8..<packed.count)
    if size == -1 {
      guard rest.count >= needed else {
        throw origin.corrupt("a buffer has \(rest.count) bytes where \(needed) are needed")
      }
      return rest
    }
    guard size >= needed else {
      throw origin.corrupt(
        "a compressed buffer is said to have \(size) bytes where \(needed) are needed")
    }
    guard size <= codec.mostBytes(from: rest.count) else {
      throw origin.corrupt(
        "\(rest.count) bytes of \(codec.name) are said to unpack to \(size), which they cannot")
    }
    let wanted = min(Int(size), most)
    if wanted == 0 { return .empty }
    // Few bytes that stand for gigabytes are as good as a trap, whoever set it.
    guard wanted <= 1 << 30 || wanted / 1000 <= rest.count, wanted <= Self.memorySize else {
      throw origin.unsupported(
        "has \(rest.count) bytes that unpack to \(wanted), more than is unpacked at once",
        hint: "Write smaller batches.")
    }
    return try unpack(rest, wanted: wanted, isWhole: wanted == size)
  }

  private static let memorySize = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))

  /// The first `wanted` bytes; all there are if `isWhole`.
  private func unpack(_ packed: Buffer, wanted: Int, isWhole: Bool) throws -> Buffer {
    try start()
    var memory = MutableBuffer(
      capacity: min(wanted, max(Self.trusted, packed.count.multipliedClamped(by: 16))))
    var consumed = 0
    var isAtEnd = false
    while true {
      let room = min(wanted, memory.capacity) - memory.count
      let target = UnsafeMutableRawBufferPointer(start: memory.start + memory.count, count: room)
      let step = packed.withBytes {
        self.step(UnsafeRawBufferPointer(rebasing: $0[consumed...]), target)
      }
      guard let step else { throw damaged }
      consumed += step.consumed
      memory.count += step.produced
      isAtEnd = step.isWhole
      if memory.count == wanted, !isWhole { break }
      if isAtEnd, consumed == packed.count { break }
      if step.consumed == 0, step.produced == 0 {
        // Nothing moves: for want of room or of bytes.
        guard memory.count < wanted, memory.count >= memory.capacity else { throw damaged }
        memory.reserve(min(wanted - memory.count, memory.capacity))
      }
    }
    guard memory.count == wanted else { throw damaged }
    return memory.freeze()
  }

  private var damaged: ColumnarError {
    origin.corrupt("its \(codec.name) data does not unpack to the bytes that it should")
  }

  /// Makes the context anew or ready for another buffer.
  private func start() throws {
    switch codec {
    case .lz4:
      #if LZ4
        if lz4 == nil {
          let made = LZ4F_createDecompressionContext(&lz4, UInt32(LZ4F_VERSION))
          guard LZ4F_isError(made) == 0 else { throw damaged }
        } else {
          LZ4F_resetDecompressionContext(lz4)
        }
      #endif
    case .zstd:
      #if Zstd
        if zstd == nil { zstd = ZSTD_createDCtx() }
        _ = ZSTD_DCtx_reset(zstd, ZSTD_reset_session_only)
      #endif
    }
  }

  /// Goes on unpacking; nil if the bytes are damaged.
  private func step(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Step? {
    switch codec {
    case .lz4:
      #if LZ4
        var (produced, consumed) = (target.count, source.count)
        let hint = LZ4F_decompress(
          lz4, target.baseAddress, &produced, source.baseAddress, &consumed, nil)
        if LZ4F_isError(hint) != 0 { return nil }
        return Step(consumed: consumed, produced: produced, isWhole: hint == 0)
      #else
        return nil
      #endif
    case .zstd:
      #if Zstd
        var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let hint = ZSTD_decompressStream(zstd, &output, &input)
        if ZSTD_isError(hint) != 0 { return nil }
        return Step(consumed: input.pos, produced: output.pos, isWhole: hint == 0)
      #else
        return nil
      #endif
    }
  }
}
