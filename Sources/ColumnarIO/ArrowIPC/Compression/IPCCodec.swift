import ColumnarCore

/// The codecs that Arrow knows, by their numbers in its metadata.
enum IPCCodec: Int8, Sendable {
  case lz4 = 0
  case zstd = 1

  /// What people call it.
  var name: String { self == .lz4 ? "LZ4" : "ZSTD" }

  private var trait: String { self == .lz4 ? "LZ4" : "Zstd" }
  private var package: String { self == .lz4 ? "liblz4-dev" : "libzstd-dev" }

  /// Whether this build has it.
  var isBuilt: Bool {
    switch self {
    case .lz4:
      #if LZ4
        return true
      #else
        return false
      #endif
    case .zstd:
      #if Zstd
        return true
      #else
        return false
      #endif
    }
  }

  /// What to do where it was not built.
  var remedy: String {
    "Build with the package's trait \"\(trait)\" (on by default) and the system package \(package)."
  }

  /// The most bytes that so many can unpack to, by the codec's own rules: a block of LZ4 grows by
  /// 255 at most, and four bytes of Zstandard make 128 KiB at most.
  func mostBytes(from count: Int) -> Int {
    let (most, isHuge) = (count &+ 64).multipliedReportingOverflow(
      by: self == .lz4 ? 256 : 1 << 15)
    return isHuge ? .max : most
  }
}
