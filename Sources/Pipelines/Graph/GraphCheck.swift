import Columnar
import ColumnarCore

/// The checks that a pipeline passes when it is made; every error names the pipeline and the way to
/// mend it.
package struct GraphCheck {
  package let pipeline: String

  private func error(_ code: ColumnarError.Code, _ message: String) -> ColumnarError {
    ColumnarError(code, message, context: [.plan("pipeline \"\(pipeline)\"")])
  }

  /// Which node makes each name; two of one name are an error.
  package func owners(_ nodes: [NodeDefinition]) throws -> [String: Int] {
    var owners: [String: Int] = [:]
    var again: (node: Int, output: String)?
    for (position, node) in nodes.enumerated() {
      try notPath(node)
      for output in node.outputs {
        if owners[output.name] == nil {
          owners[output.name] = position
        } else if again == nil {
          again = (position, output.name)
        }
      }
    }
    if let again { throw twice(again.output, again.node, nodes, owners) }
    return owners
  }

  private func twice(
    _ name: String, _ node: Int, _ nodes: [NodeDefinition], _ owners: [String: Int]
  ) -> ColumnarError {
    let ways = [owners[name, default: node], node].map { way(to: name, by: $0, nodes, owners) }
    let remedy = "Give one of them another name: .renamed(\"…\")."
    guard ways[0] != ways[1] else {
      return error(
        .duplicateName,
        "Two nodes make \"\(name)\", both \(ways[0]). \(remedy) If one is a changed copy of the other "
          + "(.version, .uncached, .defaults), wire all nodes to the copy.")
    }
    return error(
      .duplicateName, "Two nodes make \"\(name)\": \(ways[0]), and \(ways[1]). \(remedy)")
  }

  /// As `PipelineGraph.path(to:)`, among nodes that may still stand in a circle.
  private func way(
    to name: String, by node: Int, _ nodes: [NodeDefinition], _ owners: [String: Int]
  ) -> String {
    var names = [name]
    var next: Int? = node
    var seen = Set<Int>()
    while let node = next, seen.insert(node).inserted,
      let parameter = nodes[node].parameters.first(where: { !$0.isState })
    {
      names.append(parameter.name)
      next = owners[parameter.name]
    }
    return names.reversed().joined(separator: " -> ")
  }

  /// A slash stands between the names on the way to a node of a nested pipeline.
  private func notPath(_ node: NodeDefinition) throws {
    // The outputs of a nested pipeline are such names.
    let names = [node.name] + (node.nested == nil ? node.outputs.map(\.name) : [])
    guard let name = names.first(where: { $0.contains("/") }) else { return }
    throw error(
      .invalidPlan,
      "The node \"\(name)\" has a slash in its name, which stands for \"the node … of the nested "
        + "pipeline …\". Give it another name.")
  }

  /// An order in which each node stands after those it needs; a cycle is an error that shows it.
  package func order(_ nodes: [NodeDefinition], _ owners: [String: Int]) throws -> [Int] {
    var order: [Int] = []
    var done = Set<Int>()
    var path: [Int] = []
    func visit(_ node: Int) throws {
      if done.contains(node) { return }
      if let start = path.firstIndex(of: node) {
        throw cycle((path[start...] + [node]).map { nodes[$0].name })
      }
      path.append(node)
      for parameter in nodes[node].parameters where !parameter.isState {
        guard let owner = owners[parameter.name] else { continue }
        if case .input = parameter.source { throw shadowed(parameter.name, nodes[node]) }
        try visit(owner)
      }
      path.removeLast()
      done.insert(node)
      order.append(node)
    }
    for node in nodes.indices { try visit(node) }
    return order
  }

  private func cycle(_ names: [String]) -> ColumnarError {
    // Each node needs the one after it; data flows the other way.
    let path = names.reversed().joined(separator: " -> ")
    return error(
      .invalidPlan,
      names.count == 2
        ? "The node \"\(names[0])\" takes its own output: \(path). Rename its input or its output."
        : "The nodes need each other in a circle: \(path). Rename an input or an output in it.")
  }

  private func shadowed(_ name: String, _ node: NodeDefinition) -> ColumnarError {
    error(
      .duplicateName,
      "\"\(name)\" is an input of the node \"\(node.name)\" and the name of a node's output. Rename one "
        + "of them, or give the node itself in place of the input.")
  }

  /// What comes from outside, in the order in which it is first needed.
  package func inputs(_ nodes: [NodeDefinition], produced: Set<String>) throws -> [GraphInput] {
    var inputs: [GraphInput] = []
    var positions: [String: Int] = [:]
    for node in nodes {
      for parameter in node.parameters
      where !parameter.isState && !produced.contains(parameter.name) {
        if let position = positions[parameter.name] {
          try agree(inputs[position], parameter, node)
          inputs[position].add(parameter, user: node.name)
        } else {
          try notTuple(parameter, node)
          positions[parameter.name] = inputs.count
          inputs.append(GraphInput(parameter, user: node.name))
        }
      }
    }
    return inputs
  }

  private func agree(
    _ input: GraphInput, _ parameter: NodeParameter, _ node: NodeDefinition
  ) throws {
    guard input.type == parameter.data.type else {
      throw error(
        .typeMismatch,
        "The input \"\(input.name)\" is \(input.parameter.data.swiftName) in the node "
          + "\"\(input.users[0])\" and \(parameter.data.swiftName) in \"\(node.name)\". An input has one "
          + "type; rename one of them.")
    }
    if let other = parameter.defaultValue, let value = input.defaultValue,
      !value.isSameDefault(as: other)
    {
      throw error(
        .invalidPlan,
        "The input \"\(input.name)\" has two defaults, \(value.text(at: 0)) and "
          + "\(other.text(at: 0)). Use one Input for both nodes, or rename one.")
    }
  }

  /// Swift lets a closure of several parameters stand where one parameter is asked for, as one that
  /// takes a tuple.
  private func notTuple(_ parameter: NodeParameter, _ node: NodeDefinition) throws {
    guard case .name = parameter.source else { return }
    let count = TupleName(parameter.data.swiftName).count
    guard count > 1 else { return }
    throw error(
      .invalidPlan,
      "The closure of the node \"\(node.name)\" takes \(count) parameters, but one name was given for "
        + "them: \"\(parameter.name)\". Give a name per parameter: inputs: \"\(parameter.name)\", …."
    )
  }

  /// That nodes take what others make, and expressions make what they say.
  package func types(_ graph: PipelineGraph) throws {
    for node in graph.nodes {
      for (position, parameter) in node.parameters.enumerated() {
        guard let producer = graph.producer(for: parameter) else { continue }
        let maker = graph.nodes[producer.node]
        let made = maker.outputs[producer.output]
        if parameter.isMarkedStateful {
          throw error(
            .invalidPlan,
            "\"\(parameter.name)\" is in the stateful list of the node \"\(node.name)\", but the node "
              + "\"\(made.name)\" makes it per item. Take it out of the list, or rename one.")
        }
        guard parameter.data.takes(made.value.type) else {
          try notTuple(parameter, node)
          throw error(
            .typeMismatch,
            "The node \"\(node.name)\" takes \"\(parameter.name)\" as \(parameter.data.swiftName), but "
              + "\"\(made.name)\" makes \(made.value.swiftName): "
              + "\(graph.path(to: producer.node, made.name)) -> \(node.name). "
              + (hint(node, position, given: made.value) ?? "Change one of the closures."))
        }
      }
      try expression(node)
    }
  }

  private func expression(_ node: NodeDefinition) throws {
    guard case .expression = node.work, let output = node.outputs.first else { return }
    do {
      let type = try node.expressionType()
      guard output.value.takes(type) else {
        throw error(
          .typeMismatch,
          "The expression of the node \"\(output.name)\" makes \(type), but the node is of "
            + "\(output.value.swiftName), which is stored as \(output.value.type). Cast it with "
            + ".cast(to:), or change the node's type.")
      }
    } catch let error as ColumnarError {
      throw error.at(.node(output.name))
    }
  }

  package func options(_ nodes: [NodeDefinition]) throws {
    for node in nodes {
      _ = try node.options.validated(for: node.name)
      try states(node)
    }
  }

  /// That a node's list of states names what it takes.
  private func states(_ node: NodeDefinition) throws {
    guard let first = node.parameters.first?.otherStates, !first.isEmpty else { return }
    let unknown = node.parameters.filter { !$0.isState }
      .reduce(first) { $0.intersection($1.otherStates) }
    guard let name = unknown.min() else { return }
    let hint = Suggestion.hint(for: name, among: node.parameters.map(\.name), what: "inputs")
    throw error(
      .columnNotFound,
      "The stateful list of the node \"\(node.name)\" names \"\(name)\", which it does not take. "
        + hint)
  }
}

