import ColumnarCore

/// The columns of a batch that several threads need parts of: each is read by one of them, and
/// different ones at once.
final class SharedBatch: Sendable {
  /// Columns are read in so many groups at most: reading one means passing over the others.
  private static let groupCount = 16

  /// The rows of the batch.
  let rows: Int
  /// What was read of each group.
  private let groups: [Monitor<[Column]?>]
  /// The groups that some thread reads or has read.
  private let claims = Monitor(Set<Int>())

  /// Of a batch of so many rows.
  init(rows: Int) {
    self.rows = rows
    groups = (0..<Self.groupCount).map { _ in Monitor(nil) }
  }

  /// The columns at `positions`, which are the same in every call, in that order.
  ///
  /// What no thread reads yet is read first, then it is waited for the rest.
  func columns(
    _ positions: [Int], _ read: ([Int]) throws -> [Column]
  ) throws -> [Column] {
    let size = max(1, (positions.count + Self.groupCount - 1) / Self.groupCount)
    let starts = Array(stride(from: 0, to: positions.count, by: size))
    var made = [[Column]](repeating: [], count: starts.count)
    var waiting: [Int] = []
    for isFirst in [true, false] {
      for k in isFirst ? Array(starts.indices) : waiting {
        if isFirst, !claim(k) {
          waiting.append(k)
          continue
        }
        made[k] = try groups[k].withLock { known in
          if let known { return known }
          let end = min(positions.count, starts[k] + size)
          let columns = try read(Array(positions[starts[k]..<end]))
          known = columns
          return columns
        }
      }
    }
    return made.flatMap { $0 }
  }

  /// Whether no other thread has claimed it; does not wait for one that reads it.
  private func claim(_ group: Int) -> Bool { claims.withLock { $0.insert(group).inserted } }
}
