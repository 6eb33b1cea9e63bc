import CColumnarSystem
import ColumnarCore
import Glibc

/// Threads of the engine's own, kept for reuse; none of them is of Swift's cooperative pool, so user code may block.
package final class ThreadPool: Sendable {
  /// The pool of this process.
  package static let shared = ThreadPool()

  private struct State {
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

  /// Threads that find no work for so long end.
  private static let idleNanoseconds: UInt64 = 5_000_000_000

  /// Runs `work` on some thread, soon; a thread is made if none is idle.
  package func start(_ work: @escaping @Sendable () -> Void) {
    let mustGrow = state.update { state in
      state.waiting.append(work)
      return state.waiting.count > state.idle
    }
    if mustGrow { grow() }
  }

  /// Runs `body` `width` times at once, with 0 ..< `width`: one on this thread, the others on the
  /// pool's.
  ///
  /// Returns when all have returned; calls `poll` now and then while it waits for them.
  package func run(
    width: Int, polling poll: () -> Void = {}, _ body: @escaping @Sendable (Int) -> Void
  ) {
    guard width > 1 else { return body(0) }
    let running = Monitor(width - 1)
    let lent = Lent(body)
    for worker in 1..<width {
      start {
        lent.call(worker)
        running.update { $0 -= 1 }
      }
    }
    body(0)
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

  private func grow() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<ThreadPool>.fromOpaque(raw).takeRetainedValue().serve()
        return nil
      }, context.toOpaque())
    if failed != 0 {
      // No more threads are to be had: the work waits for one that is busy, or runs here if there
      // is none.
      context.release()
      let orphan = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
      orphan?()
    } else {
      pthread_detach(thread)
    }
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
