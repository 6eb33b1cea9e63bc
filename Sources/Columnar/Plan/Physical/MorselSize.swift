import ColumnarCore

/// How many rows a morsel has.
package struct MorselSize: Sendable {
  private let threads: Int
  private let batchRows: Int
  private let callsFunctions: Bool

  init(_ configuration: EngineConfiguration, callsFunctions: Bool) {
    threads = configuration.threads
    batchRows = configuration.batchRows
    self.callsFunctions = callsFunctions
  }

  /// The rows of a morsel of a table of so many rows; nil: not known.
  ///
  /// Small enough that every thread gets several. Where functions are called, whose rows may cost
  /// anything, a morsel is one batch at most: a slow batch holds up no other, and few rows are shared
  /// out too.
  package func rows(of count: Int?) -> Int {
    let most = callsFunctions ? batchRows : ExecutionSize.morselRows
    guard let count else { return most }
    let least = callsFunctions ? 64 : 4 * ExecutionSize.batchRows
    let share = (count + 4 * threads - 1) / (4 * threads)
    let size = min(most, max(least, share))
    // Whole batches, so that no morsel ends with a short one.
    return size > batchRows ? (size + batchRows - 1) / batchRows * batchRows : size
  }

  /// The rows of a morsel of a breaker's result.
  package func rows(ofResult count: Int) -> Int {
    callsFunctions ? rows(of: count) : ExecutionSize.morselRows
  }
}
