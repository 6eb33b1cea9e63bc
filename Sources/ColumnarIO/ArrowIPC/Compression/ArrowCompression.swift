/// How the buffers of Arrow files and streams are packed when they are written.
///
/// Readers must know Arrow's format 1.0 of 2020 for either codec. Packed values can't be used where
/// they lie in a mapped file; they are unpacked when a query reads them.
public enum ArrowCompression: Sendable, Hashable {
  /// As they are: reading copies nothing.
  case none
  /// LZ4 frames: quick, moderate (needs the package's trait `LZ4`, on by default).
  case lz4
  /// Zstandard, at a level from 1 to 22: smaller, slower (needs the trait `Zstd`, on by default).
  case zstd(level: Int = 1)
}
