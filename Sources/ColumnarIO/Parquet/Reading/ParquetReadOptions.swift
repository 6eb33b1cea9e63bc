/// How a Parquet file is to be read.
public struct ParquetReadOptions: Sendable, Hashable {
  /// What to do with columns of types that the engine has not: intervals, variants,
  /// decimals of more than 38 digits.
  public enum UnsupportedColumns: Sendable, Hashable {
    /// They are an error that names the column.
    case fail
    /// They are left out.
    case omit
  }

  /// What to do with columns of types that the engine has not.
  public var unsupportedColumns = UnsupportedColumns.fail
  /// Whether the checksums of pages are checked where a file has them; costs some two nanoseconds a
  /// byte.
  public var verifiesChecksums = false
  /// Whether row groups are left out that by their statistics hold no row that a filter keeps.
  public var usesStatistics = true

  /// Unsupported columns are an error, statistics are used, checksums are not.
  public init() {}
}
