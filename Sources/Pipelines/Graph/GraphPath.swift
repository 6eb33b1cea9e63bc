import Columnar
import ColumnarCore

extension PipelineGraph {
  /// The way of data to a node's output, from an input over the nodes between: "text -> words ->
  /// count".
  ///
  /// Of several ways the one that follows first parameters.
  package func path(to node: Int, _ output: String? = nil) -> String {
    var names = [output ?? nodes[node].name]
    var node = node
    while let parameter = nodes[node].parameters.first(where: { !$0.isState }) {
      names.append(parameter.name)
      guard let producer = producer(for: parameter) else { break }
      node = producer.node
    }
    return names.reversed().joined(separator: " -> ")
  }

  /// The way from an input to one of the outputs, if nodes lie between the one that takes it and the
  /// output.
  package func path(from input: GraphInput, to outputs: [String]) -> String? {
    // Names are looked at once: there may be very many ways through them.
    var seen = Set<String>()
    func onward(_ name: String) -> [String]? {
      if outputs.contains(name) { return [name] }
      guard seen.insert(name).inserted else { return nil }
      for node in nodes where node.takes(name) {
        for output in node.outputs {
          if let rest = onward(output.name) { return [name] + rest }
        }
      }
      return nil
    }
    guard let names = onward(input.name), names.count > 2 else { return nil }
    return names.joined(separator: " -> ")
  }
}

extension NodeDefinition {
  /// Whether it takes the output or input of that name.
  package func takes(_ name: String) -> Bool {
    parameters.contains { !$0.isState && $0.name == name }
  }
}
