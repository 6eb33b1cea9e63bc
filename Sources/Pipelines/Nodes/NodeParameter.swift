import Columnar
import ColumnarCore

/// One parameter of a node's closure: its name, its type, and what it is wired to.
@usableFromInline
package struct NodeParameter: Sendable {
  package enum Source: Sendable {
    /// Another node, by handle.
    case node(NodeDefinition)
    /// An input from outside, by handle; the default is a column of one row.
    case input(default: Column?)
    /// A state, by handle, or one that the engine makes for a trailing `Stateful` parameter.
    case state(StateFactory)
    /// Whatever in the pipeline has that name, else an input from outside.
    case name(isStateful: Bool)
    /// As a name, for an input of a nested pipeline, which may have a default or be made by the
    /// engine.
    case nested(default: Column?, isStateful: Bool, isMade: Bool)
  }

  package private(set) var name: String
  package private(set) var source: Source
  /// What a parameter by name is where nothing is given for it: a column of one row.
  private var nameDefault: Column?
  /// The parameter as one that takes a column.
  package let data: UDFParameter
  /// Whether the closure can only be given a column for it, as a batch closure's views are.
  package private(set) var mustBeColumn: Bool
  /// Makes the value where it is of a `Stateful` class and nothing is given for it.
  package let maker: StateFactory?
  /// Whether an object given at run time is of the parameter's type.
  package let accepts: @Sendable (Any) -> Bool
  /// Its Swift type.
  package let swiftType: any ErasedType
  /// The names in the node's list of states that are not this parameter's: those that are of no
  /// parameter are in the sets of all.
  package private(set) var otherStates: Set<String> = []

  package init<Value>(
    _ name: String, _ source: Source, as type: Value.Type, mustBeColumn: Bool = false
  ) {
    self.name = name
    self.source = source
    self.mustBeColumn = mustBeColumn
    data = UDFParameter(data: type)
    maker = (type as? any Stateful.Type).map { StateFactory.making($0) }
    accepts = { $0 is Value }
    swiftType = SwiftType<Value>()
  }

  /// The parameter of a port.
  @usableFromInline
  package init(_ port: some Port) { self = port._wire.parameter }

  /// The parameter of a batch closure's port: data arrives as a column.
  @usableFromInline
  package init(batch port: some Port) { self = NodeParameter(port).asColumn }

  /// A parameter by name; `stateful` is the node's list of those that are states.
  @usableFromInline
  package init<Value>(named name: String, as type: Value.Type, stateful: Set<String>) {
    self.init(name, .name(isStateful: stateful.contains(name)), as: type)
    otherStates = stateful.subtracting([name])
  }

  /// A batch closure's parameter by name: data if it is a `ColumnView`, else a state.
  @usableFromInline
  package init<Value>(batch name: String, as type: Value.Type, stateful: Set<String>) {
    if let view = type as? any ErasedView.Type, !stateful.contains(name) {
      self = view.parameter(name)
    } else {
      self.init(name, .name(isStateful: true), as: type)
    }
    otherStates = stateful.subtracting([name])
  }

  /// A parameter by name of a node with a row and a batch closure: of its row closure's type.
  @usableFromInline
  package init<Value>(dual name: String, as type: Value.Type, stateful: Set<String>) {
    let parameter = NodeParameter(named: name, as: type, stateful: stateful)
    self = parameter.isMarkedStateful ? parameter : parameter.asColumn
  }

  /// A trailing parameter of a class that the engine makes.
  @usableFromInline
  package init<Made: Stateful>(made type: Made.Type) {
    self.init("\(type)", .state(State(of: type).factory), as: type)
  }

  /// The same parameter, but it must be given a column unless it is a state.
  package var asColumn: NodeParameter {
    if isState { return self }
    var copy = self
    copy.mustBeColumn = true
    return copy
  }

  /// The same parameter under another name; one that was wired by handle is found by its name.
  package func renamed(_ name: String) -> NodeParameter {
    if name == self.name { return self }
    var copy = self
    copy.name = name
    if case .node = source { copy.source = .name(isStateful: false) }
    return copy
  }

  /// The same parameter with a value for where nothing is given: a column of one row.
  package func with(default value: Column) -> NodeParameter {
    var copy = self
    switch source {
    case .input: copy.source = .input(default: value)
    case .nested(_, let isStateful, let isMade):
      copy.source = .nested(default: value, isStateful: isStateful, isMade: isMade)
    case .name, .node, .state: copy.nameDefault = value
    }
    return copy
  }

  /// Whether it is wired to a state.
  package var isState: Bool {
    if case .state = source { return true }
    return false
  }

  /// Whether the node's list says that it is a state.
  package var isMarkedStateful: Bool {
    switch source {
    case .name(let isStateful), .nested(_, let isStateful, _): isStateful
    case .node, .input, .state: false
    }
  }

  /// What it is where nothing is given for it: a column of one row.
  package var defaultValue: Column? {
    switch source {
    case .input(let value), .nested(let value, _, _): value
    case .node, .state, .name: nameDefault
    }
  }

  /// Whether the engine makes it where nothing is given and its class is `Stateful`.
  package var mayBeMade: Bool {
    switch source {
    case .name: true
    case .nested(_, _, let isMade): isMade
    case .node, .state, .input: false
    }
  }
}

extension StateFactory {
  /// Makes instances of a `Stateful` class.
  package static func making<Made: Stateful>(_ type: Made.Type) -> StateFactory {
    State(of: type).factory
  }

  /// One instance that was handed in: shared by all calls, never finished by the engine.
  ///
  /// `version` is what a cache tells it from others by; without one it is its own key, if it has one.
  package static func given(
    _ value: any Sendable, name: String, version: String? = nil
  ) -> StateFactory {
    StateFactory(
      name: name, isShared: true, valueType: type(of: value as Any),
      version: version ?? (value as? any CacheKeyed)?.cacheKey, make: { value },
      finish: { _ in })
  }
}

/// A `ColumnView` whose element type is erased: how the arguments of batch closures are made.
package protocol ErasedView {
  /// A parameter by name that takes such a view.
  static func parameter(_ name: String) -> NodeParameter
  /// The view of an argument.
  static func view(of position: Int, in call: UDFCall) throws -> Any
}

extension ColumnView: ErasedView {
  package static func parameter(_ name: String) -> NodeParameter {
    NodeParameter(name, .name(isStateful: false), as: Element.self, mustBeColumn: true)
  }

  package static func view(of position: Int, in call: UDFCall) throws -> Any {
    let view: ColumnView<Element> = try call.view(position)
    return view
  }
}

extension UDFCall {
  /// The argument of a batch closure: a column's view, or a state.
  @usableFromInline
  package func batchValue<Value>(_ position: Int, as type: Value.Type = Value.self) throws -> Value
  {
    if function.parameters[position].state != nil { return try state(position) }
    if let view = type as? any ErasedView.Type,
      let value = try view.view(of: position, in: self) as? Value
    {
      return value
    }
    throw ColumnarError(
      .typeMismatch,
      "A batch closure takes columns as ColumnView, but parameter \(position + 1) is \(type).",
      context: [.node(function.name)])
  }
}
