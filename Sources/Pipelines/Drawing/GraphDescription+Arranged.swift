extension GraphDescription {
  /// The description as the options want it drawn: inputs in groups, outputs apart from their nodes.
  func arranged(_ options: DrawingOptions) -> GraphDescription { arranged(options, wired: []) }

  /// - Parameter wired: the inputs that edges from outside lead to, which stay by themselves.
  private func arranged(_ options: DrawingOptions, wired: Set<String>) -> GraphDescription {
    guard options.groupInputs || options.separateOutputs else { return self }
    var graph = self
    graph.nodes = nodes.map { node in
      var node = node
      node.nested = node.nested?.arranged(options, wired: ports(into: node.name))
      return node
    }
    if options.separateOutputs { graph = graph.separatingOutputs() }
    if options.groupInputs { graph = graph.groupingInputs(except: wired) }
    return graph
  }

  private func ports(into name: String) -> Set<String> {
    var ports = Set<String>()
    for edge in edges {
      if case .node(name, let port) = edge.to { ports.insert(port) }
    }
    return ports
  }

  // MARK: Outputs

  /// With a box of its own for every value that goes from node to node; one that only leaves the
  /// pipeline has one already.
  private func separatingOutputs() -> GraphDescription {
    var graph = self
    var boxed: [Edge.End: Value] = [:]
    for edge in edges {
      guard case .node = edge.from, case .node = edge.to, boxed[edge.from] == nil else { continue }
      let value = Value(edge.name, edge.type)
      boxed[edge.from] = value
      graph.values.append(value)
    }
    graph.edges = []
    var isMade = Set<String>()
    for edge in edges {
      guard let value = boxed[edge.from] else {
        graph.edges.append(edge)
        continue
      }
      if isMade.insert(value.name).inserted {
        graph.edges.append(Edge(edge.from, .value(value.name), value.name, ""))
      }
      graph.edges.append(Edge(.value(value.name), edge.to, edge.name, ""))
    }
    return graph
  }

  // MARK: Inputs

  /// What inputs of one group have in common.
  private struct Company: Hashable {
    let targets: Set<Edge.End>
    let isLight: Bool
    let isBound: Bool
  }

  /// With one box for inputs that go to the same nodes, where there are several of the same kind:
  /// those that must be given, those with a default, and those that are bound.
  private func groupingInputs(except wired: Set<String>) -> GraphDescription {
    var targets: [String: Set<Edge.End>] = [:]
    for edge in edges {
      guard case .input(let name) = edge.from else { continue }
      targets[name, default: []].insert(edge.to.whole)
    }
    func company(_ input: Input) -> Company {
      Company(
        targets: targets[input.name] ?? [], isLight: input.value != nil, isBound: input.isBound)
    }
    let free = inputs.filter { !wired.contains($0.name) }
    let groups = Dictionary(grouping: free, by: company).filter { $0.value.count > 1 }
    guard !groups.isEmpty else { return self }
    var graph = self
    graph.inputs = []
    var groupOf: [String: String] = [:]
    for input in inputs {
      guard !wired.contains(input.name), let members = groups[company(input)] else {
        graph.inputs.append(input)
        continue
      }
      let group = Input(group: members)
      groupOf[input.name] = group.name
      // The group stands where its first member stood.
      if members[0].name == input.name { graph.inputs.append(group) }
    }
    graph.edges = edges(groupOf)
    return graph
  }

  /// The edges with those of a group's members joined: one to each node, and to a nested pipeline one
  /// for each of its inputs.
  private func edges(_ groupOf: [String: String]) -> [Edge] {
    let pipelines = Set(nodes.filter { $0.nested != nil }.map(\.name))
    var joined = Set<Edge>()
    return edges.compactMap { edge in
      guard case .input(let name) = edge.from, let group = groupOf[name] else { return edge }
      if case .node(let node, _) = edge.to, pipelines.contains(node) {
        return Edge(.input(group), edge.to, edge.name, "")
      }
      var edge = Edge(.input(group), edge.to, group, "")
      if case .node(let node, _) = edge.to { edge.to = .node(node, port: group) }
      return joined.insert(edge).inserted ? edge : nil
    }
  }
}

extension GraphDescription.Edge.End {
  /// The box that it is an end at, whatever the port.
  fileprivate var whole: GraphDescription.Edge.End {
    if case .node(let name, _) = self { return .node(name, port: "") }
    return self
  }
}

extension GraphDescription.Input {
  /// A group of inputs.
  fileprivate init(group members: [GraphDescription.Input]) {
    // No input has such a name.
    self.init(
      members.map(\.name).joined(separator: "\n"), "", value: members[0].value,
      isBound: members[0].isBound)
    self.members = members
  }
}
