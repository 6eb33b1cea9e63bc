/// A description as tools that lay graphs out themselves take it: boxes with identifiers, in
/// groups, and edges between them that lead into expanded pipelines.
struct FlatGraph {
  /// A box or a group of them.
  struct Item {
    enum Content {
      case input(GraphDescription.Input)
      case output(GraphDescription.Output)
      case value(GraphDescription.Value)
      case node(GraphDescription.Node)
      case group(GraphDescription.Node, FlatGraph)
    }

    let id: String
    /// What is written in it, unescaped.
    let lines: [String]
    let content: Content
  }

  struct Edge {
    let from: String
    let to: String
    let label: String
    let isLight: Bool
  }

  private(set) var items: [Item] = []
  private(set) var edges: [Edge] = []
  private var inputs: [String: String] = [:]
  private var outputs: [String: String] = [:]
  private var values: [String: String] = [:]
  private var nodes: [String: String] = [:]
  private var groups: [String: FlatGraph] = [:]

  init(_ graph: GraphDescription, _ options: DrawingOptions) {
    var count = 0
    self.init(graph, options, path: [], depth: options.depth, &count)
  }

  private init(
    _ graph: GraphDescription, _ options: DrawingOptions, path: [String], depth: Int,
    _ count: inout Int
  ) {
    func identifier() -> String {
      count += 1
      return "n\(count)"
    }
    for input in graph.inputs {
      let id = identifier()
      inputs[input.name] = id
      items.append(
        Item(
          id: id, lines: input.labelLines(showsTypes: options.showsTypes), content: .input(input)))
    }
    for node in graph.nodes {
      let id = identifier()
      nodes[node.name] = id
      let path = path + [node.name]
      var content = Item.Content.node(node)
      if let nested = node.nested, depth > 0 {
        let group = FlatGraph(nested, options, path: path, depth: depth - 1, &count)
        groups[node.name] = group
        content = .group(node, group)
      }
      items.append(
        Item(id: id, lines: node.textLines(options.overlay?[path]), content: content))
    }
    for output in graph.outputs {
      let id = identifier()
      outputs[output.name] = id
      items.append(Item(id: id, lines: [output.name], content: .output(output)))
    }
    for value in graph.values {
      let id = identifier()
      values[value.name] = id
      let line = value.labelText(showsTypes: options.showsTypes)
      items.append(Item(id: id, lines: [line], content: .value(value)))
    }
    edges = graph.edges.compactMap { edge in
      guard let from = source(edge.from), let to = target(edge.to) else { return nil }
      return Edge(
        from: from, to: to, label: graph.label(of: edge, showsTypes: options.showsTypes),
        isLight: graph.isLight(edge))
    }
  }

  private func source(_ end: GraphDescription.Edge.End) -> String? {
    switch end {
    case .input(let name): inputs[name]
    case .output: nil
    case .value(let name): values[name]
    case .node(let name, let port): groups[name]?.outputs[port] ?? nodes[name]
    }
  }

  private func target(_ end: GraphDescription.Edge.End) -> String? {
    switch end {
    case .input: nil
    case .output(let name): outputs[name]
    case .value(let name): values[name]
    case .node(let name, let port): groups[name]?.inputs[port] ?? nodes[name]
    }
  }
}
