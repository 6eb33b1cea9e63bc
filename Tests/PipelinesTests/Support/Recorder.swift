import ColumnarCore

/// How many calls were in flight at once, at most.
final class Recorder: Sendable {
  private let state = Monitor((now: 0, most: 0))

  func enter() {
    state.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
  }

  func leave() { state.withLock { $0.now -= 1 } }

  var most: Int { state.withLock { $0.most } }
}
