import ColumnarCore

/// An event as lines of the Trace Event Format.
struct TraceSlice {
  private let event: RunEvent
  /// When what it tells of was over, since the run began.
  private var end: Duration
  /// A slice so long, up to its end; nil: an instant.
  private var duration: Duration?
  /// Whether it has a track of its own, because others may begin in it and end behind it.
  private(set) var isSpan = false
  private var name: String
  private var arguments: [(String, String)] = []

  /// Nil for what is not drawn; `began` is when a nested pipeline did.
  init?(_ event: RunEvent, began: Duration?) {
    self.event = event
    name = event.node ?? event.pipeline
    end = event.time
    switch event.kind {
    case .nodeStarted, .nestedStarted, .nodeFinished: return nil
    case .runStarted(let items): arguments = items.map { [("items", "\($0)")] } ?? []
    case .runFinished(let error):
      duration = event.time
      arguments = error.map { [("error", JSONText.quoted($0.message))] } ?? []
    case .nestedFinished(let duration):
      // It is told when the run ends.
      guard let began else { return nil }
      (self.duration, end, isSpan) = (duration, began + duration, true)
    case .batchFinished(let batch):
      duration = batch.duration
      arguments = [("items", "\(batch.items)"), ("skipped", "\(batch.skipped)")]
    case .itemFinished(let item, let duration):
      (self.duration, isSpan) = (duration, event.mayOverlap)
      arguments =
        item.map { [("item", $0.elements.isEmpty ? "\($0)" : JSONText.quoted("\($0)"))] } ?? []
    case .cacheHit(let items):
      name += ": from the cache"
      arguments = [("items", "\(items)")]
    case .retried(let error):
      name += ": called again"
      arguments = error.map { [("error", JSONText.quoted($0))] } ?? []
    case .itemsFailed(let count, let error):
      name += ": failed"
      arguments = [("items", "\(count)"), ("error", JSONText.quoted(error.message))]
    case .failed(let error):
      name += ": failed"
      arguments = [("error", JSONText.quoted(error.message))]
    }
  }

  /// The lines of an event of a run that began at `start`; `span` tells a span from all others.
  func lines(from start: Duration, span: Int) -> [String] {
    if case .runStarted = event.kind {
      return [
        line("M", [("name", "\"process_name\""), ("args", "{\"name\":\(JSONText.quoted(name))}")])
      ]
    }
    var fields = [("name", JSONText.quoted(name)), ("cat", "\"\(category)\"")]
    let end = start + end
    let args = ("args", "{" + arguments.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}")
    guard let duration else {
      return [line("i", fields + [("ts", Self.micros(end)), ("s", "\"t\""), args])]
    }
    let began = ("ts", Self.micros(end - duration))
    guard isSpan else {
      return [line("X", fields + [began, ("dur", Self.micros(duration)), args])]
    }
    // Local, so that the track stands among those of its run.
    fields.append(("id2", "{\"local\":\"\(span)\"}"))
    return [line("b", fields + [began, args]), line("e", fields + [("ts", Self.micros(end))])]
  }

  private var category: String {
    switch event.kind {
    case .runFinished: "run"
    case .nestedFinished: "nested"
    case .itemFinished: "item"
    case .batchFinished: "batch"
    default: "note"
    }
  }

  private func line(_ phase: String, _ fields: [(String, String)]) -> String {
    // A run has a track of its own above those of the threads.
    let track = if case .runFinished = event.kind { 0 } else { event.thread }
    let head = [("ph", "\"\(phase)\""), ("pid", "\(event.run)"), ("tid", "\(track)")]
    return "{" + (head + fields).map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func micros(_ duration: Duration) -> String {
    let nanoseconds = max(0, Int(duration / .nanoseconds(1)))
    let rest = "\(nanoseconds % 1_000)"
    return "\(nanoseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
