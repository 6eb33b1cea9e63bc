import Columnar
import ColumnarCore

extension Node {
  /// The same node under another name: a copy, so nodes that are wired to this one stay so.
  ///
  /// Of a node with several outputs it renames this one; to use the others too, rename in the
  /// pipeline: `pipeline.renaming(outputs:)`.
  public func renamed(_ name: String) -> Node<Value> {
    let outputs = definition.outputs.map { $0.name == self.name ? $0.named(name) : $0 }
    return Node(name, definition.with(outputs: outputs))
  }

  /// The same node with inputs of other names: old to new.
  ///
  /// An input that was another node by handle becomes one by name. A name that the node does not take
  /// is an error, and so is a state, which is known by its handle.
  public func renamed(inputs names: [String: String]) throws -> Node<Value> {
    for name in names.keys.sorted() { try definition.requireData(name) }
    let parameters = definition.parameters.map {
      $0.isState ? $0 : $0.renamed(names[$0.name] ?? $0.name)
    }
    return Node(name, definition.with(parameters: parameters))
  }

  /// The same node with values for inputs where a run gives nothing and no node makes them.
  ///
  /// The counterpart of `Input(_:default:)` for inputs by name, and of default arguments of
  /// functions. A value of another type is an error; numbers widen without loss.
  public func defaults(_ values: [String: any Sendable]) throws -> Node<Value> {
    var parameters = definition.parameters
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      try definition.requireData(name)
      for k in parameters.indices where parameters[k].name == name && !parameters[k].isState {
        if case .node = parameters[k].source {
          throw ColumnarError(
            .invalidPlan,
            "\"\(name)\" is made by a node, so it needs no default. Leave it out.",
            context: [.node(self.name)])
        }
        let column = try GraphInput(parameters[k], user: self.name).fit(NamedValue.single(value))
        parameters[k] = parameters[k].with(default: column)
      }
    }
    return Node(name, definition.with(parameters: parameters))
  }
}

extension NodeDefinition {
  /// An error unless there is an input of that name that data is given for.
  fileprivate func requireData(_ name: String) throws {
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      let names = parameters.filter { !$0.isState }.map(\.name)
      let hint = Suggestion.hint(for: name, among: names, what: "inputs")
      throw ColumnarError(
        .columnNotFound, "The node \"\(self.name)\" takes no input \"\(name)\". \(hint)",
        context: [.node(self.name)])
    }
    if parameter.isState {
      throw ColumnarError(
        .invalidPlan,
        "\"\(name)\" is a state of the node \"\(self.name)\", which is known by its handle and not by "
          + "name. Bind another instance with .make { … }.", context: [.node(self.name)])
    }
  }
}
