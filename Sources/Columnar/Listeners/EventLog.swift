import ColumnarCore

/// Writes a line per event: the time since the run began, the pipeline and node, what happened.
///
/// ```
///    0.0 ms  embed: began, 5000 items
///    0.1 ms  embed/lower: began
///    1.4 ms  embed/lower: 5000 items, 1 batch, 1.2 ms
///    1.5 ms  embed: done
/// ```
public struct EventLog: RunListener {
  public let detail: RunDetail
  private let write: @Sendable (String) -> Void

  /// A log of so much detail; to standard error unless `write` takes the lines elsewhere.
  public init(_ detail: RunDetail = .nodes, to write: (@Sendable (String) -> Void)? = nil) {
    self.detail = detail
    self.write = write ?? { StandardError.write($0 + "\n") }
  }

  public func receive(_ event: RunEvent) {
    guard let text = event.kind.logText else { return }
    let place = event.node.map { "\(event.pipeline)/\($0)" } ?? event.pipeline
    let time = String(FigureText.milliseconds(event.time))
    let padding = String(repeating: " ", count: max(0, 8 - time.count))
    write("\(padding)\(time) ms  \(DisplayWidth.escaped(place)): \(DisplayWidth.escaped(text))")
  }
}

extension RunEvent.Kind {
  /// What happened, for a log; nil where the line would say nothing.
  fileprivate var logText: String? {
    switch self {
    case .runStarted(let items):
      return "began" + (items.map { ", \(FigureText.count($0, "item"))" } ?? "")
    case .runFinished(let error): return error.map { "failed: \($0.message)" } ?? "done"
    case .nestedStarted, .nodeStarted: return "began"
    case .nestedFinished(let duration): return "done in \(FigureText.duration(duration))"
    case .nodeFinished(let figures): return figures.text
    case .batchFinished(let batch):
      return "a batch of \(FigureText.count(batch.items, "item")) in "
        + FigureText.duration(batch.duration)
    case .itemFinished(let item, let duration):
      return "item\(item.map { " \($0)" } ?? "") in \(FigureText.duration(duration))"
    case .cacheHit(let items): return "\(FigureText.count(items, "item")) from the cache"
    case .retried(let error): return "called again" + (error.map { " after: \($0)" } ?? "")
    case .itemsFailed(let count, let error):
      return "\(FigureText.count(count, "item")) failed: \(error.message)"
    case .failed(let error): return "failed: \(error.message)"
    }
  }
}

extension RunEvent.NodeFigures {
  /// The figures on one line.
  fileprivate var text: String {
    var parts = [FigureText.count(items, "item"), FigureText.count(batches, "batch")]
    for (count, what) in [
      (cached, "from the cache"), (failed, "failed"), (skipped, "not called for a null"),
      (retried, "called again"),
    ] where count > 0 { parts.append("\(count) \(what)") }
    parts.append(FigureText.duration(duration))
    return parts.joined(separator: ", ")
  }
}
