import Columnar
import ColumnarCore

/// Keeps the events it hears.
final class EventRecorder: RunListener {
  let detail: RunDetail
  private let events = Monitor<[RunEvent]>([])

  init(_ detail: RunDetail) { self.detail = detail }

  func receive(_ event: RunEvent) { events.withLock { $0.append(event) } }

  /// What was heard since the last time.
  func takeAll() -> [RunEvent] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
