import ColumnarCore

/// How the pages of a Parquet file are packed.
public struct ParquetCompression: Sendable, Hashable, CustomStringConvertible {
  let codec: ParquetCodec
  let level: Int

  /// Not at all.
  public static let none = ParquetCompression(codec: .uncompressed, level: 0)
  /// Snappy: quick, and read by everything.
  public static let snappy = ParquetCompression(codec: .snappy, level: 0)
  /// Zstandard at level 1: nearly as quick as Snappy, and smaller.
  public static let zstd = ParquetCompression(codec: .zstd, level: 1)
  /// gzip at level 6: slow; for readers that know nothing else.
  public static let gzip = ParquetCompression(codec: .gzip, level: 6)
  /// LZ4 blocks (LZ4_RAW): the quickest to read.
  public static let lz4 = ParquetCompression(codec: .lz4Raw, level: 0)

  /// Zstandard at a level from 1, the quickest, to 22.
  public static func zstd(level: Int) -> ParquetCompression {
    ParquetCompression(codec: .zstd, level: level)
  }

  /// gzip at a level from 1, the quickest, to 9.
  public static func gzip(level: Int) -> ParquetCompression {
    ParquetCompression(codec: .gzip, level: level)
  }

  public var description: String {
    switch codec {
    case .uncompressed: "none"
    case .zstd, .gzip: "\(codec)(level: \(level))"
    case .lz4Raw: "lz4"
    default: "\(codec)"
    }
  }

  /// An error if the level is none of the codec's, or this build has not the codec.
  func check() throws {
    let levels: ClosedRange<Int>? =
      switch codec {
      case .zstd: 1...22
      case .gzip: 1...9
      default: nil
      }
    if let levels, !levels.contains(level) {
      throw ColumnarError(
        .invalidPlan,
        "\(codec) has levels from \(levels.lowerBound) to \(levels.upperBound), not \(level).")
    }
    guard let needs = codec.requirement, !needs.isBuilt else { return }
    throw ColumnarError(
      .unsupported,
      "This build cannot pack Parquet files with \(needs.name). Build with the package's trait "
        + "\"\(needs.trait)\" (on by default) and the system package \(needs.package), or choose "
        + "another compression.")
  }
}
