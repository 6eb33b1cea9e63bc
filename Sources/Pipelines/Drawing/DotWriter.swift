/// Writes a description in Graphviz' language.
struct DotWriter {
  private let options: DrawingOptions
  private let colours: TextColours

  init(_ options: DrawingOptions) {
    self.options = options
    colours = TextColours(options.theme)
  }

  func text(_ graph: GraphDescription) -> String {
    let head = [
      "digraph \"\(Markup.dot(graph.name))\" {",
      "  rankdir=\(options.direction == .topDown ? "TB" : "LR"); nodesep=0.35;",
      "  fontname=\"Helvetica\"; fontsize=12;\(colours.dotCanvas)",
      "  node [fontname=\"Helvetica\", fontsize=12, style=\"filled,rounded\", shape=box"
        + "\(colours.dotText)];",
      "  edge [fontname=\"Helvetica\", fontsize=10, color=\"\(colours.edge)\", "
        + "fontcolor=\"\(colours.label)\"];",
    ]
    let lines = head + lines(FlatGraph(graph.arranged(options), options), indent: "  ") + ["}"]
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
        "\(indent)  \(label); labeljust=l; style=\"filled,rounded\"; "
          + "fillcolor=\"\(colours.frame.fill)\"; color=\"\(colours.frame.stroke)\";")
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
    case .input(let input): attributes(input)
    case .output: "shape=ellipse, style=filled, \(colours.output.dot)"
    case .value: "shape=ellipse, style=filled, \(colours.value.dot)"
    case .node(let node), .group(let node, _): colours.kind(node.kind).dot
    }
  }

  private func attributes(_ input: GraphDescription.Input) -> String {
    // A list of inputs in an ellipse would be mostly ellipse.
    let isGroup = !input.members.isEmpty
    let shape = isGroup ? "box" : "ellipse"
    let rounded = isGroup ? ",rounded" : ""
    guard input.value != nil else {
      let style = isGroup ? "\"filled,rounded\"" : "filled"
      return "shape=\(shape), style=\(style), \(colours.input.dot)"
    }
    return "shape=\(shape), style=\"filled\(rounded),dashed\", \(colours.defaulted.dot), "
      + "fontcolor=\"\(colours.defaulted.text)\""
  }
}
