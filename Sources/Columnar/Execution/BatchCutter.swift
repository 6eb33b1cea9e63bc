import ColumnarCore

/// Cuts a stream of batches anew: by a number of rows that is exact but for the last, and so that
/// no piece holds more than so many bytes.
package struct BatchCutter: Sendable {
  /// How batches are cut; nil passes them on as they come.
  package struct Spec: Sendable {
    /// Exactly so many rows, fewer only where the bytes don't allow it and at the end.
    package let rows: Int?
    /// The most bytes; a row that is larger stands alone.
    package let bytes: Int?
    /// The columns whose bytes count.
    package let columns: [Int]
    /// A boolean column: only rows where it is true count, in rows and in bytes; nil: all do.
    package let chosen: Int?

    package init(rows: Int?, bytes: Int?, columns: [Int], chosen: Int? = nil) {
      self.rows = rows
      self.bytes = bytes
      self.columns = columns
      self.chosen = chosen
    }
  }

  /// Rows that stand in one piece: batches of one schema, not yet joined.
  package struct Piece: Sendable {
    package fileprivate(set) var parts: [Batch] = []
    package fileprivate(set) var rows = 0

    package init() {}

    /// A batch as it is.
    package init(_ batch: Batch) { (parts, rows) = ([batch], batch.count) }

    /// Adds the rows that come next.
    package mutating func add(_ batch: Batch) {
      parts.append(batch)
      rows += batch.count
    }
  }

  /// What cutting needs to know of a batch.
  package struct Measure: Sendable {
    fileprivate let bytes: [Int]?
    fileprivate let chosen: Bitmap?
  }

  /// The most rows of a piece: one that waits for rows that count, where hardly any does, must not
  /// hold a whole table.
  private static let longest = 1 << 24

  private let spec: Spec
  private var tail = Piece()
  private var tailBytes = 0
  /// The rows of the tail that count.
  private var tailRows = 0

  package init(_ spec: Spec) { self.spec = spec }

  /// Measures the rows of a batch; asked outside of any lock.
  package func measure(_ batch: Batch) -> Measure {
    Measure(bytes: bytes(of: batch), chosen: spec.chosen.map { batch.columns[$0].selection })
  }

  private func bytes(of batch: Batch) -> [Int]? {
    guard spec.bytes != nil else { return nil }
    var sizes = [Int](repeating: 0, count: batch.count)
    for column in spec.columns { batch.columns[column].addRowBytes(to: &sizes) }
    return sizes
  }

  /// Adds a batch; `emit` is given each piece that became full.
  package mutating func cut(_ batch: Batch, _ measure: Measure, emit: (Piece) -> Void) {
    var row = 0
    while row < batch.count {
      let end = self.end(from: row, batch.count, measure)
      if end > row {
        tail.parts.append(batch.slice(row..<end))
        tail.rows += end - row
      }
      let isFull = tailRows == spec.rows || end < batch.count
      row = end
      if isFull { flush(emit) }
    }
    // Without a number of rows to reach there is nothing to wait for.
    if spec.rows == nil { flush(emit) }
  }

  /// Gives out what is left.
  package mutating func flush(_ emit: (Piece) -> Void) {
    if tail.rows > 0 { emit(tail) }
    (tail, tailBytes, tailRows) = (Piece(), 0, 0)
  }

  /// The end of the rows from `row` on that the current piece has room for.
  private mutating func end(from row: Int, _ count: Int, _ measure: Measure) -> Int {
    if measure.bytes == nil, measure.chosen == nil {
      let end = min(count, spec.rows.map { row + $0 - tailRows } ?? count)
      tailRows += end - row
      return end
    }
    var end = row
    while end < count, tailRows < spec.rows ?? .max, tail.rows + end - row < Self.longest {
      if measure.chosen?.isSet(end) ?? true {
        if let bytes = measure.bytes?[end], let most = spec.bytes {
          guard tailRows == 0 || tailBytes + bytes <= most else { break }
          tailBytes += bytes
        }
        tailRows += 1
      }
      end += 1
    }
    return end
  }
}
