import ColumnarCore

/// The first failure of a stage in the order of the rows, whichever thread met it first.
///
/// After a failure no later work starts, but earlier work finishes, so that of several errors the
/// same one is reported in every run.
package final class FailureLog: Sendable {
  private struct Entry {
    let level: Int
    let sequence: Int
    let place: ObjectIdentifier?
    let error: ColumnarError
  }

  private struct State {
    var first: Entry?
    /// Rows that each operator took, by morsel or job.
    var rows: [ObjectIdentifier: [Int: Int]] = [:]

    func rows(of place: ObjectIdentifier, before sequence: Int) -> Int? {
      rows[place].map { $0.reduce(0) { $1.key < sequence ? $0 + $1.value : $0 } }
    }
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

  /// The level and number of the work that failed first.
  package var first: (level: Int, sequence: Int)? {
    state.withLock { $0.first.map { ($0.level, $0.sequence) } }
  }

  /// Notes an error in the morsel or job `sequence`, at a row of what it gave to the operator
  /// `place`; nil if the row is not counted by an operator.
  package func record(
    _ error: any Error, level: Int, sequence: Int, place: ObjectIdentifier? = nil
  ) {
    let entry = Entry(
      level: level, sequence: sequence, place: place,
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
  package func recordRows(_ rows: [(place: ObjectIdentifier, count: Int)], sequence: Int) {
    state.withLock { state in
      for (place, count) in rows { state.rows[place, default: [:]][sequence] = count }
    }
  }

  /// Throws the first failure, its row counted from the start of the failing operator's input.
  package func throwIfFailed() throws {
    try state.withLock { state in
      guard let first = state.first else { return }
      guard let place = first.place else { throw first.error }
      throw first.error.shiftingRow(by: state.rows(of: place, before: first.sequence) ?? 0)
    }
  }

  /// How many rows an operator took of the morsels before `sequence`; nil if it is none of this
  /// stage's.
  package func rows(of place: ObjectIdentifier, before sequence: Int) -> Int? {
    state.withLock { $0.rows(of: place, before: sequence) }
  }
}
