import Columnar
import ColumnarCore

extension Pipeline {
  /// The pipeline as drawings show it: what its outputs need.
  package var graphDescription: GraphDescription {
    let needed = graph.needed(for: outputs)
    let inputs = graph.inputs(of: needed)
    return GraphDescription(
      name, nodes: needed.map { described(graph.nodes[$0]) },
      inputs: inputs.map(described),
      outputs: outputs.map { .init($0, graph.output($0)?.value.swiftName ?? "") },
      edges: needed.flatMap { edges(into: graph.nodes[$0]) } + outputs.compactMap(edge(toOutput:)))
  }

  // A node that is a pipeline becomes one of kind `.nested` here, with its own description.
  private func described(_ node: NodeDefinition) -> GraphDescription.Node {
    var states: [String] = []
    for case .state(let factory) in node.parameters.map(\.source) { states.append(factory.name) }
    return GraphDescription.Node(
      node.name, GraphDescription.Kind(rawValue: node.kind) ?? .row,
      outputs: node.outputs.map(\.name), options: options(of: node), states: states)
  }

  private func options(of node: NodeDefinition) -> [String] {
    guard let kind = node.functionKind else { return [] }
    let options = EffectiveOptions(node: node.options, engine: engine._configuration.defaults)
    return options.differing(for: kind, threads: engine._configuration.threads)
  }

  private func described(_ input: GraphInput) -> GraphDescription.Input {
    var value = input.defaultValue.map { $0.quotedText(at: 0) }
    if value == nil, input.maker != nil { value = "made by the engine" }
    return .init(input.name, input.parameter.data.swiftName, value: value)
  }

  private func edges(into node: NodeDefinition) -> [GraphDescription.Edge] {
    node.parameters.filter { !$0.isState }.map { parameter in
      .init(
        end(parameter.name), .node(node.name, port: parameter.name), parameter.name,
        graph.output(parameter.name)?.value.swiftName ?? parameter.data.swiftName)
    }
  }

  private func edge(toOutput name: String) -> GraphDescription.Edge? {
    graph.output(name).map { .init(end(name), .output(name), name, $0.value.swiftName) }
  }

  private func end(_ name: String) -> GraphDescription.Edge.End {
    graph.producer(of: name).map { .node(graph.nodes[$0.node].name, port: name) } ?? .input(name)
  }
}
