import ColumnarCore

/// Counts events by name, from any thread.
final class Tally: Sendable {
  private let counts = Monitor<[String: Int]>([:])

  func add(_ name: String, _ amount: Int = 1) {
    counts.withLock { $0[name, default: 0] += amount }
  }

  subscript(name: String) -> Int { counts.withLock { $0[name] ?? 0 } }
}
