import ColumnarCore

/// The first failure of a stage in the order of the rows, whichever thread met it first.
///
/// After a failure no later work starts, but earlier work finishes, so that of several errors the same one is reported
/// in every run.
package final class FailureLog: Sendable {
  private struct Entry {
    let level: Int
    let sequence: Int
    let position: Int
    let error: ColumnarError
  }

  private struct State {
    var first: Entry?
    /// Rows that each operator of each level took, by morsel: (level, operator) to sequence to rows.
    var rows: [[Int]: [Int: Int]] = [:]
  }

  private let state = Monitor(State())

  /// Whether work with this number may still start at a level.
  ///
  /// Levels further down have the higher numbers.
  package func allows(_ sequence: Int, level: Int) -> Bool {
    state.withLock { state in
      guard let first = state.first else { return true }
      return first.level == level ? sequence < first.sequence : level > first.level
    }
  }

  /// Whether anything failed.
  package var hasFailed: Bool { state.withLock { $0.first != nil } }

  /// Notes an error of operator `position` in the morsel `sequence`, at a row of that morsel's
  /// input to the operator.
  package func record(_ error: any Error, level: Int, sequence: Int, position: Int) {
    let entry = Entry(
      level: level, sequence: sequence, position: position,
      error: ColumnarError.wrapping(error, as: .internal))
    state.withLock { state in
      guard let first = state.first else {
        state.first = entry
        return
      }
      // What fails further down concerns rows that came before whatever failed above.
      if (entry.level, -entry.sequence) > (first.level, -first.sequence) { state.first = entry }
    }
  }

  /// Notes how many rows each operator took of a finished morsel.
  package func recordRows(_ rows: [Int], level: Int, sequence: Int) {
    state.withLock { state in
      for (position, count) in rows.enumerated() {
        state.rows[[level, position], default: [:]][sequence] = count
      }
    }
  }

  /// Throws the first failure, its row counted from the start of the failing operator's input.
  package func throwIfFailed() throws {
    try state.withLock { state in
      guard let first = state.first else { return }
      let before = state.rows[[first.level, first.position], default: [:]]
        .reduce(0) { $1.key < first.sequence ? $0 + $1.value : $0 }
      throw first.error.shiftingRow(by: before)
    }
  }
}
