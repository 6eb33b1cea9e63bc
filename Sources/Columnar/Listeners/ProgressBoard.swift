import ColumnarCore

/// How far the nodes of one run have come, and the lines that show it.
struct ProgressBoard {
  private struct Row {
    /// Called or found in a cache.
    var done = 0
    var cached = 0
    var failed = 0
    var started: Duration
    var last: Duration
    var ended = false
  }

  let pipeline: String
  private let items: Int?
  private var nodes: [(name: String, row: Row)] = []
  private(set) var outcome: (time: Duration, error: ColumnarError?)?

  init(pipeline: String, items: Int?) {
    self.pipeline = pipeline
    self.items = items
  }

  var isOver: Bool { outcome != nil }

  mutating func receive(_ event: RunEvent) {
    switch event.kind {
    case .runFinished(let error): outcome = (event.time, error)
    case .nodeStarted: update(event) { _ in }
    case .batchFinished(let batch): update(event) { $0.done += batch.items }
    case .cacheHit(let items):
      update(event) {
        $0.done += items
        $0.cached += items
      }
    case .itemsFailed(let count, _): update(event) { $0.failed += count }
    case .nodeFinished: update(event, ends: true) { $0.ended = true }
    default: break
    }
  }

  private mutating func update(
    _ event: RunEvent, ends: Bool = false, _ body: (inout Row) -> Void
  ) {
    guard let node = event.node else { return }
    let known = nodes.firstIndex { $0.name == node }
    if known == nil {
      nodes.append((node, Row(started: event.time, last: event.time)))
    }
    let position = known ?? nodes.count - 1
    body(&nodes[position].row)
    if !ends { nodes[position].row.last = max(nodes[position].row.last, event.time) }
  }

  // MARK: Text

  /// The run and its nodes, a line each, no wider than `width`; at `now` since the run began.
  func lines(at now: Duration, width: Int, bars: Bool) -> [String] {
    let names = min(28, max(8, nodes.map { DisplayWidth.of(label($0.name)) }.max() ?? 0))
    return ([title(now)] + nodeLines(now, names, bars)).map {
      DisplayWidth.fitted($0, to: max(20, width))
    }
  }

  /// The nodes' lines; those of a nested pipeline stand below its name.
  private func nodeLines(_ now: Duration, _ names: Int, _ bars: Bool) -> [String] {
    var lines: [String] = []
    var open: [Substring] = []
    for node in nodesByPipeline {
      let parents = Array(node.name.split(separator: "/").dropLast())
      let shared = zip(open, parents).prefix { $0 == $1 }.count
      for depth in shared..<max(shared, parents.count) {
        lines.append("  " + label(parents[...depth].joined(separator: "/")))
      }
      open = parents
      lines.append(line(node.name, node.row, now, names, bars))
    }
    return lines
  }

  /// The nodes as they were first heard of, those of a nested pipeline together.
  private var nodesByPipeline: [(name: String, row: Row)] {
    var first: [String: Int] = [:]
    let keys = nodes.enumerated().map { position, node in
      var path = ""
      return node.name.split(separator: "/").map { part -> Int in
        path += "/" + part
        let place = first[path] ?? position
        first[path] = place
        return place
      }
    }
    return nodes.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { nodes[$0] }
  }

  private func title(_ now: Duration) -> String {
    let count = items.map { ", \(FigureText.grouped($0)) item\($0 == 1 ? "" : "s")" } ?? ""
    guard let outcome else {
      return "\(pipeline)\(count), \(FigureText.duration(now))"
    }
    let took = FigureText.duration(outcome.time)
    return outcome.error == nil
      ? "✓ \(pipeline)\(count), \(took)" : "✗ \(pipeline) failed after \(took)"
  }

  private func label(_ node: String) -> String {
    let depth = node.count { $0 == "/" }
    let name = node.split(separator: "/").last.map(String.init) ?? node
    return String(repeating: "  ", count: depth) + name
  }

  private func line(
    _ name: String, _ row: Row, _ now: Duration, _ names: Int, _ bars: Bool
  ) -> String {
    // The elements that a nested node sees are not the run's items.
    let total = name.contains("/") ? nil : items
    let shown = DisplayWidth.fitted(label(name), to: names)
    var text = "  \(shown)" + String(repeating: " ", count: names - DisplayWidth.of(shown) + 1)
    if bars, let total { text += Self.bar(row.done, of: total) + " " }
    text += FigureText.grouped(row.done)
    let isDone = row.ended || total.map { row.done >= $0 } ?? false
    if !isDone, let total { text += "/\(FigureText.grouped(total))" }
    text += figures(row, isDone ? row.last : now, total: isDone ? nil : total)
    return text
  }

  /// The rate, how long it will take yet, and what was cached or failed.
  private func figures(_ row: Row, _ now: Duration, total: Int?) -> String {
    var text = ""
    let seconds = (now - row.started) / .seconds(1)
    if row.done > 0, seconds > 0 {
      let rate = Double(row.done) / seconds
      text += "  \(FigureText.short(rate))/s"
      if let total, row.done < total {
        text += "  \(FigureText.duration(.seconds(Double(total - row.done) / rate))) left"
      }
    }
    if row.cached > 0 { text += "  \(FigureText.grouped(row.cached)) cached" }
    if row.failed > 0 { text += "  \(FigureText.grouped(row.failed)) failed" }
    return text
  }

  private static let barWidth = 20

  private static func bar(_ done: Int, of total: Int) -> String {
    let part = total == 0 ? 1 : min(1, Double(done) / Double(total))
    let filled = Int((part * Double(barWidth)).rounded(.down))
    return String(repeating: "━", count: filled)
      + String(repeating: "┄", count: barWidth - filled)
  }
}
