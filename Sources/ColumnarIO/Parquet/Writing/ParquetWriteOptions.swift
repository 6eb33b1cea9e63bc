import ColumnarCore

/// How a Parquet file is to be written.
///
/// How values are encoded is not asked: each column of each row group is written as a dictionary
/// where that pays, else in the encoding that a sample of it comes out smallest in.
public struct ParquetWriteOptions: Sendable, Hashable {
  /// The two layouts of data pages.
  public enum PageVersion: Sendable, Hashable {
    /// Read by everything, also by readers of ten years ago.
    case v1
    /// Pages that packing doesn't make smaller stay as they are, and are read without unpacking.
    case v2
  }

  /// How often an index of some column's values is to err, and for how many distinct values.
  public struct BloomFilter: Sendable, Hashable {
    /// The column: nested ones by their path in the file, as in `items.list.element.name`.
    public var column: String
    /// The share of absent values that are taken for present.
    public var falsePositives: Double
    /// The number of distinct values in a row group; nil to count or guess them.
    public var distinctValues: Int?

    /// A filter of that column.
    public init(_ column: String, falsePositives: Double = 0.01, distinctValues: Int? = nil) {
      self.column = column
      self.falsePositives = falsePositives
      self.distinctValues = distinctValues
    }
  }

  /// An order that the rows are known to be in.
  public struct SortedColumn: Sendable, Hashable {
    /// The column, which is not nested.
    public var column: String
    /// Whether the greatest value comes first.
    public var descending: Bool
    /// Whether nulls come first.
    public var nullsFirst: Bool

    /// Rows in the order of that column.
    public init(_ column: String, descending: Bool = false, nullsFirst: Bool = false) {
      self.column = column
      self.descending = descending
      self.nullsFirst = nullsFirst
    }
  }

  /// How pages are packed.
  public var compression = ParquetCompression.zstd
  /// The most rows of a row group.
  public var rowGroupRows = 1 << 20
  /// The most bytes that the rows of a row group take in memory; a row group has one row at least.
  public var rowGroupBytes = 256 << 20
  /// The most rows of a page.
  public var pageRows = 1 << 16
  /// About how many bytes a page has before it is packed; a page has one row at least.
  public var pageBytes = 1 << 20
  /// The layout of data pages.
  public var pageVersion = PageVersion.v2
  /// Whether dictionaries are made where they pay.
  public var usesDictionaries = true
  /// Whether encodings newer than the first version of the format are used where they pay: delta,
  /// byte stream split, and run lengths for truth values.
  public var usesNewEncodings = true
  /// Whether the least and greatest value of each column are noted per row group, and with
  /// `writesPageIndex` per page.
  public var writesStatistics = true
  /// Whether the pages' places and bounds are noted, so that readers can leave pages out.
  public var writesPageIndex = true
  /// Whether pages carry checksums.
  public var writesChecksums = false
  /// Whether the file carries the Arrow schema, which brings back what Parquet has no type for:
  /// time zones, durations, lists of fixed size, seconds.
  public var writesArrowSchema = true
  /// Which columns get an index of the values that they may hold.
  public var bloomFilters: [BloomFilter] = []
  /// An order that the rows are in, which is noted and not checked.
  public var sortedColumns: [SortedColumn] = []
  /// What else is to stand in the footer.
  public var metadata: [String: String] = [:]
  /// Whether the file is on the disk, rather than on its way there, when writing ends; costs the
  /// disk's time.
  public var isDurable = true

  /// Zstandard at level 1, row groups of about a million rows, statistics and page index, no bloom
  /// filters.
  public init(compression: ParquetCompression = .zstd) { self.compression = compression }

  /// An error if some number makes no sense.
  func check() throws {
    try compression.check()
    let sizes = [
      ("rowGroupRows", rowGroupRows), ("rowGroupBytes", rowGroupBytes), ("pageRows", pageRows),
      ("pageBytes", pageBytes),
    ]
    for (name, size) in sizes where size < 1 {
      throw ColumnarError(.invalidPlan, "\(name) is \(size); it must be at least 1.")
    }
    guard rowGroupRows <= Int(Int32.max) else {
      throw ColumnarError(
        .invalidPlan, "rowGroupRows is \(rowGroupRows); a row group has at most 2^31 - 1 rows.")
    }
    for filter in bloomFilters {
      guard filter.falsePositives > 0, filter.falsePositives < 1 else {
        throw ColumnarError(
          .invalidPlan,
          "The bloom filter of column \"\(filter.column)\" has \(filter.falsePositives) as its "
            + "share of false positives, which must lie between 0 and 1.")
      }
    }
  }
}
