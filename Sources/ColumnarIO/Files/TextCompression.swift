import ColumnarCore

/// How a file of text is packed when it is written.
///
/// Readers need no such choice: they tell packed files by their first bytes.
public enum TextCompression: Hashable, Sendable {
  /// By the file's name: gzip if it ends in `.gz`, zstd if in `.zst`, else not at all.
  case byName
  /// Not at all, whatever the name.
  case none
  /// As gzip; from level 0 to 9, nil for zlib's default.
  case gzip(level: Int? = nil)
  /// As Zstandard, with a checksum; of a level that zstd knows, nil for 3.
  case zstd(level: Int? = nil)

  /// What packs a file of that name; nil for none.
  func packer(path: String) throws -> (any BytePacker)? {
    switch self {
    case .none: return nil
    case .gzip(let level): return try GzipDeflater(path: path, level: level)
    case .zstd(let level): return try ZstdDeflater(path: path, level: level)
    case .byName:
      if path.hasSuffix(".gz") { return try GzipDeflater(path: path, level: nil) }
      if path.hasSuffix(".zst") { return try ZstdDeflater(path: path, level: nil) }
      return nil
    }
  }
}

/// Packs bytes as they come; used by one thread at a time.
protocol BytePacker: AnyObject {
  /// Packs `bytes` and hands what comes out to `emit`; with `isLast` also all that is still inside.
  func pack(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool,
    emit: (UnsafeRawBufferPointer) throws -> Void
  ) throws
}
