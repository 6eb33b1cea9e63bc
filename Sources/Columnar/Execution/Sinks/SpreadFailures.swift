import ColumnarCore

/// The failures of a user's aggregate on rows that were split by hash before they were grouped.
///
/// Each part goes as far as its own first failure; the one of the first row is reported, in every
/// run.
final class SpreadFailures: Sendable {
  private let first = Monitor<(row: Int, error: ColumnarError)?>(nil)
  private let query: QueryContext
  /// The rows that came before each morsel.
  private let before: [Int: Int]

  init(_ locals: [GroupState], _ query: QueryContext) {
    self.query = query
    var counts: [Int: Int] = [:]
    for local in locals { counts.merge(local.rowCounts) { $0 + $1 } }
    var (before, rows) = ([Int: Int](), 0)
    for sequence in counts.keys.sorted() {
      before[sequence] = rows
      rows += counts[sequence] ?? 0
    }
    self.before = before
  }

  /// Groups a partition's rows; false if that failed.
  ///
  /// After a failure the rows of other threads are gone through too: they may hold an earlier one.
  func groups(
    _ locals: [GroupState], _ partition: Int, into state: GroupState, upTo end: Int = .max
  ) throws -> Bool {
    var isWhole = true
    for local in locals {
      for rows in local.spreadRows(of: partition) where number(of: 0, in: rows) < end {
        try query.cancellation.check()
        if try noting(rows, { try state.update(rows) }) { continue }
        isWhole = false
        break
      }
    }
    return isWhole
  }

  /// The number among all rows of a row of some that were kept; as in `BatchPosition.orderBase`, the
  /// first one's tells its morsel and its place there.
  private func number(of row: Int, in rows: GroupState.Rows) -> Int {
    let place = rows.chosen.map { row < $0.count ? $0.row(at: row) : row } ?? row
    return (before[Int(rows.firstRow >> 32)] ?? 0) + Int(rows.firstRow & 0xFFFF_FFFF) + place
  }

  /// Runs `body` on rows; false if it failed at one of them.
  private func noting(_ rows: GroupState.Rows, _ body: () throws -> Void) throws -> Bool {
    do {
      try query.collectingFailures({ self.number(of: $0, in: rows) }, body)
      return true
    } catch let error as ColumnarError where error.code != .cancelled {
      let (local, row) = (error.row ?? 0, number(of: error.row ?? 0, in: rows))
      first.withLock { known in
        if known.map({ row < $0.row }) ?? true { known = (row, error.shiftingRow(by: row - local)) }
      }
      return false
    }
  }

  /// The failure of the first row, if that comes before `row`.
  func first(before row: Int) -> ColumnarError? {
    first.withLock { $0.flatMap { $0.row < row ? $0.error : nil } }
  }

  /// Throws the failure of the first row, if any.
  func throwFirst() throws {
    if let (_, error) = first.withLock({ $0 }) { throw error }
  }
}
