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
  ///
  /// Of more lines than `height`, those of nodes that are done are left out first; the last one then
  /// tells how many are.
  func lines(at now: Duration, width: Int, height: Int = .max, bars: Bool) -> [String] {
    let names = min(28, max(8, nodes.map { DisplayWidth.of(label($0.name)) }.max() ?? 0))
    let nodes = nodesByPipeline
    var lines = nodeLines(nodes, now, names, bars)
    if lines.count > height - 1 {
      // One line for the title, and one that tells of nodes that are left out.
      let most = max(0, height - 2)
      var room = most
      repeat {
        let shown = shown(nodes, room)
        lines = nodeLines(shown, now, names, bars)
        room = shown.count - 1
      } while lines.count > most
      let left = nodes.count - room - 1
      if height > 1 { lines.append("  … and \(left) more node\(left == 1 ? "" : "s")") }
    }
    return ([title(now)] + lines).map { DisplayWidth.fitted($0, to: max(20, width)) }
  }

  /// So many of the nodes: those that are at work first, then the last ones that are done, which say
  /// most of what comes next.
  private func shown(
    _ nodes: [(name: String, row: Row)], _ room: Int
  ) -> [(name: String, row: Row)] {
    let active = nodes.indices.filter { !isDone(nodes[$0].name, nodes[$0].row) }
    let done = nodes.indices.filter { isDone(nodes[$0].name, nodes[$0].row) }
    let more = done.suffix(max(0, room - active.count))
    return (active.prefix(room) + more).sorted().map { nodes[$0] }
  }

  /// The nodes' lines; those of a nested pipeline stand below its name.
  private func nodeLines(
    _ nodes: [(name: String, row: Row)], _ now: Duration, _ names: Int, _ bars: Bool
  ) -> [String] {
    var lines: [String] = []
    var open: [Substring] = []
    for node in nodes {
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

  /// The items that a node will see, where that is known.
  private func total(_ name: String) -> Int? {
    // The elements that a nested node sees are not the run's items.
    name.contains("/") ? nil : items
  }

  private func isDone(_ name: String, _ row: Row) -> Bool {
    row.ended || total(name).map { row.done >= $0 } ?? false
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
    let total = total(name)
    let shown = DisplayWidth.fitted(label(name), to: names)
    var text = "  \(shown)" + String(repeating: " ", count: names - DisplayWidth.of(shown) + 1)
    if bars, let total { text += Self.bar(row.done, of: total) + " " }
    text += FigureText.grouped(row.done)
    let isDone = isDone(name, row)
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
