/// The threads that an executor lends to a kernel.
package struct Parallel: Sendable {
  /// How many tasks may run at a time.
  package let width: Int
  /// Calls the body with every number below `tasks`, possibly at the same time, and returns when
  /// all are done.
  package let run: @Sendable (_ tasks: Int, _ body: @Sendable (Int) -> Void) -> Void

  /// Threads that `run` hands tasks to.
  package init(
    width: Int, run: @escaping @Sendable (_ tasks: Int, _ body: @Sendable (Int) -> Void) -> Void
  ) {
    self.width = max(1, width)
    self.run = run
  }

  /// The calling thread only.
  package static let serial = Parallel(width: 1) { tasks, body in
    for task in 0..<tasks { body(task) }
  }

  /// Part `task` of `tasks` equal parts of `0..<count`.
  static func part(_ task: Int, of tasks: Int, _ count: Int) -> Range<Int> {
    (count * task / tasks)..<(count * (task + 1) / tasks)
  }
}
