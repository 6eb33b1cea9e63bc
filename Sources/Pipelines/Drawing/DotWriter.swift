/// Writes a description in Graphviz' language.
struct DotWriter {
  private let options: DrawingOptions
  private var lines: [String] = []
  private var count = 0

  init(_ options: DrawingOptions) { self.options = options }

  func text(_ graph: GraphDescription) -> String {
    var copy = self
    copy.lines = [
      "digraph \"\(Markup.dot(graph.name))\" {",
      "  rankdir=\(options.direction == .topDown ? "TB" : "LR"); compound=true; nodesep=0.35;",
      "  fontname=\"Helvetica\"; fontsize=12;",
      "  node [fontname=\"Helvetica\", fontsize=12, style=\"filled,rounded\", shape=box];",
      "  edge [fontname=\"Helvetica\", fontsize=10, color=\"#66707f\", fontcolor=\"#4a5462\"];",
    ]
    let scope = copy.nodes(of: graph, path: [], depth: options.depth, indent: "  ")
    copy.edges(of: graph, scope, indent: "  ")
    copy.lines.append("}")
    return copy.lines.joined(separator: "\n") + "\n"
  }

  /// The identifiers of what an edge of a pipeline may end at.
  private struct Scope {
    var inputs: [String: String] = [:]
    var outputs: [String: String] = [:]
    var nodes: [String: String] = [:]
    var nested: [String: Scope] = [:]
  }

  private mutating func identifier() -> String {
    defer { count += 1 }
    return "n\(count)"
  }

  private mutating func nodes(
    of graph: GraphDescription, path: [String], depth: Int, indent: String
  ) -> Scope {
    var scope = Scope()
    for input in graph.inputs {
      let isGiven = input.value == nil
      let style = "shape=ellipse, style=\"filled\(isGiven ? "" : ",dashed")\", fillcolor=white"
      let colour = isGiven ? "color=\"#66707f\"" : "color=\"#9aa4b2\", fontcolor=\"#66707f\""
      scope.inputs[input.name] = add(input.labelText, "\(style), \(colour)", indent)
    }
    for node in graph.nodes {
      let path = path + [node.name]
      let text = node.textLines(options.overlay?[path]).map(Markup.dot).joined(separator: "\\n")
      guard let nested = node.nested, depth > 0 else {
        let (fill, stroke) = Self.colours(node.kind)
        let id = identifier()
        lines.append(
          "\(indent)\(id) [label=\"\(text)\", fillcolor=\"\(fill)\", color=\"\(stroke)\"];")
        scope.nodes[node.name] = id
        continue
      }
      let id = identifier()
      lines.append("\(indent)subgraph \"cluster_\(id)\" {")
      lines.append(
        "\(indent)  label=\"\(text)\"; style=\"rounded\"; color=\"#b7791f\"; labeljust=l;")
      let inner = nodes(of: nested, path: path, depth: depth - 1, indent: indent + "  ")
      edges(of: nested, inner, indent: indent + "  ")
      // Something for edges to end at that know no input or output of it.
      if inner.inputs.isEmpty || inner.outputs.isEmpty {
        lines.append("\(indent)  \(id) [label=\"\", shape=point, style=invis];")
        scope.nodes[node.name] = id
      }
      lines.append("\(indent)}")
      scope.nested[node.name] = inner
    }
    for output in graph.outputs {
      scope.outputs[output.name] = add(
        output.name, "shape=ellipse, style=filled, fillcolor=\"#dfe4ec\", color=\"#3b4656\"",
        indent)
    }
    return scope
  }

  private mutating func add(_ label: String, _ attributes: String, _ indent: String) -> String {
    let id = identifier()
    lines.append("\(indent)\(id) [label=\"\(Markup.dot(label))\", \(attributes)];")
    return id
  }

  private mutating func edges(of graph: GraphDescription, _ scope: Scope, indent: String) {
    for edge in graph.edges {
      guard let from = source(edge.from, scope), let to = target(edge.to, scope) else { continue }
      let label = graph.label(of: edge, showsTypes: options.showsTypes)
      var attributes = label.isEmpty ? [] : ["label=\" \(Markup.dot(label)) \""]
      if graph.isLight(edge) { attributes.append("style=dashed") }
      let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
      lines.append("\(indent)\(from) -> \(to)\(list);")
    }
  }

  private func source(_ end: GraphDescription.Edge.End, _ scope: Scope) -> String? {
    switch end {
    case .input(let name): scope.inputs[name]
    case .output: nil
    case .node(let name, let port): scope.nested[name]?.outputs[port] ?? scope.nodes[name]
    }
  }

  private func target(_ end: GraphDescription.Edge.End, _ scope: Scope) -> String? {
    switch end {
    case .input: nil
    case .output(let name): scope.outputs[name]
    case .node(let name, let port): scope.nested[name]?.inputs[port] ?? scope.nodes[name]
    }
  }

  private static func colours(_ kind: GraphDescription.Kind) -> (fill: String, stroke: String) {
    switch kind {
    case .row: ("#eaf1fd", "#2f6fdb")
    case .batch: ("#e6f5f2", "#0d8a78")
    case .async: ("#f3ecfc", "#8250df")
    case .expression: ("#eef0f3", "#66707f")
    case .nested: ("#fdf3e1", "#b7791f")
    }
  }
}
