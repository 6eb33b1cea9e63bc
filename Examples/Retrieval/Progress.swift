import Foundation
import Synchronization

/// A line on standard error that says how far a long run is, how fast, and how long it will take.
final class Progress: Sendable {
  private struct Counts {
    var done = 0
    var shown = ContinuousClock.now
  }

  private let total: Int
  private let start = ContinuousClock.now
  private let counts = Mutex(Counts())

  /// - Parameter total: How many items will come; 0 shows nothing.
  init(of total: Int) { self.total = total }

  func advance(by count: Int) {
    guard total > 0 else { return }
    counts.withLock { counts in
      counts.done += count
      let now = ContinuousClock.now
      guard counts.done == total || now - counts.shown > .milliseconds(500) else { return }
      counts.shown = now
      show(counts.done, (now - start) / .seconds(1))
    }
  }

  private func show(_ done: Int, _ seconds: Double) {
    let rate = Double(done) / max(seconds, 0.001)
    let left = Int((Double(total - done) / max(rate, 0.001)).rounded())
    let end = done == total ? "in \(Int(seconds.rounded())) s\n" : "\(left) s left "
    let isTerminal = isatty(STDERR_FILENO) == 1
    guard isTerminal || done == total else { return }
    let text =
      "\(isTerminal ? "\r" : "")embedded \(done) of \(total) glosses, \(Int(rate))/s, \(end)"
    FileHandle.standardError.write(Data(text.utf8))
  }
}
