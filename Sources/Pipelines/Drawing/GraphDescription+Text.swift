extension GraphDescription {
  /// What stands at an edge: the type, before it the name where the source has several, and how a
  /// nested pipeline's mapping renames the value.
  func label(of edge: Edge, showsTypes: Bool) -> String {
    var names: [String] = []
    if let inner = renamed(edge.from, edge.name) { names = [inner, edge.name] }
    if let inner = renamed(edge.to, edge.name) {
      names = (names.isEmpty ? [edge.name] : names) + [inner]
    }
    let isNamed = names.isEmpty && hasSeveral(edge.from) && !edge.isToValue
    return text(isNamed ? [edge.name] : names, edge.type, showsTypes)
  }

  /// The label at the source of an edge: of all edges of that port.
  func sourceLabel(of edge: Edge, showsTypes: Bool) -> String {
    if let inner = renamed(edge.from, edge.name) {
      return text([inner, edge.name], edge.type, showsTypes)
    }
    let isNamed = hasSeveral(edge.from) && !edge.isToValue
    return text(isNamed ? [edge.name] : [], edge.type, showsTypes)
  }

  /// The label at the target of an edge: how a nested pipeline's mapping renames the value.
  func targetLabel(of edge: Edge) -> String {
    renamed(edge.to, edge.name).map { "\(edge.name) → \($0)" } ?? ""
  }

  /// Whether the edge carries what need not be given.
  func isLight(_ edge: Edge) -> Bool {
    guard case .input(let name) = edge.from else { return false }
    return inputs.first { $0.name == name }?.value != nil
  }

  private func text(_ names: [String], _ type: String, _ showsTypes: Bool) -> String {
    let name = names.joined(separator: " → ")
    guard showsTypes, !type.isEmpty else { return name }
    return name.isEmpty ? type : "\(name): \(type)"
  }

  /// What the value is called inside the nested pipeline at that end, if it is called otherwise.
  private func renamed(_ end: Edge.End, _ name: String) -> String? {
    guard case .node(let node, let port) = end, port != name else { return nil }
    return nodes.first { $0.name == node }?.nested == nil ? nil : port
  }

  private func hasSeveral(_ end: Edge.End) -> Bool {
    guard case .node(let name, _) = end, let node = nodes.first(where: { $0.name == name }) else {
      return false
    }
    return node.outputs.count > 1
  }
}

extension GraphDescription.Edge {
  /// Whether it leads to a value that is drawn apart, which says its name and type itself.
  fileprivate var isToValue: Bool { if case .value = to { true } else { false } }
}

extension GraphDescription.Input {
  /// The name, and what it is where nothing is given.
  private var labelText: String { name + valueText }

  private var valueText: String {
    value.map { " = \($0)\(isBound ? " (bound)" : "")" } ?? ""
  }

  /// What is written in its box: of a group a line for each, with the type that an edge of its own
  /// would have.
  func labelLines(showsTypes: Bool) -> [String] {
    guard !members.isEmpty else { return [labelText] }
    return members.map { member in
      let type = showsTypes && !member.type.isEmpty ? ": \(member.type)" : ""
      return member.name + type + member.valueText
    }
  }

  /// All there is to say of it.
  var tooltip: String {
    guard members.isEmpty else { return members.map(\.tooltip).joined(separator: "\n") }
    return "input \(name): \(type)"
      + (value.map { isBound ? ", bound to \($0)" : ", default \($0)" } ?? "")
  }
}

extension GraphDescription.Value {
  func labelText(showsTypes: Bool) -> String {
    showsTypes && !type.isEmpty ? "\(name): \(type)" : name
  }
}

extension GraphDescription {
  /// Something that a node shows under its name.
  struct Detail {
    var parts: [String]
    var separator = ""

    var text: String { parts.joined(separator: separator) }
  }
}

extension GraphDescription.Node {
  /// What a node shows under its name.
  var details: [GraphDescription.Detail] {
    var details = notes.map { GraphDescription.Detail(parts: [$0]) }
    if !options.isEmpty { details.append(.init(parts: options, separator: " · ")) }
    if let first = states.first {
      let what = states.count == 1 ? "state" : "states"
      details.append(.init(parts: ["\(what) \(first)"] + states.dropFirst(), separator: ", "))
    }
    return details
  }

  /// The whole node in plain lines.
  func textLines(_ run: RunOverlay.Node?) -> [String] {
    var lines = [name, kind.rawValue + (isCached ? ", cached" : "")] + details.map(\.text)
    if let run {
      lines += RunText.lines(run, total: .zero) + [RunText.failures(run)].compactMap(\.self)
    }
    return lines
  }
}
