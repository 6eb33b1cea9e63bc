import ColumnarCore
import ColumnarIO

/// Where a scan reads from: a frame in memory or a file.
package protocol TableSource: Sendable {
  /// What `explain` calls it.
  var name: String { get }
  /// All its columns.
  var schema: Schema { get }
  /// The rows if they are known without reading.
  var rowCount: Int? { get }
  /// Whether `morsels` applies the request's selection; if not, a filter is put behind the scan.
  var selects: Bool { get }
  /// Cuts the work of a scan into units that can be read by themselves, in order.
  func morsels(_ request: ScanRequest) throws -> [Morsel]
  /// The same table with narrower types, which lack fields of structs, at some positions; nil if
  /// leaving fields out would save nothing.
  func narrowed(to types: [Int: DataType]) -> (any TableSource)?
}

extension TableSource {
  package var selects: Bool { false }
  package func narrowed(to types: [Int: DataType]) -> (any TableSource)? { nil }
}

/// What a scan wants of a table.
package struct ScanRequest: Sendable {
  /// Positions of the columns in the table's schema, in the order in which they are wanted.
  package let columns: [Int]
  /// The most rows that are of use from any one morsel, and from all together.
  package let limit: Int?
  /// A condition that rows must meet, on columns of the table's own choosing; nil for all rows.
  package let selection: Selection?
  /// A hint at how large morsels should be, in rows.
  package let morselRows: Int
  /// Rows of a batch.
  package let batchRows: Int
  /// Notes what was read and what was left out.
  package let counts: ScanCounts?

  package init(
    columns: [Int], limit: Int?, selection: Selection?, morselRows: Int, batchRows: Int,
    counts: ScanCounts? = nil
  ) {
    self.columns = columns
    self.limit = limit
    self.selection = selection
    self.morselRows = morselRows
    self.batchRows = batchRows
    self.counts = counts
  }
}

extension ScanRequest {
  /// A filter that a table may apply while it reads, so that other columns are made for the kept
  /// rows only.
  package struct Selection: Sendable {
    /// Positions in the table's schema of the columns that `keep` looks at.
    package let columns: [Int]
    /// A bit per row of a batch of just these columns: whether to keep it.
    package let keep: @Sendable (Batch) throws -> Bitmap
    /// What a row must meet to be kept, for tables that know enough of their rows to leave some out
    /// unseen; columns are positions in the table's schema.
    package let condition: RowCondition
    /// Filters that a row must pass, one by one, for tables that know some columns' values without
    /// reading; none of them can fail.
    package let parts: [Part]

    /// A filter like the whole, on columns of its own.
    package struct Part: Sendable {
      package let columns: [Int]
      package let keep: @Sendable (Batch) throws -> Bitmap

      package init(columns: [Int], keep: @escaping @Sendable (Batch) throws -> Bitmap) {
        self.columns = columns
        self.keep = keep
      }
    }

    package init(
      columns: [Int], condition: RowCondition = .all([]), parts: [Part] = [],
      keep: @escaping @Sendable (Batch) throws -> Bitmap
    ) {
      self.columns = columns
      self.keep = keep
      self.condition = condition
      self.parts = parts
    }
  }
}

/// One unit of work of a scan.
package struct Morsel: Sendable {
  /// Which partition of the data its rows belong to.
  package let partition: Int
  /// How many rows of the table come before it, where that is known.
  package let firstRow: Int?
  /// Reads it, batch by batch in order, until `emit` says that no more is wanted.
  package let read: @Sendable (_ emit: (Batch) throws -> Flow) throws -> Void

  package init(
    partition: Int, firstRow: Int? = nil,
    read: @escaping @Sendable (_ emit: (Batch) throws -> Flow) throws -> Void
  ) {
    self.partition = partition
    self.firstRow = firstRow
    self.read = read
  }
}

/// What a consumer of batches says to its producer.
package enum Flow: Sendable {
  /// Go on.
  case more
  /// Nothing further is wanted.
  case done
}

/// The sizes that execution works in.
package enum ExecutionSize {
  /// Rows of a batch: columns of it stay in the second-level cache while a chain of operators runs
  /// over them.
  package static let batchRows = 8192
  /// Rows of a batch that is kept as it was read, where those of others have `batchRows`.
  package static func keptRows(_ batchRows: Int) -> Int { 8 * min(batchRows, morselRows) }
  /// The most rows of a unit of work.
  package static let morselRows = 131_072
}
