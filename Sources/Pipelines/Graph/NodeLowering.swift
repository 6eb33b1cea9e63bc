import Columnar
import ColumnarCore

/// Turns nodes into expressions that a frame's plan computes: one column per node, level by level.
package struct NodeLowering {
  package let graph: PipelineGraph
  package var inputs: BoundInputs
  /// What the column of a node's output is called, where it is not the output's own name.
  package var columnNames: [String: String] = [:]
  /// What stands before the names of nodes within a nested pipeline: the path to it.
  var path = ""
  /// The pipeline that runs, where these are the nodes of one that is nested in it.
  var root: String?
  /// Names of columns that must not be taken for what stands between: those of the frame, inputs and
  /// outputs.
  var reserved: Set<String>
  /// Whether a node with a row and a batch closure runs the former.
  package var prefersRows = false
  /// What the engine says of options that a node leaves open.
  package var engineDefaults = UDFOptions()

  /// What a cache knows the nodes as that were lowered so far, by position.
  private var identities: [Int: Result<CacheIdentity, UncachedReason>] = [:]

  package init(graph: PipelineGraph, inputs: BoundInputs) {
    self.graph = graph
    self.inputs = inputs
    reserved = Set(graph.inputs.map(\.name) + graph.outputNames)
  }

  /// The columns to add, in order; those of one level need only earlier ones.
  package struct Level: Sendable {
    package var columns: [(name: String, expr: Expr)] = []
    /// Nested pipelines over lists; they come after the columns.
    package var maps: [NestedMap] = []
    /// The columns that are expression nodes, and the paths of these.
    package var expressions: [String: String] = [:]
  }

  /// The columns that the nodes compute, and the names of those that only stand between.
  package mutating func levels(of nodes: [Int]) throws -> (levels: [Level], temporary: [String]) {
    var levels: [Level] = []
    var temporary: [String] = []
    var depths: [String: Int] = [:]
    func add(_ name: String, _ expr: Expr, at depth: Int) {
      while levels.count <= depth { levels.append(Level()) }
      levels[depth].columns.append((name, expr))
    }
    for position in nodes {
      let node = graph.nodes[position]
      let depth = node.parameters.reduce(0) { depth, parameter in
        graph.producer(for: parameter) == nil
          ? depth : max(depth, (depths[parameter.name] ?? 0) + 1)
      }
      if let nested = node.nested {
        var last = depth
        if nested.isMapped {
          while levels.count <= depth { levels.append(Level()) }
          levels[depth].maps.append(try map(nested, node))
        } else {
          last = try inline(nested, node, at: depth, &levels, &temporary)
        }
        for output in node.outputs { depths[output.name] = last }
        continue
      }
      let expr = try expression(of: node, at: position)
      if node.outputs.count == 1 {
        let name = node.outputs[0].name
        add(columnName(name), expr, at: depth)
        if case .expression = node.work {
          levels[depth].expressions[columnName(name)] = path + node.name
        }
        depths[name] = depth
        continue
      }
      // One call makes all outputs as a struct; each output is a field of it.
      let name = unused("\(path)(\(node.name))")
      add(name, expr, at: depth)
      temporary.append(name)
      for (field, output) in node.outputs.enumerated() {
        add(columnName(output.name), Expr(.function(.output(field), [col(name)])), at: depth + 1)
        depths[output.name] = depth + 1
      }
    }
    return (levels, temporary)
  }

  /// The column that an output is computed into.
  package func columnName(_ output: String) -> String { columnNames[output] ?? output }

  private mutating func expression(of node: NodeDefinition, at position: Int) throws -> Expr {
    var arguments: [Expr] = []
    var parameters: [UDFParameter] = []
    for parameter in node.parameters {
      switch try argument(parameter, of: node) {
      case .column(let expr):
        arguments.append(expr)
        parameters.append(parameter.data)
      case .constant(let value, _):
        arguments.append(Expr(.literal(value)))
        parameters.append(parameter.data)
      case .state(let factory):
        let isGiven = inputs.given.contains(parameter.name) && !parameter.isState
        parameters.append(
          UDFParameter(
            state: factory, isGivenForRun: isGiven || inputs.replaces(factory),
            isBound: inputs.isBound(factory, for: parameter.isState ? "" : parameter.name)))
      }
    }
    let identity = node.cacheIdentity(parameters, path: path) {
      graph.isMade($0, of: node) { identities[$0] }
    }
    identities[position] = identity
    switch node.work {
    case .closure(var kind, var body):
      if prefersRows, let single = node.single, runsHere(node) { (kind, body) = (.row, single) }
      let function = UserFunction(
        name: path + node.name, kind: kind, parameters: parameters, resultType: node.resultType,
        options: node.options, isElementwise: node.isElementwise,
        origin: graph.origin(of: node, in: root), cacheIdentity: try? identity.get(),
        tuned: node.tuned, body: body)
      return Expr(.call(function, arguments))
    case .expression:
      let expr = node.expression(arguments)
      let type = node.outputs[0].value.type
      return try node.expressionType() == type ? expr : expr.cast(to: type)
    case .nested:
      throw ColumnarError(.internal, "The nested pipeline \"\(node.name)\" is no expression.")
    }
  }

  /// Whether a node runs in this process: a worker serves the batch closure only.
  private func runsHere(_ node: NodeDefinition) -> Bool {
    EffectiveOptions(node: node.options, engine: engineDefaults, tuned: node.tuned)
      .isolation.value == .thread
  }

  private func argument(_ parameter: NodeParameter, of node: NodeDefinition) throws -> BoundInput {
    if case .state(let factory) = parameter.source {
      return .state(inputs.states[ObjectIdentifier(factory)] ?? factory)
    }
    if graph.producer(for: parameter) != nil { return .column(col(columnName(parameter.name))) }
    switch inputs.values[parameter.name] {
    case .constant(let value, let factory):
      if let factory, !parameter.mustBeColumn { return .state(factory) }
      return .constant(value, nil)
    case .state where parameter.mustBeColumn:
      throw ColumnarError(
        .typeMismatch,
        "The node \"\(node.name)\" takes \"\(parameter.name)\" as a column, but a state was given for it.",
        context: [.node(node.name)])
    case .column(let expr): return .column(expr)
    case .state(let factory): return .state(factory)
    case nil:
      throw ColumnarError(
        .internal, "The input \"\(parameter.name)\" of \"\(node.name)\" was not bound.")
    }
  }
}
