/// Makes the scene of a description: cards, ports, layers and their order.
struct SceneBuilder {
  private let options: DrawingOptions
  /// Whether collapsed pipelines get their inside too, for a page that expands them.
  private let isInteractive: Bool
  private let times: RunTimes
  private var itemCount = 0
  private var edgeCount = 0
  private var levelCount = 0

  init(_ graph: GraphDescription, _ options: DrawingOptions, isInteractive: Bool) {
    self.options = options
    self.isInteractive = isInteractive
    times = RunTimes(graph, options.overlay)
  }

  mutating func scene(_ graph: GraphDescription) -> SceneLevel {
    level(graph, path: [], depth: options.depth, outer: OuterPorts())
  }

  /// How a nested pipeline is connected: the place of each of its inputs and outputs among the
  /// edges around it.
  struct OuterPorts {
    var inputs: [String: Int] = [:]
    var outputs: [String: Int] = [:]
  }

  private mutating func level(
    _ graph: GraphDescription, path: [String], depth: Int, outer: OuterPorts, title: Card? = nil
  ) -> SceneLevel {
    var level = SceneLevel(id: levelCount)
    levelCount += 1
    var index = ItemIndex()
    if let title {
      level.items.append(item(.title, path, title))
      level.items[0].kind = GraphDescription.Kind.nested.rawValue
    }
    for input in graph.inputs {
      index.inputs[input.name] = level.items.count
      level.items.append(item(.input, path, pill(input)))
    }
    for node in graph.nodes {
      index.nodes[node.name] = level.items.count
      let path = path + [node.name]
      var made = item(.node, path, card(node, path))
      made.kind = node.kind.rawValue
      made.isExpanded = node.nested != nil && depth > 0
      level.items.append(made)
    }
    for output in graph.outputs {
      index.outputs[output.name] = level.items.count
      let tooltip = "output \(output.name): \(output.type)"
      level.items.append(
        item(.output, path, Card(pill: [output.name], isLight: false, tooltip: tooltip)))
    }
    for value in graph.values {
      index.values[value.name] = level.items.count
      let text = value.labelText(showsTypes: options.showsTypes)
      level.items.append(
        item(
          .value, path,
          Card(pill: [text], isLight: false, tooltip: "value \(value.name): \(value.type)")))
    }
    addEdges(of: graph, index, to: &level)
    LayerBuilder(index, outer, isNested: title != nil).arrange(&level)
    for node in graph.nodes {
      guard let nested = node.nested, let item = index.nodes[node.name] else { continue }
      if depth > 0 || isInteractive {
        addChild(nested, node, to: &level, item, depth: depth - 1)
      }
    }
    for item in level.items.indices { placePorts(&level.items[item]) }
    return level
  }

  private mutating func item(
    _ role: SceneItem.Role, _ path: [String], _ card: Card
  ) -> SceneItem {
    defer { itemCount += 1 }
    let size =
      options.direction == .topDown
      ? Extent(cross: card.width, flow: card.height)
      : Extent(cross: card.height, flow: card.width)
    return SceneItem(id: itemCount, role: role, path: path, card: card, size: size)
  }

  // MARK: Cards

  private func pill(_ input: GraphDescription.Input) -> Card {
    Card(
      pill: input.labelLines(showsTypes: options.showsTypes), isLight: input.value != nil,
      tooltip: input.tooltip)
  }

  private func card(_ node: GraphDescription.Node, _ path: [String]) -> Card {
    let run = options.overlay?[path]
    var card = Card(
      node, run: run, total: times.total,
      tooltip: node.textLines(run).joined(separator: "\n"))
    if let run { card.heat = times.heat(run.duration) }
    return card
  }

  // MARK: Edges

  private mutating func addEdges(
    of graph: GraphDescription, _ index: ItemIndex, to level: inout SceneLevel
  ) {
    var sourcePorts: [GraphDescription.Edge.End: Int] = [:]
    for edge in graph.edges {
      guard let source = index.source(edge.from), let target = index.target(edge.to) else {
        continue
      }
      let sourcePort: Int
      if let known = sourcePorts[edge.from] {
        sourcePort = known
      } else {
        sourcePort = level.items[source].outPorts.count
        sourcePorts[edge.from] = sourcePort
        level.items[source].outPorts.append(
          port(graph.sourceLabel(of: edge, showsTypes: options.showsTypes), edge.from))
      }
      level.items[target].inPorts.append(port(graph.targetLabel(of: edge), edge.to))
      level.edges.append(
        SceneEdge(
          id: edgeCount, source: source, sourcePort: sourcePort, target: target,
          targetPort: level.items[target].inPorts.count - 1, isLight: graph.isLight(edge)))
      edgeCount += 1
    }
  }

