import Columnar
import ColumnarCore

/// Adds up what runs do at each node, to be laid over a drawing.
///
/// ```swift
/// let recorder = RunRecorder()
/// let pipeline = try pipeline.on(.columnar(listeners: [recorder]))
/// _ = try pipeline.map(text.each(texts))
/// try pipeline.write(drawing: "run.svg", DrawingOptions(overlay: recorder.overlay))
/// ```
///
/// Of several pipelines give each a recorder of its own: nodes are known by their names.
public final class RunRecorder: RunListener {
  private let state = Monitor(RunOverlay())

  public init() {}

  public var detail: RunDetail { .nodes }

  /// What happened so far, of runs that are over.
  public var overlay: RunOverlay { state.withLock { $0 } }

  public func receive(_ event: RunEvent) {
    guard let node = event.node else { return }
    let path = node.split(separator: "/").map(String.init)
    state.withLock { overlay in
      var sum = overlay[path] ?? RunOverlay.Node()
      switch event.kind {
      case .nodeFinished(let figures):
        sum.calls += figures.batches
        sum.rows += figures.items
        sum.duration += figures.busy
        sum.cached += figures.cached
        sum.failed += figures.failed
      case .nestedFinished(let duration): sum.duration += duration
      default: return
      }
      overlay[path] = sum
    }
  }
}
