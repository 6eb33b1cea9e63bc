/// What a drawing shows of a pipeline: a value without closures, of any depth.
///
/// Drawings are made from it alone, so that whatever can be described can be drawn.
package struct GraphDescription: Sendable, Hashable {
  /// The pipeline's name.
  package var name: String
  package var nodes: [Node]
  package var inputs: [Input]
  /// The names of what a run gives back, in order.
  package var outputs: [Output]
  /// Values that are drawn apart from the nodes that make them.
  package var values: [Value] = []
  /// An edge whose end is not there is not drawn, nor is one that would close a circle.
  package var edges: [Edge]

  package init(
    _ name: String, nodes: [Node] = [], inputs: [Input] = [], outputs: [Output] = [],
    edges: [Edge] = []
  ) {
    self.name = name
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
    self.edges = edges
  }

  /// How a node computes.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case row, batch, async, expression
    /// A pipeline.
    case nested = "pipeline"
  }

  /// A node; its name is unique in its pipeline.
  package struct Node: Sendable, Hashable {
    package var name: String
    package var kind: Kind
    /// The names of its columns; a plain node's one output has the node's name.
    package var outputs: [String]
    /// The options that differ from the built-in ones, one text each.
    package var options: [String]
    /// The names of the states it holds.
    package var states: [String]
    /// What else to say, a line each, as what a nested pipeline maps over.
    package var notes: [String]
    package var isCached: Bool
    /// The nested pipeline.
    package var nested: GraphDescription?

    package init(
      _ name: String, _ kind: Kind, outputs: [String]? = nil, options: [String] = [],
      states: [String] = [], notes: [String] = [], isCached: Bool = false,
      nested: GraphDescription? = nil
    ) {
      self.name = name
      self.kind = kind
      self.outputs = outputs ?? [name]
      self.options = options
      self.states = states
      self.notes = notes
      self.isCached = isCached
      self.nested = nested
    }
  }

  /// Something that the pipeline takes from outside.
  package struct Input: Sendable, Hashable {
    package var name: String
    package var type: String
    /// What it is where nothing is given, as text.
    package var value: String?
    /// Whether the value was bound, and is no mere default.
    package var isBound: Bool
    /// The inputs that are drawn as this one; none where it is one itself.
    package var members: [Input] = []

    package init(_ name: String, _ type: String, value: String? = nil, isBound: Bool = false) {
      self.name = name
      self.type = type
      self.value = value
      self.isBound = isBound
    }
  }

  /// Something that the pipeline gives back.
  package struct Output: Sendable, Hashable {
    package var name: String
    package var type: String

    package init(_ name: String, _ type: String) {
      self.name = name
      self.type = type
    }
  }

  /// A value between nodes.
  package struct Value: Sendable, Hashable {
    package var name: String
    package var type: String

    package init(_ name: String, _ type: String) {
      self.name = name
      self.type = type
    }
  }

  /// A value on its way.
  package struct Edge: Sendable, Hashable {
    /// One end of an edge.
    package enum End: Sendable, Hashable {
      case input(String)
      case output(String)
      case value(String)
      /// A node by its name. `port` is what the value is called inside: the node's output, or its
      /// parameter; of a nested pipeline, its own output or input, which a mapping may call
      /// otherwise than the graph around it.
      case node(String, port: String)
    }

    package var from: End
    package var to: End
    /// What the value is called in this graph.
    package var name: String
    package var type: String

    package init(_ from: End, _ to: End, _ name: String, _ type: String) {
      self.from = from
      self.to = to
      self.name = name
      self.type = type
    }
  }
}
