import ColumnarCore

/// How many calls were in flight at once, at most.
final class Recorder: Sendable {
  private let state = Monitor((now: 0, most: 0))

  /// - Parameter together: returns when so many have been in flight at once, so that a busy machine
  ///   doesn't make them fewer than they may be; or after a minute.
  func enter(together: Int = 1) {
    state.update {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
    let _: Void? = state.wait(nanoseconds: 60_000_000_000) { $0.most >= together ? () : nil }
  }

  /// As `enter`, without blocking a thread.
  func enter(together: Int) async throws {
    enter()
    var rounds = 0
    while most < together, rounds < 60_000 {
      try await Task.sleep(for: .milliseconds(1))
      rounds += 1
    }
  }

  func leave() { state.withLock { $0.now -= 1 } }

  var most: Int { state.withLock { $0.most } }
}
