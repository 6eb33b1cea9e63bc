import Columnar
import ColumnarCore

extension Pipeline {
  /// The pipeline as drawings show it: what its outputs need.
  package var graphDescription: GraphDescription {
    with(graph: graph.pruned(for: outputs)).whole
  }

  /// The description of a pipeline that has been pruned.
  private var whole: GraphDescription {
    let needed = graph.needed(for: outputs)
    let inputs = graph.inputs(of: needed)
    return GraphDescription(
      name, nodes: needed.map { described(graph.nodes[$0]) },
      inputs: inputs.map(described),
      outputs: outputs.map { .init($0, graph.output($0)?.value.swiftName ?? "") },
      edges: needed.flatMap { edges(into: graph.nodes[$0]) } + outputs.compactMap(edge(toOutput:)))
  }

  private func described(_ node: NodeDefinition) -> GraphDescription.Node {
    if let nested = node.nested { return described(nested, node) }
    var states: [String] = []
    for case .state(let factory) in node.parameters.map(\.source) { states.append(factory.name) }
    return GraphDescription.Node(
      node.name, GraphDescription.Kind(rawValue: node.kind) ?? .row,
      outputs: node.outputs.map(\.name), options: options(of: node), states: states,
      notes: node.single == nil ? [] : [node.kind], isCached: isCached(node))
  }

  /// A nested pipeline, which runs on the engine of this one.
  private func described(
    _ nested: NestedPipeline, _ node: NodeDefinition
  ) -> GraphDescription.Node {
    let inner = nested.pipeline.with(engine: engine)
    let over = zip(nested.wires, node.parameters).filter(\.0.isMapped).map(\.1.name)
    let sign = nested.mode == .zip ? ", " : " × "
    return GraphDescription.Node(
      nested.name, .nested, outputs: node.outputs.map(\.name),
      notes: over.isEmpty ? [] : ["for each of \(over.joined(separator: sign))"],
      nested: inner.graphDescription)
  }

  private func options(of node: NodeDefinition) -> [String] {
    guard let kind = node.functionKind else { return [] }
    let options = EffectiveOptions(
      node: node.options, engine: engine._configuration.defaults, tuned: node.tuned)
    return options.differing(for: kind, threads: engine._configuration.threads)
  }

  private func described(_ input: GraphInput) -> GraphDescription.Input {
    var value = input.defaultValue.map { $0.quotedText(at: 0) }
    if value == nil, input.maker != nil { value = "made by the engine" }
    let binding = bound.last { $0.name == input.name }
    if let binding { value = binding.text }
    return .init(
      input.name, input.parameter.data.swiftName, value: value, isBound: binding != nil)
  }

  private func edges(into node: NodeDefinition) -> [GraphDescription.Edge] {
    node.parameters.enumerated().filter { !$0.element.isState }.map { position, parameter in
      let port = node.nested?.wires[position].input ?? parameter.name
      return .init(
        end(parameter.name), .node(node.name, port: port), parameter.name,
        graph.output(parameter.name)?.value.swiftName ?? parameter.data.swiftName)
    }
  }

  private func edge(toOutput name: String) -> GraphDescription.Edge? {
    graph.output(name).map { .init(end(name), .output(name), name, $0.value.swiftName) }
  }

  private func end(_ name: String) -> GraphDescription.Edge.End {
    guard let producer = graph.producer(of: name) else { return .input(name) }
    let node = graph.nodes[producer.node]
    return .node(node.name, port: node.nested?.pipeline.outputs[producer.output] ?? name)
  }
}
