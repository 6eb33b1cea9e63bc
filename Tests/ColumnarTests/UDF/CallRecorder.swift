import ColumnarCore

/// Notes what a function is called with: how many calls, how many at once, and batches of which
/// sizes.
final class CallRecorder: Sendable {
  struct Figures: Equatable {
    var calls = 0
    var inFlight = 0
    var mostInFlight = 0
    var batchSizes: [Int] = []
  }

  private let figures = Monitor(Figures())

  /// - Parameter together: the call goes on when so many have been in flight at once, so that a busy
  ///   machine doesn't make them fewer than they may be; or after a minute.
  func call<R>(batch: Int = 1, together: Int = 1, _ body: () throws -> R) rethrows -> R {
    figures.update { figures in
      figures.calls += 1
      figures.inFlight += 1
      figures.mostInFlight = max(figures.mostInFlight, figures.inFlight)
      figures.batchSizes.append(batch)
    }
    defer { figures.withLock { $0.inFlight -= 1 } }
    let _: Void? = figures.wait(nanoseconds: 60_000_000_000) {
      $0.mostInFlight >= together ? () : nil
    }
    return try body()
  }

  var calls: Int { figures.withLock { $0.calls } }
  var mostInFlight: Int { figures.withLock { $0.mostInFlight } }
  var batchSizes: [Int] { figures.withLock { $0.batchSizes } }
}

/// Counts how often states are made and finished.
final class StateRecorder: Sendable {
  private let counts = Monitor((made: 0, finished: 0))

  func made() { counts.withLock { $0.made += 1 } }
  func finished() { counts.withLock { $0.finished += 1 } }

  var madeCount: Int { counts.withLock { $0.made } }
  var finishedCount: Int { counts.withLock { $0.finished } }
}
