import ColumnarCore

/// The work that a thread is at, as calls that wait see it.
package enum WorkInHand {
  /// Whether its result may still be wanted: not once work before it in the order of the rows has
  /// failed, or the query was cancelled.
  package struct Wanted: Sendable {
    private let cancellation: Cancellation
    private let isAllowed: (@Sendable () -> Bool)?

    init(_ cancellation: Cancellation, _ isAllowed: (@Sendable () -> Bool)? = nil) {
      self.cancellation = cancellation
      self.isAllowed = isAllowed
    }

    /// An error if it is not.
    func check() throws {
      try cancellation.check()
      if let isAllowed, !isAllowed() {
        throw ColumnarError(.cancelled, "An earlier row failed.")
      }
    }

    var isGone: Bool { cancellation.isCancelled || !(isAllowed?() ?? true) }
  }

  @TaskLocal private static var isAllowed: (@Sendable () -> Bool)?

  /// Runs `body`, whose result is wanted as long as `isAllowed` says so.
  package static func run<R>(
    while isAllowed: @escaping @Sendable () -> Bool, _ body: () throws -> R
  ) rethrows -> R {
    try $isAllowed.withValue(isAllowed, operation: body)
  }

  /// Whether the result of what this thread is at is wanted.
  package static func wanted(_ cancellation: Cancellation) -> Wanted {
    Wanted(cancellation, isAllowed)
  }
}
