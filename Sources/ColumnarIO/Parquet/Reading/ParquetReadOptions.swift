import ColumnarCore

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
  /// The unit of the timestamps that INT96 values, the oldest form of instants, become.
  ///
  /// Nanoseconds reach from 1677 to 2262: a value beyond is an error that says so. Coarser units
  /// reach further, and fractions of them are cut off.
  public var int96Unit = TimeUnit.nanosecond
  /// Whether the checksums of pages are checked where a file has them; costs some two nanoseconds a
  /// byte.
  public var verifiesChecksums = false
  /// Whether row groups are left out that by their statistics hold no row that a filter keeps.
  public var usesStatistics = true
  /// Whether pages are left out that by the page index hold no row that a filter keeps.
  public var usesPageIndex = true
  /// Whether row groups are left out whose bloom filters know none of the values that a filter asks
  /// for.
  public var usesBloomFilters = true

  /// Unsupported columns are an error; statistics, page index and bloom filters are used, checksums
  /// are not.
  public init() {}
}
