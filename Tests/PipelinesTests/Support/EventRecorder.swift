import Columnar
import ColumnarCore
import Synchronization

/// Keeps the events it hears.
final class EventRecorder: RunListener {
  let detail: RunDetail
  private let events = Mutex<[RunEvent]>([])

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