  private func port(_ label: String, _ end: GraphDescription.Edge.End) -> ScenePort {
    var name = ""
    if case .node(_, let port) = end { name = port }
    guard !label.isEmpty else {
      return ScenePort(name: name, label: "", extent: Extent(cross: 0, flow: 0))
    }
    let text = TextWidth.elided(Markup.plain(label), size: SVGWriter.labelSize, width: 260)
    let width = TextWidth.of(text, size: SVGWriter.labelSize)
    return ScenePort(
      name: name, label: text,
      extent: options.direction == .topDown
        ? Extent(cross: width + 12, flow: 15) : Extent(cross: 17, flow: width + 8))
  }

  /// Spreads the ports over a box, which grows where they need it.
  private func placePorts(_ item: inout SceneItem) {
    // The label of a single edge may be wider than the box.
    for ports in [item.inPorts, item.outPorts] where ports.count == 1 {
      item.reserve = max(item.reserve, ports[0].extent.cross)
    }
    item.size.cross = max(
      item.size.cross, Self.spread(&item.inPorts, over: item.size.cross),
      Self.spread(&item.outPorts, over: item.size.cross))
  }

  /// Sets the ports' offsets; returns how wide the box must be.
  private static func spread(_ ports: inout [ScenePort], over width: Double) -> Double {
    guard ports.count > 1 else { return 0 }
    let free = min(max((width - 24) / Double(ports.count), 9), 22)
    let widths = ports.map { max($0.extent.cross, free) }
    let total = widths.reduce(0, +)
    var at = -total / 2
    for (index, width) in widths.enumerated() {
      ports[index].offset = at + width / 2
      at += width
    }
    return total + 8
  }

  // MARK: Nested pipelines

  private mutating func addChild(
    _ nested: GraphDescription, _ node: GraphDescription.Node, to level: inout SceneLevel,
    _ position: Int, depth: Int
  ) {
    var item = level.items[position]
    var outer = OuterPorts()
    for (place, port) in item.inPorts.enumerated() { outer.inputs[port.name] = place }
    for (place, port) in item.outPorts.enumerated() { outer.outputs[port.name] = place }
    var child = self.level(
      nested, path: item.path, depth: depth, outer: outer, title: item.card)
    // Where edges go on within, and the room that their labels need there.
    let offset = 1
    for port in item.inPorts.indices {
      guard let inner = nested.inputs.firstIndex(where: { $0.name == item.inPorts[port].name })
      else { continue }
      item.inPorts[port].inner = inner + offset
      reserve(item.inPorts[port], &child.items[inner + offset])
    }
    let firstOutput = offset + nested.inputs.count + nested.nodes.count
    for port in item.outPorts.indices {
      guard let inner = nested.outputs.firstIndex(where: { $0.name == item.outPorts[port].name })
      else { continue }
      item.outPorts[port].inner = firstOutput + inner
      reserve(item.outPorts[port], &child.items[firstOutput + inner])
    }
    item.child = child
    level.items[position] = item
  }

  private func reserve(_ port: ScenePort, _ item: inout SceneItem) {
    item.reserve = max(item.reserve, port.extent.cross)
  }
}

/// The positions of a level's items by what edges call them.
struct ItemIndex {
  var inputs: [String: Int] = [:]
  var outputs: [String: Int] = [:]
  var nodes: [String: Int] = [:]
  var values: [String: Int] = [:]

  func source(_ end: GraphDescription.Edge.End) -> Int? {
    switch end {
    case .input(let name): inputs[name]
    case .output: nil
    case .value(let name): values[name]
    case .node(let name, _): nodes[name]
    }
  }

  func target(_ end: GraphDescription.Edge.End) -> Int? {
    switch end {
    case .input: nil
    case .output(let name): outputs[name]
    case .value(let name): values[name]
    case .node(let name, _): nodes[name]
    }
  }
}

/// The times of a run, as drawings compare them.
struct RunTimes {
  /// Of all nodes of the outermost pipeline.
  private(set) var total = Duration.zero
  /// The longest of a node that is no pipeline.
  private(set) var longest = Duration.zero

  init(_ graph: GraphDescription, _ overlay: RunOverlay?) {
    guard let overlay else { return }
    for node in graph.nodes { total += overlay[[node.name]]?.duration ?? .zero }
    visit(graph, [], overlay)
  }

  private mutating func visit(_ graph: GraphDescription, _ path: [String], _ overlay: RunOverlay) {
    for node in graph.nodes {
      let path = path + [node.name]
      if let nested = node.nested {
        visit(nested, path, overlay)
      } else if let run = overlay[path] {
        longest = max(longest, run.duration)
      }
    }
  }

  /// A time as a part of the longest, from 0 to 1.
  func heat(_ duration: Duration) -> Double {
    guard longest > .zero else { return 0 }
    return min(max(RunText.seconds(duration) / RunText.seconds(longest), 0), 1)
  }
}
