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
  /// worker: it is an error. Workers make the states that nodes take by handle, those of `Stateful`
  /// classes, and those that are bound in the pipelines given here.
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
      let made = named.compactMap { $0.node(asked.node) }.map { found in
        Result { try found.function(states: asked.states, path: asked.node, in: asked.pipeline) }
      }
      // What one of them lacks another may have.
      let functions = made.compactMap { try? $0.get() }
      return try functions.isEmpty ? made.map { try $0.get() } : functions
    }
  }
}

/// A node of a pipeline or of one that is nested in it.
private struct FoundNode {
  let node: NodeDefinition
  let graph: PipelineGraph
  /// States that the outer pipeline wired to the graph's inputs, or that were bound to them.
  var states: [String: FoundState] = [:]
  /// What was bound to the pipelines on the way, the outermost first.
  var bound: [Binding] = []
}

/// A state as a pipeline says it.
private struct FoundState {
  let factory: StateFactory
  /// Whether it was bound, in place of what the node says.
  let isBound: Bool

  /// The state that nodes hold by that handle, or what is bound in its place.
  init(_ factory: StateFactory, _ bound: [Binding]) {
    // As in a run the innermost pipeline has the last word.
    for case .state(let other, let replaced?) in bound.reversed().map(\.content)
    where replaced === factory {
      self.init(factory: other, isBound: true)
      return
    }
    self.init(factory: factory, isBound: false)
  }

  init(factory: StateFactory, isBound: Bool) {
    (self.factory, self.isBound) = (factory, isBound)
  }

  /// What is bound to an input, if that is a state or an object that is one.
  init?(_ binding: Binding, for input: GraphInput) {
    switch binding.content {
    case .state(let factory, _): self.init(factory: factory, isBound: true)
    case .constant(let column, let value):
      guard case .constant(_, let factory?)? = try? input.constant(column, value: value) else {
        return nil
      }
      self.init(factory: factory, isBound: true)
    case .mapped, .failed: return nil
    }
  }
}

extension Pipeline {
  /// The node of that name, or of that path through nested pipelines.
  fileprivate func node(
    _ path: String, states wired: [String: FoundState] = [:], bound outer: [Binding] = []
  ) -> FoundNode? {
    var states: [String: FoundState] = [:]
    for binding in self.bound {
      if let input = graph.input(binding.name), let state = FoundState(binding, for: input) {
        states[binding.name] = state
      }
    }
    states.merge(wired) { $1 }
    let bound = outer + self.bound
    if let node = graph.nodes.first(where: { $0.name == path && $0.nested == nil }) {
      return FoundNode(node: node, graph: graph, states: states, bound: bound)
    }
    for node in graph.nodes {
      guard let nested = node.nested, path.hasPrefix(nested.name + "/") else { continue }
      var inner: [String: FoundState] = [:]
      for (wire, parameter) in zip(nested.wires, node.parameters) {
        if case .state(let factory) = parameter.source {
          inner[wire.input] = FoundState(factory, bound)
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
    let parameters = try zip(node.parameters, states).map { parameter, isState -> UDFParameter in
      guard isState else { return parameter.data }
      let state = try state(parameter, path)
      return UDFParameter(
        state: state.factory, isGivenForRun: state.isBound, isBound: state.isBound)
    }
    return UserFunction(
      name: path, kind: kind, parameters: parameters, resultType: node.resultType,
      options: node.options, isElementwise: node.isElementwise,
      origin: graph.origin(of: node, in: pipeline), body: body)
  }

  private func state(_ parameter: NodeParameter, _ path: String) throws -> FoundState {
    if case .state(let factory) = parameter.source { return FoundState(factory, bound) }
    if let state = states[parameter.name] { return state }
    if let maker = parameter.maker { return FoundState(factory: maker, isBound: false) }
    if case .state(let factory)? = try graph.input(parameter.name)?.unbound() {
      return FoundState(factory: factory, isBound: false)
    }
    throw ColumnarError(
      .invalidPlan,
      "The state \"\(parameter.name)\" of \"\(path)\" is given when the pipeline is run, so its worker "
        + "process cannot have it. Let the node take a State { … } by handle, or let the class conform to "
        + "Stateful.", context: [.node(path)])
  }
}
