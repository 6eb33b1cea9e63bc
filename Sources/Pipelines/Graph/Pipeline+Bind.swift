import Columnar
import ColumnarCore

extension Pipeline {
  /// The same pipeline with values for some inputs and states, which runs then need not give.
  ///
  /// What a run gives wins over what is bound, and a later `bind` over an earlier one. Names that no
  /// node takes, and values of another type, are errors here. An input bound with `each` is mapped
  /// over, before those that the run gives.
  public func bind(_ bindings: Binding...) throws -> Pipeline {
    try binding(bindings, isByName: false)
  }

  /// As `bind` by names; `over` names those whose values are lists of items.
  public func bind(_ values: [String: any Sendable], over: String...) throws -> Pipeline {
    try binding(named(values, over: over), isByName: true)
  }

  /// The same pipeline without the bound values of those names; of all, if none is named.
  ///
  /// A name that is not bound is an error.
  public func unbind(_ names: String...) throws -> Pipeline {
    for name in names where !boundNames.contains(name) {
      let hint = Suggestion.hint(for: name, among: boundNames, what: "bound names")
      throw ColumnarError(
        .columnNotFound, "\"\(name)\" is not bound. \(hint)",
        context: [.plan("pipeline \"\(self.name)\"")])
    }
    return with(bound: names.isEmpty ? [] : bound.filter { !names.contains($0.name) })
  }

  /// As `unbind`, by handle.
  public func unbind(_ first: any Port, _ others: any Port...) throws -> Pipeline {
    try ([first] + others).reduce(self) { try $0.unbind($1.name) }
  }

  /// The names of the inputs and states that are bound, in the order in which they were.
  public var boundNames: [String] { bound.map(\.name) }

  /// The names of the inputs that a run must give: those the outputs need that are neither bound nor
  /// have a default.
  public var unfulfilled: [String] {
    let bound = Set(boundNames)
    return neededInputs.filter { $0.isRequired && !bound.contains($0.name) }.map(\.name)
  }

  /// The names of all inputs that the outputs need, bound or not, in the order in which they are
  /// first needed.
  public var inputNames: [String] { neededInputs.map(\.name) }

  /// The inputs that the outputs need; of nested pipelines, those that are needed of them.
  private var neededInputs: [GraphInput] {
    let pruned = graph.pruned(for: outputs)
    return pruned.inputs(of: pruned.needed(for: outputs))
  }

  /// The names of what a run gives back, in order.
  public var outputNames: [String] { outputs }

  private func binding(_ bindings: [Binding], isByName: Bool) throws -> Pipeline {
    var resolver = BindingResolver(graph: graph, needed: [])
    resolver.isByName = isByName
    try resolver.check(bindings)
    return with(bound: merged(bindings.map(\.asBound)))
  }

  /// What is bound and not given otherwise, then what is given.
  package func merged(_ given: [Binding]) -> [Binding] {
    bound.filter { old in !given.contains { $0.replaces(old) } } + given
  }
}

extension Binding {
  /// Whether it is for the same input or state as `other`.
  fileprivate func replaces(_ other: Binding) -> Bool {
    if case .state(_, let mine?) = content, case .state(_, let theirs?) = other.content {
      return mine === theirs
    }
    return name == other.name
  }
}
