import ColumnarCore

/// What happened, in order, over all threads; who waits for something gives up after a while, so
/// that what would hang is an error.
final class Journal<Event: Sendable & Equatable>: Sendable {
  struct WaitedTooLong: Error {}

  private let events = Monitor<[Event]>([])

  func add(_ event: Event) { events.update { $0.append(event) } }

  /// Waits until what happened so far satisfies a condition.
  func wait(until isMet: ([Event]) -> Bool) throws {
    let met: Void? = events.wait(nanoseconds: 60_000_000_000) { isMet($0) ? () : nil }
    if met == nil { throw WaitedTooLong() }
  }

  var all: [Event] { events.withLock { $0 } }
  func count(_ event: Event) -> Int { all.count { $0 == event } }
}
