import Columnar
import ColumnarCore

/// The nodes of a pipeline, wired and checked: in an order in which each stands after those it
/// needs.
package struct PipelineGraph: Sendable {
  /// Where a column comes from: an output of a node.
  package struct Producer: Sendable {
    package let node: Int
    package let output: Int
  }

  /// The pipeline's name.
  package private(set) var pipeline: String
  package private(set) var nodes: [NodeDefinition]
  /// In the order in which they are first needed.
  package let inputs: [GraphInput]
  private let producers: [String: Producer]

  /// The graph of those nodes and all that they are wired to by handle.
  package init(_ pipeline: String, reaching listed: [NodeDefinition]) throws {
    var seen = Set<ObjectIdentifier>()
    var collected: [NodeDefinition] = []
    func visit(_ node: NodeDefinition) {
      guard seen.insert(ObjectIdentifier(node)).inserted else { return }
      for parameter in node.parameters {
        if case .node(let upstream) = parameter.source { visit(upstream) }
      }
      collected.append(node)
    }
    for node in listed { visit(node) }
    try self.init(pipeline, collected)
  }

  /// The graph of exactly those nodes; what they are wired to is found by name.
  package init(_ pipeline: String, _ nodes: [NodeDefinition]) throws {
    self.pipeline = pipeline
    let check = GraphCheck(pipeline: pipeline)
    for node in nodes { if let flaw = node.flaw { throw flaw } }
    try check.nested(nodes)
    let owners = try check.owners(nodes)
    let order = try check.order(nodes, owners)
    self.nodes = order.map { nodes[$0] }
    producers = Self.producers(self.nodes)
    inputs = try check.inputs(self.nodes, produced: Set(producers.keys))
    try check.types(self)
    try check.options(self.nodes)
  }

  private static func producers(_ nodes: [NodeDefinition]) -> [String: Producer] {
    var producers: [String: Producer] = [:]
    for (position, node) in nodes.enumerated() {
      for (output, made) in node.outputs.enumerated() {
        producers[made.name] = Producer(node: position, output: output)
      }
    }
    return producers
  }

  /// The same graph with other nodes in their places, which take and make no more than those did.
  package func replacing(_ nodes: [NodeDefinition]) -> PipelineGraph {
    PipelineGraph(self, nodes: nodes)
  }

  private init(_ graph: PipelineGraph, nodes: [NodeDefinition]) {
    pipeline = graph.pipeline
    self.nodes = nodes
    inputs = graph.inputs
    producers = Self.producers(nodes)
  }

  /// The same graph of a pipeline of another name.
  package func named(_ pipeline: String) -> PipelineGraph {
    var copy = self
    copy.pipeline = pipeline
    return copy
  }

  /// The same graph with other definitions for some nodes, of the same names and types.
  package func replacing(_ other: (NodeDefinition) -> NodeDefinition?) -> PipelineGraph {
    var copy = self
    copy.nodes = nodes.map { other($0) ?? $0 }
    return copy
  }

  /// What makes the column of that name, or nil if it comes from outside.
  package func producer(of name: String) -> Producer? { producers[name] }

  /// The names of everything that nodes make, in order.
  package var outputNames: [String] { nodes.flatMap { $0.outputs.map(\.name) } }

  /// The output of that name.
  package func output(_ name: String) -> NodeDefinition.Output? {
    producers[name].map { nodes[$0.node].outputs[$0.output] }
  }

  /// The input of that name.
  package func input(_ name: String) -> GraphInput? { inputs.first { $0.name == name } }

  /// What a parameter reads, if it is a node's output.
  package func producer(for parameter: NodeParameter) -> Producer? {
    parameter.isState ? nil : producers[parameter.name]
  }

  /// The positions of the nodes that are needed for those outputs, in order.
  package func needed(for outputs: [String]) -> [Int] {
    var needed = Set<Int>()
    func need(_ node: Int) {
      guard needed.insert(node).inserted else { return }
      for parameter in nodes[node].parameters { producer(for: parameter).map { need($0.node) } }
    }
    for output in outputs { producers[output].map { need($0.node) } }
    return needed.sorted()
  }

  /// The inputs that those nodes take.
  package func inputs(of nodes: [Int]) -> [GraphInput] {
    let names = Set(nodes.flatMap { self.nodes[$0].parameters.filter { !$0.isState }.map(\.name) })
    return inputs.filter { names.contains($0.name) }
  }
}
