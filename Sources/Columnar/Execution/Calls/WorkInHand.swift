import ColumnarCore

/// The job that a thread is at, as calls that wait see it.
package struct WorkInHand: Sendable {
  private let failures: FailureLog
  private let number: Int
  private let level: Int

  /// Job `number` of a stage's exchange `level`.
  ///
  /// A type of its own because a task-local closure crashed in optimised code (Swift 6.3).
  package init(_ failures: FailureLog, number: Int, level: Int) {
    self.failures = failures
    self.number = number
    self.level = level
  }

  @TaskLocal private static var current: WorkInHand?

  /// Runs `body` as a part of this job.
  package func run<R>(_ body: () throws -> R) rethrows -> R {
    try Self.$current.withValue(self, operation: body)
  }

  /// Whether the result of what this thread is at is wanted.
  package static func wanted(_ cancellation: Cancellation) -> Wanted {
    Wanted(cancellation: cancellation, work: current)
  }

  /// Whether a result may still be wanted: not once work before it in the order of the rows has
  /// failed, or the query was cancelled.
  package struct Wanted: Sendable {
    fileprivate let cancellation: Cancellation
    fileprivate let work: WorkInHand?

    /// The exchange and the number of the job; zero where there is none.
    var level: Int { work?.level ?? 0 }
    var number: Int { work?.number ?? 0 }

    var isGone: Bool {
      if cancellation.isCancelled { return true }
      guard let work else { return false }
      return !work.failures.allows(work.number, level: work.level)
    }

    /// An error if it is not.
    func check() throws {
      try cancellation.check()
      if isGone { throw ColumnarError(.cancelled, "An earlier row failed.") }
    }
  }
}
