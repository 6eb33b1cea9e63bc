import CColumnarSystem
import ColumnarCore
import Glibc

/// Threads of the engine's own, kept for reuse; none of them is of Swift's cooperative pool, so
/// user code may block.
package final class ThreadPool: Sendable {
  /// The pool of this process.
  package static let shared = ThreadPool()

  /// Makes a thread that runs `body`; false if none is to be had.
  package typealias ThreadMaker = @Sendable (_ body: @escaping @Sendable () -> Void) -> Bool

  private struct State {
    /// Work for idle threads: never more than there are.
    var waiting: [@Sendable () -> Void] = []
    /// Threads that wait for work.
    var idle = 0

    /// The next work for a thread that was idle.
    mutating func take() -> (@Sendable () -> Void)? {
      guard !waiting.isEmpty else { return nil }
      idle -= 1
      return waiting.removeFirst()
    }

    /// An idle thread ends.
    mutating func leave() -> (@Sendable () -> Void)? {
      idle -= 1
      return nil
    }
  }

  private let state = Monitor(State())
  private let makeThread: ThreadMaker

  /// A pool of its own, for tests; `makeThread` stands for the system.
  package init(makeThread: @escaping ThreadMaker = ThreadPool.systemThread) {
    self.makeThread = makeThread
  }

  /// Threads that find no work for so long end.
  private static let idleNanoseconds: UInt64 = 5_000_000_000

  /// Not inlined, so that nothing of the work is held when it returns.
  @inline(never)
  private static func runOnce(_ first: Monitor<(@Sendable () -> Void)?>) {
    let work = first.withLock { $0.take() }
    work?()
  }

  /// Runs `work` on some thread, soon; a thread is made if none is idle.
  ///
  /// False, and the work is not run, if the system gives no thread. It must not simply be run by
  /// the caller: it may be waiting for what the caller does next.
  package func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    let isTaken = state.update { state in
      guard state.waiting.count < state.idle else { return false }
      state.waiting.append(work)
      return true
    }
    if isTaken { return true }
    // A new thread begins with this work, so that no work ever waits for a thread that isn't there;
    // it does not keep it for as long as it lives.
    let first = Monitor<(@Sendable () -> Void)?>(work)
    return makeThread { [self] in
      Self.runOnce(first)
      serve()
    }
  }

  /// The result of `body`, which runs on some thread while the task waits.
  package func value<R: Sendable>(
    of body: @escaping @Sendable () throws -> R
  ) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      let isStarted = start { continuation.resume(with: Result { try body() }) }
      if !isStarted {
        continuation.resume(throwing: Self.noThread(for: "a query of an async call"))
      }
    }
  }

  /// The error where something needs a thread and none is to be had.
  package static func noThread(for purpose: String) -> ColumnarError {
    ColumnarError(
      .resourcesExhausted,
      "The system gave no thread for \(purpose). Raise the limit on threads (ulimit -u, or pids.max "
        + "of the container), or run fewer things at once.")
  }

  /// Runs `body` `width` times at once, with 0 ..< `width`: one on this thread, the others on the
  /// pool's.
  ///
  /// Returns when all have returned; calls `poll` now and then while it waits for them. What no
  /// thread is to be had for runs on this one, after its own.
  package func run(
    width: Int, polling poll: () -> Void = {}, _ body: @escaping @Sendable (Int) -> Void
  ) {
    guard width > 1 else { return body(0) }
    let running = Monitor(width - 1)
    let lent = Lent(body)
    var left: [Int] = []
    for worker in 1..<width {
      let isStarted = start {
        lent.call(worker)
        running.update { $0 -= 1 }
      }
      if !isStarted { left.append(worker) }
    }
    body(0)
    for worker in left { body(worker) }
    if !left.isEmpty { running.update { $0 -= left.count } }
    running.wait(polling: poll) { $0 == 0 ? () : nil }
    lent.end()
  }

  /// A closure that threads use but don't keep: once `end` has returned nobody holds it, though a
  /// thread may not yet have let go of the work that it was called by.
  ///
  /// `withoutActuallyEscaping` traps where one does.
  ///
  /// `@unchecked Sendable`: written only by `end`, which is called when no thread calls any more.
  private final class Lent: @unchecked Sendable {
    private var body: (@Sendable (Int) -> Void)?

    init(_ body: @escaping @Sendable (Int) -> Void) { self.body = body }

    /// Not inlined, so that what it retains is released when it returns.
    @inline(never)
    func call(_ worker: Int) { body?(worker) }

    func end() { body = nil }
  }

  /// A thread of the system, detached.
  package static let systemThread: ThreadMaker = { body in
    var thread = pthread_t()
    let context = Unmanaged.passRetained(ThreadBody(run: body))
    let failed = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<ThreadBody>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    if failed != 0 {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// What a thread is handed.
  private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private func serve() {
    while let work = next() { work() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { $0.idle += 1 }
    let found = state.wait(nanoseconds: Self.idleNanoseconds) { $0.take() }
    // Under the lock that ends the idling is one more look, or work handed to this thread meanwhile
    // would be lost.
    return found ?? state.withLock { $0.take() ?? $0.leave() }
  }
}

/// Whether this thread is inside a user-defined function: a query started from there runs inline.
package enum NestedQuery {
  /// The query that this thread is at work on.
  package struct Outer: Sendable {
    /// Stops the query, and with it those started from inside it.
    let cancellation: Cancellation
    /// Whether its other threads are at work too.
    let isParallel: Bool
  }

  @TaskLocal package static var outer: Outer?

  package static var isActive: Bool { outer?.isParallel ?? false }
}

/// The number of cores that this process may use.
package enum Processors {
  package static let count = Int(columnar_processor_count())
}
