/// Writes a description as a Mermaid flowchart.
struct MermaidWriter {
  private let options: DrawingOptions

  init(_ options: DrawingOptions) { self.options = options }

  func text(_ graph: GraphDescription) -> String {
    let direction = options.direction == .topDown ? "TD" : "LR"
    let graph = FlatGraph(graph.arranged(options), options)
    let hasGroups = graph.items.contains { if case .group = $0.content { true } else { false } }
    let lines =
      (hasGroups ? [Self.settings] : []) + ["flowchart \(direction)"]
      + lines(graph, indent: "  ") + TextColours(options.theme).mermaidClasses
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ graph: FlatGraph, indent: String) -> [String] {
    var lines: [String] = []
    for item in graph.items {
      let label = "\"\(item.lines.map(Markup.mermaid).joined(separator: "<br/>"))\""
      let start = indent + item.id
      switch item.content {
      case .input(let input):
        lines.append("\(start)([\(label)]):::\(input.value == nil ? "input" : "defaulted")")
      case .output:
        lines.append("\(start)([\(label)]):::output")
      case .value:
        lines.append("\(start)([\(label)]):::value")
      case .node(let node):
        let (open, close) = Self.shape(node.kind)
        lines.append("\(start)\(open)\(label)\(close):::\(node.kind.rawValue)")
      case .group(_, let group):
        lines.append("\(indent)subgraph \(item.id)[\"\(title(item.lines))\"]")
        lines += self.lines(group, indent: indent + "  ")
        lines.append("\(indent)end")
        lines.append("\(indent)class \(item.id) group")
      }
    }
    return lines
      + graph.edges.map { edge in
        let text = edge.label.isEmpty ? "" : "|\"\(Markup.mermaid(edge.label))\"|"
        return "\(indent)\(edge.from) \(edge.isLight ? "-.->" : "-->")\(text) \(edge.to)"
      }
  }

  /// A group's title on one line that is never broken.
  ///
  /// Mermaid keeps room for one line only, and draws what comes below over the others. A long title
  /// would stick out of the group around this one, so a run's last figures may be left out.
  private func title(_ lines: [String]) -> String {
    var title = lines.first ?? ""
    for line in lines.dropFirst() where title.count + line.count <= 56 { title += " · " + line }
    return Markup.mermaid(title).split(separator: " ", omittingEmptySubsequences: false)
      .joined(separator: "\u{A0}")
  }

  /// Room for the titles of groups, and lines of a node as long as they are here.
  private static let settings =
    "%%{init: {\"flowchart\": {\"wrappingWidth\": 480, "
    + "\"subGraphTitleMargin\": {\"top\": 2, \"bottom\": 6}}}}%%"

  private static func shape(_ kind: GraphDescription.Kind) -> (open: String, close: String) {
    switch kind {
    case .row: ("[", "]")
    case .batch: ("[[", "]]")
    case .async: ("(", ")")
    case .expression: ("{{", "}}")
    case .nested: ("[/", "/]")
    }
  }
}
