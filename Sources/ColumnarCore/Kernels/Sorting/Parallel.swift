/// The threads that an executor lends to a kernel.
package struct Parallel: Sendable {
  /// How many tasks may run at a time.
  package let width: Int
  /// Calls the body with every number below `tasks`, possibly at the same time, and returns when
  /// all are done.
  package let run: @Sendable (_ tasks: Int, _ body: @Sendable (Int) -> Void) -> Void
  /// Whether nobody wants the result any more; once true it stays so.
  ///
  /// Kernels ask between their phases, and then skip work: the result is of the right shape and its
  /// rows are rows, but in no order. Whoever lends the threads throws it away.
  package let isCancelled: @Sendable () -> Bool

  /// Threads that `run` hands tasks to.
  package init(
    width: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
    run: @escaping @Sendable (_ tasks: Int, _ body: @Sendable (Int) -> Void) -> Void
  ) {
    self.width = max(1, width)
    self.run = run
    self.isCancelled = isCancelled
  }

  /// The calling thread only.
  package static let serial = serial { false }

  /// The calling thread only, for a result that may be given up.
  package static func serial(isCancelled: @escaping @Sendable () -> Bool) -> Parallel {
    Parallel(width: 1, isCancelled: isCancelled) { tasks, body in
      for task in 0..<tasks { body(task) }
    }
  }

  /// Part `task` of `tasks` equal parts of `0..<count`.
  static func part(_ task: Int, of tasks: Int, _ count: Int) -> Range<Int> {
    (count * task / tasks)..<(count * (task + 1) / tasks)
  }
}
