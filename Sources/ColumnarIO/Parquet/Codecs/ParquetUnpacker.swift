import ColumnarCore

/// Unpacks the pages of one column, one after the other.
///
/// Used by one thread at a time.
final class ParquetUnpacker {
  /// No page is larger than this: pages are a megabyte as a rule.
  static let pageLimit = 1 << 30
  /// Few bytes that stand for more than this are as good as a trap, whoever set it.
  private static let trapLimit = 1 << 28

  private let codec: ParquetCodec
  #if Zstd
    /// Made when it is needed: it takes some 150 KB.
    private lazy var zstd = ZstdCodec()
  #endif

  /// An unpacker of pages of that codec; one that this build has not is an error.
  init(_ codec: ParquetCodec, _ origin: ParquetOrigin) throws {
    self.codec = codec
    if codec == .lzo {
      throw origin.unsupported(
        "is packed with LZO, which is not read", hint: "Have it written with zstd or snappy.")
    }
    guard let needs = codec.requirement, !needs.isBuilt else { return }
    throw origin.unsupported(
      "is packed with \(needs.name), which this build cannot unpack",
      hint:
        "Build with the package's trait \"\(needs.trait)\" (on by default) and the system package "
        + "\(needs.package).")
  }

  /// The `size` bytes that `packed` unpacks to, with 64 readable bytes behind them.
  ///
  /// The size is checked against what the codec can make of so few bytes before memory is taken.
  func unpack(_ packed: Buffer, size: Int, _ origin: ParquetOrigin) throws -> Buffer {
    if codec == .uncompressed {
      guard packed.count == size else {
        throw origin.corrupt("a page of \(packed.count) bytes is said to have \(size)")
      }
      return packed
    }
    if size == 0 { return .empty }
    guard Self.isBearable(size, from: packed.count) else {
      throw origin.tooLarge("a page of \(packed.count) bytes is said to have \(size) unpacked")
    }
    guard size <= codec.mostBytes(from: packed.count) else {
      throw origin.corrupt("\(packed.count) bytes cannot unpack to \(size)")
    }
    let memory = MutableBuffer(count: size)
    let target = UnsafeMutableRawBufferPointer(start: memory.start, count: size)
    let count = packed.withBytes { unpack($0, to: target) }
    guard count == size else {
      throw origin.corrupt("its \(codec) data does not unpack to the \(size) bytes that it should")
    }
    return memory.freeze()
  }

  /// Whether so many bytes are worth their memory, made of so few.
  private static func isBearable(_ size: Int, from packed: Int) -> Bool {
    size <= trapLimit || (size <= pageLimit && size / 1000 <= packed)
  }

  private func unpack(
    _ packed: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    switch codec {
    #if Snappy
      case .snappy: return SnappyCodec.unpack(packed, to: target)
    #endif
    #if Zlib
      case .gzip: return GzipCodec.unpack(packed, to: target)
    #endif
    #if Brotli
      case .brotli: return BrotliCodec.unpack(packed, to: target)
    #endif
    #if Zstd
      case .zstd: return zstd.unpack(packed, to: target)
    #endif
    #if LZ4
      case .lz4: return LZ4Codec.unpackHadoop(packed, to: target)
      case .lz4Raw: return LZ4Codec.unpack(packed, to: target)
    #endif
    default: return nil
    }
  }
}

extension ParquetCodec {
  /// What packing and unpacking need.
  struct Requirement {
    let name: String
    let trait: String
    let package: String
    let isBuilt: Bool
  }

  var requirement: Requirement? {
    switch self {
    case .uncompressed, .lzo: nil
    case .snappy:
      .init(name: "Snappy", trait: "Snappy", package: "libsnappy-dev", isBuilt: Built.snappy)
    case .gzip: .init(name: "gzip", trait: "Zlib", package: "zlib1g-dev", isBuilt: Built.zlib)
    case .brotli:
      .init(name: "Brotli", trait: "Brotli", package: "libbrotli-dev", isBuilt: Built.brotli)
    case .lz4, .lz4Raw: .init(name: "LZ4", trait: "LZ4", package: "liblz4-dev", isBuilt: Built.lz4)
    case .zstd:
      .init(name: "Zstandard", trait: "Zstd", package: "libzstd-dev", isBuilt: Built.zstd)
    }
  }

  /// The most bytes that so many can unpack to, by the codec's own rules.
  func mostBytes(from count: Int) -> Int {
    let ratio =
      switch self {
      case .uncompressed: 1
      // Three bytes make 64.
      case .snappy: 22
      case .gzip: 1032
      case .lz4, .lz4Raw: 256
      // Four bytes make a block of 128 KiB.
      case .zstd: 1 << 15
      case .brotli, .lzo: 1 << 20
      }
    return (count &+ 64) &* ratio
  }
}

/// Which codecs this build has.
private enum Built {
  #if Snappy
    static let snappy = true
  #else
    static let snappy = false
  #endif
  #if Zlib
    static let zlib = true
  #else
    static let zlib = false
  #endif
  #if Brotli
    static let brotli = true
  #else
    static let brotli = false
  #endif
  #if LZ4
    static let lz4 = true
  #else
    static let lz4 = false
  #endif
  #if Zstd
    static let zstd = true
  #else
    static let zstd = false
  #endif
}
