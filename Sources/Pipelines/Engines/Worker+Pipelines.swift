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
  /// worker: it is an error. Workers make the states that nodes take by handle and those of `Stateful`
  /// classes.
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
      guard let pipeline = named.first(where: { $0.graph.node(asked.node) != nil }) else {
        return nil
      }
      return try pipeline.graph.node(asked.node).map { node in
        try node.function(states: asked.states, of: pipeline)
      }
    }
  }
}

extension PipelineGraph {
  /// The node of that name.
  fileprivate func node(_ name: String) -> NodeDefinition? { nodes.first { $0.name == name } }

  /// What a function is found by in a worker.
  package func origin(of node: NodeDefinition) -> UserFunction.Origin {
    UserFunction.Origin(pipeline: pipeline, inputs: node.parameters.map(\.name))
  }
}

extension NodeDefinition {
  /// The node as a function whose parameters are states or columns as they are in the program's run.
  fileprivate func function(states: [Bool]?, of pipeline: Pipeline) throws -> UserFunction {
    guard case .closure(let kind, let body) = work else {
      throw ColumnarError(
        .invalidPlan, "The node \"\(name)\" is an expression, which needs no worker.")
    }
    let states =
      states ?? self.parameters.map { $0.isState || $0.isMarkedStateful || $0.maker != nil }
    let parameters = try zip(self.parameters, states).map { parameter, isState in
      isState ? UDFParameter(state: try state(parameter, of: pipeline)) : parameter.data
    }
    return UserFunction(
      name: name, kind: kind, parameters: parameters, resultType: resultType, options: options,
      isElementwise: isElementwise, origin: pipeline.graph.origin(of: self), body: body)
  }

  private func state(_ parameter: NodeParameter, of pipeline: Pipeline) throws -> StateFactory {
    for binding in pipeline.bound {
      guard case .state(let factory, let replaced) = binding.content else { continue }
      if case .state(let held) = parameter.source, held === replaced { return factory }
      if replaced == nil, !parameter.isState, binding.name == parameter.name { return factory }
    }
    if case .state(let factory) = parameter.source { return factory }
    if let maker = parameter.maker { return maker }
    if case .state(let factory)? = try pipeline.graph.input(parameter.name)?.unbound() {
      return factory
    }
    throw ColumnarError(
      .invalidPlan,
      "The state \"\(parameter.name)\" of \"\(name)\" is given when the pipeline is run, so its worker "
        + "process cannot have it. Let the node take a State { … } by handle, or let the class conform to "
        + "Stateful.", context: [.node(name)])
  }
}
