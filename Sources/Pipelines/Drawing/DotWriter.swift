/// Writes a description in Graphviz' language.
struct DotWriter {
  private let options: DrawingOptions

  init(_ options: DrawingOptions) { self.options = options }

  func text(_ graph: GraphDescription) -> String {
    let head = [
      "digraph \"\(Markup.dot(graph.name))\" {",
      "  rankdir=\(options.direction == .topDown ? "TB" : "LR"); nodesep=0.35;",
      "  fontname=\"Helvetica\"; fontsize=12;",
      "  node [fontname=\"Helvetica\", fontsize=12, style=\"filled,rounded\", shape=box];",
      "  edge [fontname=\"Helvetica\", fontsize=10, color=\"#66707f\", fontcolor=\"#4a5462\"];",
    ]
    let lines = head + lines(FlatGraph(graph, options), indent: "  ") + ["}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ graph: FlatGraph, indent: String) -> [String] {
    var lines: [String] = []
    for item in graph.items {
      let label = "label=\"\(item.lines.map(Markup.dot).joined(separator: "\\n"))\""
      guard case .group(_, let group) = item.content else {
        lines.append("\(indent)\(item.id) [\(label), \(attributes(item.content))];")
        continue
      }
      lines.append("\(indent)subgraph \"cluster_\(item.id)\" {")
      lines.append(
        "\(indent)  \(label); labeljust=l; style=\"filled,rounded\"; fillcolor=\"#eef2f8\"; "
          + "color=\"#b4bfcd\";")
      lines += self.lines(group, indent: indent + "  ")
      // For edges whose ends inside are unknown.
      lines.append("\(indent)  \(item.id) [label=\"\", shape=point, style=invis];")
      lines.append("\(indent)}")
    }
    return lines
      + graph.edges.map { edge in
        var attributes = edge.label.isEmpty ? [] : ["label=\" \(Markup.dot(edge.label)) \""]
        if edge.isLight { attributes.append("style=dashed") }
        let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
        return "\(indent)\(edge.from) -> \(edge.to)\(list);"
      }
  }

  private func attributes(_ content: FlatGraph.Item.Content) -> String {
    switch content {
    case .input(let input):
      input.value == nil
        ? "shape=ellipse, style=filled, fillcolor=white, color=\"#66707f\""
        : "shape=ellipse, style=\"filled,dashed\", fillcolor=white, color=\"#9aa4b2\", "
          + "fontcolor=\"#66707f\""
    case .output: "shape=ellipse, style=filled, fillcolor=\"#dfe4ec\", color=\"#3b4656\""
    case .node(let node), .group(let node, _): Self.colours(node.kind)
    }
  }

  private static func colours(_ kind: GraphDescription.Kind) -> String {
    switch kind {
    case .row: "fillcolor=\"#eaf1fd\", color=\"#2f6fdb\""
    case .batch: "fillcolor=\"#e6f5f2\", color=\"#0d8a78\""
    case .async: "fillcolor=\"#f3ecfc\", color=\"#8250df\""
    case .expression: "fillcolor=\"#eef0f3\", color=\"#66707f\""
    case .nested: "fillcolor=\"#fdf3e1\", color=\"#b7791f\""
    }
  }
}
