import Columnar
import ColumnarCore

/// A pipeline as a node of another: which of its inputs each parameter of the node is, and which
/// lists it is mapped over.
///
/// The node's outputs are those of `pipeline`, in order; its parameters belong to `wires`.
package struct NestedPipeline: Sendable {
  /// The name of the node: the first part of the paths of the nodes within.
  package let name: String
  package let pipeline: Pipeline
  /// As the node's parameters: mapped ones first, in the order of the axes.
  package let wires: [Wire]
  package let mode: Pipeline.Mode
  /// As the node's outputs: how objects that are lists are made.
  package let packings: [ListPacking?]
  /// Why it makes no sense; reported by the pipeline that it is a node of.
  package let failure: ColumnarError?

  /// One of the node's parameters as an input of the pipeline.
  package struct Wire: Sendable {
    package let input: String
    /// Whether it is a list, of which each element goes through the pipeline.
    package let isMapped: Bool
    package let unpacking: ListUnpacking?
  }

  /// Whether each element of lists goes through the pipeline, rather than the item itself.
  package var isMapped: Bool { wires.contains(where: \.isMapped) }

  /// What kind of node it is, for `explain`.
  package var kind: String {
    let over = wires.filter(\.isMapped).map(\.input)
    guard !over.isEmpty else { return "pipeline \"\(pipeline.name)\"" }
    return
      "pipeline \"\(pipeline.name)\" for each \(over.joined(separator: mode == .zip ? ", " : " x "))"
  }

  /// The graph of what its outputs need.
  package var graph: PipelineGraph { pipeline.graph.pruned(for: pipeline.outputs) }
}

extension NodeDefinition {
  /// A nested pipeline of which only those outputs are computed; other nodes stay.
  package func restricted(to names: Set<String>) -> NodeDefinition {
    guard let nested, outputs.contains(where: { !names.contains($0.name) }) else { return self }
    let kept = outputs.indices.filter { names.contains(outputs[$0].name) }
    let pipeline = nested.pipeline.giving(kept.map { nested.pipeline.outputs[$0] })
    let graph = pipeline.graph.pruned(for: pipeline.outputs)
    let needed = Set(graph.inputs(of: graph.needed(for: pipeline.outputs)).map(\.name))
    // The lengths of all lists count, whatever is made of their elements.
    let wired = nested.wires.indices.filter {
      nested.wires[$0].isMapped || needed.contains(nested.wires[$0].input)
    }
    let restricted = NestedPipeline(
      name: nested.name, pipeline: pipeline, wires: wired.map { nested.wires[$0] },
      mode: nested.mode, packings: kept.map { nested.packings[$0] }, failure: nested.failure)
    return NodeDefinition(
      kept.map { outputs[$0] }, wired.map { parameters[$0] }, options, .nested(restricted))
  }
}

extension Pipeline {
  /// The same pipeline giving back outputs of those names, which it has.
  func giving(_ names: [String]) -> Pipeline {
    with(outputs: names)
  }
}

extension PipelineGraph {
  /// The same nodes at the same places, nested pipelines restricted to what those outputs need.
  package func pruned(for outputs: [String]) -> PipelineGraph {
    guard nodes.contains(where: { $0.nested != nil }) else { return self }
    var needed = Set(outputs)
    var pruned = nodes
    for position in nodes.indices.reversed()
    where nodes[position].outputs.contains(where: { needed.contains($0.name) }) {
      pruned[position] = nodes[position].restricted(to: needed)
      needed.formUnion(pruned[position].parameters.filter { !$0.isState }.map(\.name))
    }
    return replacing(pruned)
  }
}
