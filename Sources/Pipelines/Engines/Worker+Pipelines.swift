import Columnar
import ColumnarCore

extension Worker {
  /// Serves the nodes of these pipelines, and never returns, if this process was started as a worker;
  /// returns at once otherwise.
  ///
  /// Belongs at the top of `main`, as soon as the pipelines are made and before anything is run:
  ///
  /// ```swift
  /// let pipeline = try Pipeline("embed", outputs: embedding)
  /// Worker.serveIfAsked(pipeline)
  /// ```
  ///
  /// A state that a run is given, with `State.make` or as an object for an input, cannot reach a
  /// worker: it is an error. Workers make the states that nodes take by handle and those of
  /// `Stateful` classes.
  public static func serveIfAsked(
    _ first: Pipeline, _ others: Pipeline..., functions: any ServedFunction...
  ) {
    serveIfAsked(pipelines: [first] + others, functions: functions)
  }

  /// As `serveIfAsked(_:functions:)`, for pipelines in an array.
  public static func serveIfAsked(
    pipelines: [Pipeline], functions: [any ServedFunction] = []
  ) {
    serveIfAsked(functions.map(\._served.function)) { asked in
      let named = pipelines.filter { $0.name == asked.pipeline }
      let found = named.lazy.compactMap { $0.node(asked.node) }.first
      return try found?.function(states: asked.states, path: asked.node, in: asked.pipeline)
    }
  }
}

/// A node of a pipeline or of one that is nested in it.
private struct FoundNode {
  let node: NodeDefinition
  let graph: PipelineGraph
  /// States that the outer pipeline wired to the graph's inputs, or that were bound to them.
  var states: [String: StateFactory] = [:]
  /// What was bound to the pipelines on the way.
  var bound: [Binding] = []
}

extension Pipeline {
  /// The node of that name, or of that path through nested pipelines.
  fileprivate func node(
    _ path: String, states wired: [String: StateFactory] = [:], bound outer: [Binding] = []
  ) -> FoundNode? {
    var states: [String: StateFactory] = [:]
    for binding in bound {
      if case .state(let factory, nil) = binding.content { states[binding.name] = factory }
    }
    states.merge(wired) { $1 }
    let bound = outer + self.bound
    if let node = graph.nodes.first(where: { $0.name == path && $0.nested == nil }) {
      return FoundNode(node: node, graph: graph, states: states, bound: bound)
    }
    for node in graph.nodes {
      guard let nested = node.nested, path.hasPrefix(nested.name + "/") else { continue }
      var inner: [String: StateFactory] = [:]
      for (wire, parameter) in zip(nested.wires, node.parameters) {
        if case .state(let factory) = parameter.source {
          inner[wire.input] = factory
        } else {
          inner[wire.input] = states[parameter.name]
        }
      }
      let rest = String(path.dropFirst(nested.name.count + 1))
      if let found = nested.pipeline.node(rest, states: inner, bound: bound) { return found }
    }
    return nil
  }
}

extension PipelineGraph {
  /// What a function is found by in a worker.
  ///
  /// - Parameter root: the pipeline that runs, where this one is nested in it.
  package func origin(of node: NodeDefinition, in root: String? = nil) -> UserFunction.Origin {
    UserFunction.Origin(pipeline: root ?? pipeline, inputs: node.parameters.map(\.name))
  }
}

extension FoundNode {
  /// The node as a function whose parameters are states or columns as they are in the program's run.
  fileprivate func function(
    states: [Bool]?, path: String, in pipeline: String?
  ) throws -> UserFunction {
    guard case .closure(let kind, let body) = node.work else {
      throw ColumnarError(
        .invalidPlan, "The node \"\(path)\" is an expression, which needs no worker.")
    }
    let states =
      states ?? node.parameters.map { $0.isState || $0.isMarkedStateful || $0.maker != nil }
    let parameters = try zip(node.parameters, states).map { parameter, isState in
      isState ? UDFParameter(state: try state(parameter, path)) : parameter.data
    }
    return UserFunction(
      name: path, kind: kind, parameters: parameters, resultType: node.resultType,
      options: node.options, isElementwise: node.isElementwise,
      origin: graph.origin(of: node, in: pipeline), body: body)
  }

  private func state(_ parameter: NodeParameter, _ path: String) throws -> StateFactory {
    for case .state(let factory, let replaced?) in bound.map(\.content) {
      if case .state(let held) = parameter.source, held === replaced { return factory }
    }
    if case .state(let factory) = parameter.source { return factory }
    if let factory = states[parameter.name] { return factory }
    if let maker = parameter.maker { return maker }
    if case .state(let factory)? = try graph.input(parameter.name)?.unbound() { return factory }
    throw ColumnarError(
      .invalidPlan,
      "The state \"\(parameter.name)\" of \"\(path)\" is given when the pipeline is run, so its worker "
        + "process cannot have it. Let the node take a State { … } by handle, or let the class conform to "
        + "Stateful.", context: [.node(path)])
  }
}