extension NodeDefinition {
  /// The expression of an expression node over its arguments.
  package func expression(_ arguments: [Expr]) -> Expr {
    guard case .expression(let make) = work else { return lit(false) }
    return make(arguments)
  }

  /// The type that the expression of an expression node has over the declared types of its inputs.
  package func expressionType() throws -> DataType {
    var binder = PlanBinder()
    let columns = parameters.map { binder.column($0.name, $0.data.type) }
    return try ExprBinder(columns).bind(expression(columns.map { col($0.name) })).type
  }
}

extension Column {
  /// Whether a default is the other one, or of the same value.
  fileprivate func isSameDefault(as other: Column) -> Bool {
    if storage === other.storage { return true }
    guard let key = StableKeys.text(of: self) else { return false }
    return key == StableKeys.text(of: other)
  }
}

extension UDFParameter {
  /// Whether a column of that type can be given for it: one of its own type, nulls, or numbers that
  /// widen without loss.
  package func takes(_ given: DataType) -> Bool {
    if given == type || given == .null || given.kind.matches(type.kind) { return true }
    return given.isNumeric && type.isNumeric && DataType.common(given, type) == type
  }
}

/// The printed name of a Swift type, looked at for being a tuple.
struct TupleName {
  /// The number of elements; 1 if it is no tuple.
  let count: Int

  init(_ name: String) {
    guard name.first == "(", name.last == ")", name != "()" else {
      count = 1
      return
    }
    var depth = 0
    var elements = 1
    for (position, character) in name.enumerated() {
      if "([<".contains(character) { depth += 1 }
      if ")]".contains(character) || (character == ">" && !name.prefix(position).hasSuffix("-")) {
        depth -= 1
      }
      if depth == 0, position < name.count - 1 {
        // The first parenthesis closes early, as in (Int) -> (Int): a function.
        count = 1
        return
      }
      if character == ",", depth == 1 { elements += 1 }
    }
    count = elements
  }
}
