import Columnar
import ColumnarCore

/// A graph of nodes, checked when it is made, that runs on one item, on many, or as part of a lazy
/// frame.
///
/// ```swift
/// let text = Input<String>("text")
/// let lower = Node("lower", from: text) { $0.lowercased() }
/// let pipeline = try Pipeline(outputs: lower)
/// let lowered = try pipeline.map(text.each(["A", "B"]))[lower]      // ColumnView<String>
/// let one = try pipeline.run(text.always("HI"))[lower]              // "hi"
/// ```
///
/// Edges follow names: a node takes the output that has the name of its parameter, else an input
/// from outside. Cycles, two nodes of one name, types that don't fit and options that make no sense
/// are errors here, before anything runs.
public struct Pipeline: Sendable {
  /// The name, in errors and explanations.
  public let name: String
  package let engine: any Engine
  package let graph: PipelineGraph
  /// The names of what a run gives back, in order.
  package let outputs: [String]
  /// What runs are given unless they say otherwise.
  package let bound: [Binding]

  package init(
    _ name: String, engine: any Engine, graph: PipelineGraph, outputs: [String],
    bound: [Binding] = []
  ) {
    self.name = name
    self.engine = engine
    self.graph = graph
    self.outputs = outputs
    self.bound = bound
  }

  /// The same pipeline but for what is given.
  package func with(
    name: String? = nil, engine: (any Engine)? = nil, graph: PipelineGraph? = nil,
    outputs: [String]? = nil, bound: [Binding]? = nil
  ) -> Pipeline {
    Pipeline(
      name ?? self.name, engine: engine ?? self.engine, graph: graph ?? self.graph,
      outputs: outputs ?? self.outputs, bound: bound ?? self.bound)
  }

  package init(_ name: String, engine: any Engine, listed: [AnyNode]) throws {
    guard !listed.isEmpty else {
      throw ColumnarError(.invalidPlan, "The pipeline \"\(name)\" has no nodes.")
    }
    _ = try engine._configuration.defaults.validated(for: "the engine's defaults")
    let graph = try PipelineGraph(name, reaching: listed.map(\.definition))
    var seen = Set<String>()
    self.init(
      name, engine: engine, graph: graph,
      outputs: listed.flatMap(\.outputNames).filter { seen.insert($0).inserted })
  }

  /// A pipeline of the listed nodes, all of whose outputs a run gives back; nodes they are wired to
  /// by handle come along.
  public init(
    _ name: String = "pipeline", engine: any Engine = .columnar,
    @PipelineBuilder _ nodes: () throws -> [AnyNode]
  ) throws {
    try self.init(name, engine: engine, listed: nodes())
  }

  /// A pipeline that gives back those nodes' outputs; nodes they are wired to by handle come along.
  public init<each Value: Sendable>(
    _ name: String = "pipeline", engine: any Engine = .columnar,
    outputs: repeat Node<each Value>
  ) throws {
    try self.init(name, engine: engine, listed: Self.erased(repeat each outputs))
  }

  private static func erased<each Value: Sendable>(_ nodes: repeat Node<each Value>) -> [AnyNode] {
    var erased: [AnyNode] = []
    repeat erased.append(AnyNode(each nodes))
    return erased
  }
}

extension Pipeline {
  /// The same pipeline giving back only those nodes' outputs: what they don't need is not computed,
  /// and inputs that only that needs need not be given.
  public func selecting<each Value: Sendable>(_ nodes: repeat Node<each Value>) throws -> Pipeline {
    try selecting(names: Self.erased(repeat each nodes).map(\.name))
  }

  /// The same pipeline giving back only the outputs of those names.
  public func selecting(names: [String]) throws -> Pipeline {
    for name in names where graph.output(name) == nil { throw noNode(name) }
    guard !names.isEmpty else {
      throw ColumnarError(
        .invalidPlan, "No outputs of the pipeline \"\(self.name)\" were selected.")
    }
    var seen = Set<String>()
    return with(outputs: names.filter { seen.insert($0).inserted })
  }

  /// The same pipeline with other options for one node: those that are given; the others stay.
  ///
  /// A node of a nested pipeline is named by its path: `outer/inner`.
  public func with(_ options: UDFOptions, for node: String) throws -> Pipeline {
    if let nested = try within(node, { try $0.with(options, for: $1) }) { return nested }
    let producer = try producer(of: node)
    var nodes = graph.nodes
    let old = nodes[producer.node]
    guard case .closure = old.work else {
      throw ColumnarError(
        .invalidPlan, "The node \"\(node)\" is an expression, which has no options.",
        context: [.plan("pipeline \"\(name)\"")])
    }
    nodes[producer.node] = old.with(options.filled(from: old.options))
    return with(graph: try PipelineGraph(name, nodes))
  }

  /// The same pipeline with what tuning found for nodes, by their names: used for options that
  /// neither the node nor the engine decides.
  ///
  /// Names of no node are left out.
  package func with(tuned: [String: UDFOptions]) -> Pipeline {
    with(
      graph: graph.replacing { node in
        node.outputs.lazy.compactMap { tuned[$0.name] }.first.map { node.with(tuned: $0) }
      })
  }

  /// The same pipeline on another engine.
  public func on(_ engine: any Engine) throws -> Pipeline {
    _ = try engine._configuration.defaults.validated(for: "the engine's defaults")
    return with(engine: engine)
  }

  /// Where the output of that name comes from, or an error that there is none.
  ///
  /// A node of several outputs is also known by all their names, as events and advice name it.
  func producer(of node: String) throws -> PipelineGraph.Producer {
    if let producer = graph.producer(of: node) { return producer }
    guard let position = graph.nodes.firstIndex(where: { $0.name == node }) else {
      throw noNode(node)
    }
    return PipelineGraph.Producer(node: position, output: 0)
  }

  /// The error where nothing in the pipeline makes what is asked for.
  package func noNode(_ node: String) -> ColumnarError {
    let hint = Suggestion.hint(for: node, among: graph.outputNames, what: "nodes")
    return ColumnarError(
      .columnNotFound, "There is no node \"\(node)\". \(hint)",
      context: [.plan("pipeline \"\(name)\"")])
  }
}
