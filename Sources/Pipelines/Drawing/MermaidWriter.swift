/// Writes a description as a Mermaid flowchart.
struct MermaidWriter {
  private let options: DrawingOptions
  private var lines: [String] = []
  /// The identifier of each end of an edge, by the path of its pipeline.
  private var count = 0

  init(_ options: DrawingOptions) { self.options = options }

  func text(_ graph: GraphDescription) -> String {
    var copy = self
    copy.lines = ["flowchart \(options.direction == .topDown ? "TD" : "LR")"]
    var scope = copy.nodes(of: graph, path: [], depth: options.depth, indent: "  ")
    copy.edges(of: graph, &scope, indent: "  ")
    copy.lines += Self.classes
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
      let id = identifier()
      scope.inputs[input.name] = id
      let text = Markup.mermaid(input.labelText)
      lines.append("\(indent)\(id)([\"\(text)\"]):::\(input.value == nil ? "input" : "default")")
    }
    for node in graph.nodes {
      let id = identifier()
      scope.nodes[node.name] = id
      let path = path + [node.name]
      let label = node.textLines(options.overlay?[path]).map(Markup.mermaid)
        .joined(separator: "<br/>")
      guard let nested = node.nested, depth > 0 else {
        let (open, close) = Self.shape(node.kind)
        lines.append("\(indent)\(id)\(open)\"\(label)\"\(close):::\(node.kind.rawValue)")
        continue
      }
      lines.append("\(indent)subgraph \(id)[\"\(label)\"]")
      var inner = nodes(of: nested, path: path, depth: depth - 1, indent: indent + "  ")
      edges(of: nested, &inner, indent: indent + "  ")
      lines.append("\(indent)end")
      scope.nested[node.name] = inner
    }
    for output in graph.outputs {
      let id = identifier()
      scope.outputs[output.name] = id
      lines.append("\(indent)\(id)([\"\(Markup.mermaid(output.name))\"]):::output")
    }
    return scope
  }

  private mutating func edges(of graph: GraphDescription, _ scope: inout Scope, indent: String) {
    for edge in graph.edges {
      guard let from = source(edge.from, scope), let to = target(edge.to, scope) else { continue }
      let label = graph.label(of: edge, showsTypes: options.showsTypes)
      let arrow = graph.isLight(edge) ? "-.->" : "-->"
      let text = label.isEmpty ? "" : "|\"\(Markup.mermaid(label))\"|"
      lines.append("\(indent)\(from) \(arrow)\(text) \(to)")
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

  private static func shape(_ kind: GraphDescription.Kind) -> (String, String) {
    switch kind {
    case .row: ("[", "]")
    case .batch: ("[[", "]]")
    case .async: ("(", ")")
    case .expression: ("{{", "}}")
    case .nested: ("[/", "/]")
    }
  }

  /// Colours that can be read on a light and on a dark page.
  private static let classes = [
    "  classDef row fill:#eaf1fd,stroke:#2f6fdb,color:#16233a",
    "  classDef batch fill:#e6f5f2,stroke:#0d8a78,color:#16233a",
    "  classDef async fill:#f3ecfc,stroke:#8250df,color:#16233a",
    "  classDef expression fill:#eef0f3,stroke:#66707f,color:#16233a",
    "  classDef pipeline fill:#fdf3e1,stroke:#b7791f,color:#16233a",
    "  classDef input fill:#ffffff,stroke:#66707f,color:#16233a",
    "  classDef default fill:#ffffff,stroke:#9aa4b2,color:#5b6573,stroke-dasharray:4 3",
    "  classDef output fill:#dfe4ec,stroke:#3b4656,color:#16233a",
  ]
}
