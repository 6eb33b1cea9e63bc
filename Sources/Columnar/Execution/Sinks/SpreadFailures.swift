import ColumnarCore

/// The failures of a user's aggregate on rows that were split by hash before they were grouped.
///
/// Each part goes as far as its own first failure; the one of the first row is reported, in every run.
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

  /// Runs `body` on rows; false if it failed at one of them.
  func noting(_ rows: GroupState.Rows, _ body: () throws -> Void) throws -> Bool {
    let number = { (row: Int) -> Int in
      let place = rows.chosen.map { row < $0.count ? $0.row(at: row) : row } ?? row
      // The number of the morsel and the place there, as in `BatchPosition.orderBase`.
      return (self.before[Int(rows.firstRow >> 32)] ?? 0) + Int(rows.firstRow & 0xFFFF_FFFF) + place
    }
    do {
      try query.collectingFailures(number, body)
      return true
    } catch let error as ColumnarError where error.code != .cancelled {
      let (local, row) = (error.row ?? 0, number(error.row ?? 0))
      first.withLock { known in
        if known.map({ row < $0.row }) ?? true { known = (row, error.shiftingRow(by: row - local)) }
      }
      return false
    }
  }

  /// Throws the failure of the first row, if any.
  func throwFirst() throws {
    if let (_, error) = first.withLock({ $0 }) { throw error }
  }
}
