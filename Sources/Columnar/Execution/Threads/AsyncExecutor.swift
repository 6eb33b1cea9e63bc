import ColumnarCore

/// Runs the async calls of user-defined functions on threads of the engine, so that a query that
/// blocks a thread of Swift's own pool cannot starve the calls it waits for.
///
/// As many threads as cores: an async function should wait, not block.
package final class AsyncExecutor: TaskExecutor {
  package static let shared = AsyncExecutor()

  private struct State {
    var jobs: [UnownedJob] = []
    var first = 0
    var threads = 0
  }

  private let threadPool: ThreadPool
  private let state = Monitor(State())
  private let width = max(2, Processors.count)

  /// An executor on threads of `threadPool`.
  package init(threadPool: ThreadPool = .shared) { self.threadPool = threadPool }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let mustGrow = state.withLock { state in
      state.jobs.append(job)
      guard state.threads < width else { return false }
      state.threads += 1
      return true
    }
    if mustGrow, !threadPool.start({ [self] in serve() }) { goOnWithoutThread() }
  }

  /// No thread is to be had: those that there are go on, and if there are none, one of Swift's own
  /// has to do it; not this one, which may hold what a job waits for.
  private func goOnWithoutThread() {
    let isStuck = state.withLock { state in
      if state.threads == 1 { return true }
      state.threads -= 1
      return false
    }
    if isStuck { Task.detached { [self] in serve() } }
  }

  private func serve() {
    while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  /// The next job; nil ends the thread, under the lock that a new job would be added with.
  private func next() -> UnownedJob? {
    state.withLock { state in
      guard state.first < state.jobs.count else {
        (state.jobs, state.first) = ([], 0)
        state.threads -= 1
        return nil
      }
      state.first += 1
      return state.jobs[state.first - 1]
    }
  }
}
