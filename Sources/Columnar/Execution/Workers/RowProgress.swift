import ColumnarCore
import Synchronization

/// Where a worker's function tells the program which row it is at, so that a row that hangs or
/// kills is known at once.
///
/// Telling costs two stores a row, so a function tells only where its rows are timed, or when a
/// batch is called again because its worker died.
@usableFromInline
package final class RowProgress: Sendable {
  private let memory: SharedMemory
  private let isAsked = Atomic<Bool>(false)

  init(_ memory: SharedMemory) { self.memory = memory }

  /// Whether the rows of the next call are told though they are not timed.
  var isWatching: Bool {
    get { isAsked.load(ordering: .relaxed) }
    set { isAsked.store(newValue, ordering: .relaxed) }
  }

  func enter(_ row: Int, at time: UInt64) { memory.enter(row: row, at: time) }

  func leave() { memory.leaveRow() }
}

/// A call that ended with its worker, at a row that is known.
struct LostRow: Error {
  let row: Int
  let error: ColumnarError
}
