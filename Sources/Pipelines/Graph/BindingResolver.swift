import Columnar
import ColumnarCore

/// Matches what a run gives with what a pipeline takes; every error about it comes from here,
/// before any node runs.
package struct BindingResolver {
  package let graph: PipelineGraph
  /// The inputs that the wanted outputs need.
  package let needed: [GraphInput]
  /// Whether the bindings are those of a by-name run, for the wording of errors.
  package var isByName = false
  /// The wanted outputs, for the wording of errors.
  package var outputs: [String] = []

  package func error(_ code: ColumnarError.Code, _ message: String) -> ColumnarError {
    ColumnarError(code, message, context: [.plan("pipeline \"\(graph.pipeline)\"")])
  }

  /// Runs `body`; its error is given the pipeline as its outermost place.
  private func placed<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as ColumnarError {
      throw error.at(.plan("pipeline \"\(graph.pipeline)\""))
    }
  }

  /// The inputs, and the mapped columns in the order in which they were given; also those that the
  /// wanted outputs don't need, as they say how many items there are.
  package func resolve(_ bindings: [Binding]) throws -> (BoundInputs, mapped: [(String, Column)]) {
    var bound = BoundInputs()
    var mapped: [(String, Column)] = []
    for binding in bindings { try add(binding, to: &bound, &mapped) }
    try fillIn(&bound)
    return (bound, mapped)
  }

  /// That the bindings fit the pipeline, without asking for those that are missing.
  package func check(_ bindings: [Binding]) throws {
    for binding in bindings {
      if case .mapped(let column) = binding.content, let input = graph.input(binding.name) {
        _ = try placed { try input.fit(column) }
      }
    }
    _ = try BindingResolver(graph: graph, needed: [], isByName: isByName).resolve(bindings)
  }

  private func add(
    _ binding: Binding, to bound: inout BoundInputs, _ mapped: inout [(String, Column)]
  ) throws {
    guard let input = graph.input(binding.name) else { return try addState(binding, to: &bound) }
    guard bound.values[input.name] == nil else {
      throw error(.duplicateName, "The input \"\(input.name)\" is given twice.")
    }
    bound.given.insert(input.name)
    if binding.isBound { bound.bound.insert(input.name) }
    try placed {
      switch binding.content {
      case .failed(let failure): throw failure
      case .mapped(let column):
        guard !input.isMarkedStateful else { throw mappedState(input) }
        bound.values[input.name] = .column(col(input.name))
        mapped.append((input.name, isNeeded(input.name) ? try input.fit(column) : column))
      case .constant(let column, let value):
        bound.values[input.name] = try listed(input, column) {
          try input.constant(column, value: value)
        }
      case .state(let factory, _):
        guard input.takesState else { throw stateForColumn(input, factory) }
        bound.values[input.name] = .state(factory)
      }
    }
  }

  /// Whether the wanted outputs need the input of that name.
  package func isNeeded(_ name: String) -> Bool { needed.contains { $0.name == name } }

  /// A state of a handle that some node holds, or an error that nothing takes the binding.
  private func addState(_ binding: Binding, to bound: inout BoundInputs) throws {
    if case .state(let factory, let replaced?) = binding.content, graph.holds(replaced) {
      bound.states[ObjectIdentifier(replaced)] = factory
      if binding.isBound { bound.boundStates.insert(ObjectIdentifier(factory)) }
      return
    }
    if graph.output(binding.name) != nil {
      throw error(
        .invalidPlan,
        "\"\(binding.name)\" is made by a node, so it cannot be given. Leave it out, or leave the node "
          + "out of the pipeline.")
    }
    let known = graph.inputs.map(\.name) + graph.stateNames
    let hint = Suggestion.hint(for: binding.name, among: known, what: "inputs")
    throw error(.columnNotFound, "No node takes an input \"\(binding.name)\". \(hint)")
  }

  /// Defaults and states that the engine makes; what is missing then is an error.
  private func fillIn(_ bound: inout BoundInputs) throws {
    var missing: [GraphInput] = []
    for input in needed where bound.values[input.name] == nil {
      if let value = try placed({ try input.unbound() }) {
        bound.values[input.name] = value
      } else {
        missing.append(input)
      }
    }
    guard !missing.isEmpty else { return }
    throw missingError(missing)
  }

  /// That inputs were not given; a node of a similar name is suggested.
  package func missingError(
    _ missing: [GraphInput], among candidates: [String]? = nil
  ) -> ColumnarError {
    let list = missing.map { input in
      "\"\(input.name)\" (\(input.parameter.data.swiftName), for "
        + "\(input.users.map { "\"\($0)\"" }.joined(separator: ", "))"
        + (graph.path(from: input, to: outputs).map { ": \($0))" } ?? ")")
    }
    let hints = missing.compactMap { input in
      // What needs the input cannot stand for it.
      let others = candidates ?? graph.outputNames.filter { !input.users.contains($0) }
      return Suggestion.nearest(to: input.name, among: others).map { "did you mean \"\($0)\"?" }
    }
    return error(
      .invalidPlan,
      "Missing input\(missing.count > 1 ? "s" : ""): \(list.joined(separator: ", "))"
        + (hints.first.map { "; \($0)" } ?? ".")
        + (candidates == nil ? " \(remedy(missing[0].name))" : ""))
  }

  /// How an input is given.
  private func remedy(_ name: String) -> String {
    isByName
      ? "Give it by name: [\"\(name)\": …]."
      : "Give it: \(name).each(…) one value per item, or \(name).always(…) the same for all."
  }

  private func mappedState(_ input: GraphInput) -> ColumnarError {
    ColumnarError(
      .invalidPlan,
      "\"\(input.name)\" is a state of \(input.users.map { "\"\($0)\"" }.joined(separator: ", ")), so it "
        + "cannot be mapped over. Give one for all items, or take it out of the stateful list.")
  }

  private func stateForColumn(_ input: GraphInput, _ factory: StateFactory) -> ColumnarError {
    ColumnarError(
      .typeMismatch,
      "The input \"\(input.name)\" is \(input.parameter.data.swiftName), a column, but was given the "
        + "state \"\(factory.name)\".")
  }

  /// Runs `body`; that a list was given where one value is taken, in a by-name run, is said in
  /// terms of `over`.
  private func listed<R>(_ input: GraphInput, _ column: Column, _ body: () throws -> R) throws -> R
  {
    do { return try body() } catch let error as ColumnarError {
      guard isByName, error.code == .typeMismatch,
        case .list(let element) = column.type.kind, input.parameter.data.takes(element)
      else { throw error }
      throw ColumnarError(
        .typeMismatch,
        "The input \"\(input.name)\" is \(input.parameter.data.swiftName), but was given a list. To map "
          + "over it, name it in over: \"\(input.name)\".")
    }
  }
}

extension GraphInput {
  /// Whether a state can be given for it.
  var takesState: Bool { isStateWhenConstant && !parameter.mustBeColumn }
}

extension PipelineGraph {
  /// The names of the states that nodes hold by handle.
  fileprivate var stateNames: [String] {
    var seen = Set<String>()
    return nodes.flatMap { $0.parameters.filter(\.isState).map(\.name) }
      .filter { seen.insert($0).inserted }
  }

  /// Whether a node holds that state by handle.
  func holds(_ factory: StateFactory) -> Bool {
    nodes.contains { node in
      node.parameters.contains {
        if case .state(let held) = $0.source { return held === factory }
        return false
      } || node.nested?.pipeline.graph.holds(factory) ?? false
    }
  }
}
