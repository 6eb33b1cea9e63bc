import ColumnarCore

/// A scan over keys on all threads: rows are split by the hash of their keys, each part is scanned
/// in the order of the rows, and the results go back to where their rows were.
package struct KeyedScan: Sendable {
  private let scan: ScanCall
  private let schema: Schema
  private let query: QueryContext

  package init(_ scan: ScanCall, _ columns: [BoundColumn], _ query: QueryContext) {
    self.scan = scan
    self.query = query
    schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
  }

  /// Consecutive batches, so many that the parts of them are worth a call each.
  private struct Piece: Sendable {
    let batches: [Batch]
    /// The number of its first row.
    let firstRow: Int
    let rows: ScanCall.Rows
    let split: HashPartitions
  }

  /// Sixteen parts: each then has about a batch of a piece.
  private static let bits = 4

  /// The rows with the results behind them, in the partitions of the data that they were in.
  func run(_ partitions: [[Batch]]) throws -> [[Batch]] {
    let pieces = try split(partitions.flatMap { $0 })
    let columns = try scanned(pieces)
    let results = Monitor([[Batch]](repeating: [], count: pieces.count))
    try query.parallel(pieces.count) { k in
      let batches = joined(pieces[k], columns[k])
      results.withLock { $0[k] = batches }
    }
    var all = results.withLock { $0 }.flatMap { $0 }[...]
    return partitions.map { part in
      defer { all = all.dropFirst(part.count) }
      return Array(all.prefix(part.count))
    }
  }

  /// What the scan sees of the batches, in pieces, split by the hash of the keys.
  private func split(_ batches: [Batch]) throws -> [Piece] {
    var runs: [(firstRow: Int, batches: [Batch])] = []
    var (row, length) = (0, ExecutionSize.morselRows)
    for batch in batches {
      if length + batch.count > ExecutionSize.morselRows {
        runs.append((row, []))
        length = 0
      }
      runs[runs.count - 1].batches.append(batch)
      row += batch.count
      length += batch.count
    }
    let pieces = Monitor([Piece?](repeating: nil, count: runs.count))
    try query.parallel(runs.count) { [runs] k in
      let piece = try piece(runs[k].batches, runs[k].firstRow)
      pieces.withLock { $0[k] = piece }
    }
    return pieces.withLock { $0 }.compactMap { $0 }
  }

  private func piece(_ batches: [Batch], _ firstRow: Int) throws -> Piece {
    var rows: [ScanCall.Rows] = []
    var before = 0
    for batch in batches {
      do { rows.append(try scan.rows(of: batch, query)) } catch let error as ColumnarError {
        throw error.shiftingRow(by: firstRow + before)
      }
      before += batch.count
    }
    let all = ScanCall.Rows(joining: rows, of: batches)
    let split = HashPartitions(hashes: RowHash.hash(all.keys), count: all.count, bits: Self.bits)
    return Piece(batches: batches, firstRow: firstRow, rows: all, split: split)
  }

  /// For every piece the results of each part.
  private func scanned(_ pieces: [Piece]) throws -> [[Column]] {
    let parts = 1 << Self.bits
    let none = [Column](repeating: .empty(scan.function.resultType), count: parts)
    let results = Monitor([[Column]](repeating: none, count: pieces.count))
    // Each part goes as far as its own first error; of all of them that of the first row counts.
    let failure = Monitor<(row: Int, error: ColumnarError)?>(nil)
    try query.parallel(parts) { part in
      let progress = try ScanProgress(scan)
      for (k, piece) in pieces.enumerated() {
        let rows = piece.split[part]
        guard rows.count > 0 else { continue }
        try query.cancellation.check()
        do {
          let column = try query.collectingFailures({
            piece.firstRow + piece.rows.row(rows.row(at: $0))
          }) { try progress.step(piece.rows.taking(rows), query) }
          results.withLock { $0[k][part] = column }
        } catch let error as ColumnarError where error.code != .cancelled {
          let local = error.row ?? 0
          let row = piece.rows.row(local < rows.count ? rows.row(at: local) : local)
          let global = piece.firstRow + row
          failure.withLock { known in
            if known.map({ global < $0.row }) ?? true {
              known = (global, error.shiftingRow(by: global - local))
            }
          }
          return
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    return results.withLock { $0 }
  }

  /// The batches of a piece with their results, each at its row.
  private func joined(_ piece: Piece, _ parts: [Column]) -> [Batch] {
    let type = scan.function.resultType
    let count = piece.batches.reduce(0) { $0 + $1.count }
    var places = piece.split.rows
    if let chosen = piece.rows.chosen { places = chosen.picked(by: places) }
    let column = Column.concatenating(parts.filter { $0.count > 0 }, type: type)
      .taking(places.inverted(count: count))
    var start = 0
    return piece.batches.map { batch in
      defer { start += batch.count }
      return Batch(
        unchecked: schema, columns: batch.columns + [column.slice(start..<(start + batch.count))],
        count: batch.count)
    }
  }
}

extension ScanCall.Rows {
  /// The rows of consecutive batches as those of one.
  fileprivate init(joining parts: [ScanCall.Rows], of batches: [Batch]) {
    let join = { (columns: (ScanCall.Rows) -> [Column]) in
      columns(parts[0]).indices.map { k in
        Column.concatenating(parts.map { columns($0)[k] }, type: columns(parts[0])[k].type)
      }
    }
    var chosen: [Int32]?
    if parts.contains(where: { $0.chosen != nil }) {
      var before = 0
      chosen = zip(parts, batches).flatMap { part, batch in
        defer { before += batch.count }
        return (0..<part.count).map { Int32(truncatingIfNeeded: before + part.row($0)) }
      }
    }
    self.init(
      arguments: join(\.arguments), keys: join(\.keys), count: parts.reduce(0) { $0 + $1.count },
      chosen: chosen.map { RowIndices($0) })
  }
}

extension RowIndices {
  /// These row numbers at the given positions.
  fileprivate func picked(by positions: RowIndices) -> RowIndices {
    RowIndices(
      (0..<positions.count).map { Int32(truncatingIfNeeded: row(at: positions.row(at: $0))) })
  }
}
