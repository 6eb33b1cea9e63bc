import ColumnarCore

/// Keeps all batches, in order; with a limit, until there are enough rows.
package final class CollectSink: Sink {
  fileprivate struct Part {
    let sequence: Int
    let partition: Int
    var batches: [Batch]
    var rows: Int
  }

  private struct State {
    var parts: [Part] = []
    /// Rows of finished morsels by number, to know when the first rows are complete.
    var finished: [Int: Int] = [:]
    var firstUnfinished = 0
    var completeRows = 0
  }

  package struct Local {
    fileprivate var parts: [Part] = []
  }

  private let limit: Int?
  /// Whether rows behind the limit are to be computed too.
  private let readsAll: Bool
  private let state = Monitor(State())

  /// A sink for all rows, or for the first `limit`.
  package init(limit: Int? = nil, readsAll: Bool = false) {
    self.limit = limit
    self.readsAll = readsAll
  }

  package var onlyKeeps: Bool { limit == nil }

  package func makeLocal() -> Local { Local() }

  package func consume(
    _ batch: Batch, _ position: BatchPosition, _ local: inout Local
  ) throws -> Flow {
    if local.parts.last?.sequence != position.sequence {
      local.parts.append(
        Part(sequence: position.sequence, partition: position.partition, batches: [], rows: 0))
    }
    let last = local.parts.count - 1
    local.parts[last].batches.append(batch)
    local.parts[last].rows += batch.count
    guard let limit, !readsAll else { return .more }
    return local.parts[last].rows >= limit ? .done : .more
  }

  package func endMorsel(_ position: BatchPosition, _ local: inout Local) {
    guard limit != nil else { return }
    let rows = local.parts.last.map { $0.sequence == position.sequence ? $0.rows : 0 } ?? 0
    state.withLock { state in
      state.finished[position.sequence] = rows
      while let rows = state.finished.removeValue(forKey: state.firstUnfinished) {
        state.completeRows += rows
        state.firstUnfinished += 1
      }
    }
  }

  package func combine(_ local: consuming Local) {
    state.withLock { $0.parts += local.parts }
  }

  package var wantsMore: Bool {
    guard let limit, !readsAll else { return true }
    return state.withLock { $0.completeRows < limit }
  }

  package func isComplete(upTo sequence: Int) -> Bool {
    guard let limit, !readsAll else { return false }
    return state.withLock { state in
      state.parts.reduce(0) { $1.sequence <= sequence ? $0 + $1.rows : $0 } >= limit
    }
  }

  /// The batches in the order of the rows, cut to the limit.
  package var batches: [Batch] { partitions.flatMap { $0 } }

  /// The batches in order, those of each partition by themselves.
  package var partitions: [[Batch]] {
    let parts = state.withLock { $0.parts }.sorted { $0.sequence < $1.sequence }
    var result: [[Batch]] = []
    var (current, left) = (-1, limit ?? .max)
    for part in parts {
      if part.partition != current {
        current = part.partition
        result.append([])
      }
      for batch in part.batches where left > 0 {
        let taken = batch.count <= left ? batch : batch.slice(0..<left)
        left -= taken.count
        result[result.count - 1].append(taken)
      }
    }
    return result
  }
}
