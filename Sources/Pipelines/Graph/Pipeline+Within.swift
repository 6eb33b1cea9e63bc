import Columnar
import ColumnarCore

extension Pipeline {
  /// The same pipeline with a change to a node of a nested one; nil if the path leads to none.
  func within(
    _ path: String, _ change: (_ inner: Pipeline, _ node: String) throws -> Pipeline
  ) throws -> Pipeline? {
    guard
      let position = graph.nodes.firstIndex(where: { node in
        node.nested.map { path == $0.name || path.hasPrefix($0.name + "/") } ?? false
      }), let nested = graph.nodes[position].nested
    else { return nil }
    guard path != nested.name else {
      let inner = nested.pipeline.graph.outputNames.map { "\"\(path)/\($0)\"" }
      throw ColumnarError(
        .invalidPlan,
        "\"\(path)\" is a nested pipeline, whose nodes have options of their own: name one of "
          + inner.joined(separator: ", ") + ".", context: [.plan("pipeline \"\(name)\"")])
    }
    let pipeline: Pipeline
    do {
      let rest = String(path.dropFirst(nested.name.count + 1))
      pipeline = try change(nested.pipeline, rest)
    } catch let error as ColumnarError {
      throw error.at(.plan("pipeline \"\(name)/\(nested.name)\""))
    }
    var nodes = graph.nodes
    nodes[position] = nodes[position].replacing(pipeline)
    return with(graph: try PipelineGraph(name, nodes))
  }
}

extension NodeDefinition {
  /// A nested pipeline with another of the same inputs and outputs in its place.
  func replacing(_ pipeline: Pipeline) -> NodeDefinition {
    guard let nested else { return self }
    let replaced = NestedPipeline(
      name: nested.name, pipeline: pipeline, wires: nested.wires, mode: nested.mode,
      packings: nested.packings, failure: nested.failure)
    return NodeDefinition(outputs, parameters, options, .nested(replaced))
  }
}
