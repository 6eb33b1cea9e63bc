import ColumnarCore

/// Cuts a stream of batches anew: by a number of rows that is exact but for the last, and so that no piece holds more
/// than so many bytes.
package struct BatchCutter: Sendable {
  /// How batches are cut; nil passes them on as they come.
  package struct Spec: Sendable {
    /// Exactly so many rows, fewer only where the bytes don't allow it and at the end.
    package let rows: Int?
    /// The most bytes; a row that is larger stands alone.
    package let bytes: Int?
    /// The columns whose bytes count.
    package let columns: [Int]

    package init(rows: Int?, bytes: Int?, columns: [Int]) {
      self.rows = rows
      self.bytes = bytes
      self.columns = columns
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

  private let spec: Spec
  private var tail = Piece()
  private var tailBytes = 0

  package init(_ spec: Spec) { self.spec = spec }

  /// The bytes of every row of a batch, if they are bounded; asked outside of any lock.
  package func sizes(of batch: Batch) -> [Int]? {
    guard spec.bytes != nil else { return nil }
    var sizes = [Int](repeating: 0, count: batch.count)
    for column in spec.columns { batch.columns[column].addRowBytes(to: &sizes) }
    return sizes
  }

  /// Adds a batch; `emit` is given each piece that became full.
  package mutating func cut(_ batch: Batch, sizes: [Int]?, emit: (Piece) -> Void) {
    var row = 0
    while row < batch.count {
      let end = self.end(from: row, batch.count, sizes)
      if end > row {
        tail.parts.append(batch.slice(row..<end))
        tail.rows += end - row
      }
      let isFull = tail.rows == spec.rows || end < batch.count
      row = end
      if isFull { flush(emit) }
    }
    // Without a number of rows to reach there is nothing to wait for.
    if spec.rows == nil { flush(emit) }
  }

  /// Gives out what is left.
  package mutating func flush(_ emit: (Piece) -> Void) {
    if tail.rows > 0 { emit(tail) }
    (tail, tailBytes) = (Piece(), 0)
  }

  /// The end of the rows from `row` on that the current piece has room for.
  private mutating func end(from row: Int, _ count: Int, _ sizes: [Int]?) -> Int {
    let limit = min(count, spec.rows.map { row + $0 - tail.rows } ?? count)
    guard let sizes, let most = spec.bytes else { return limit }
    var end = row
    while end < limit, tailBytes + sizes[end] <= most || (tail.rows == 0 && end == row) {
      tailBytes += sizes[end]
      end += 1
    }
    return end
  }
}
