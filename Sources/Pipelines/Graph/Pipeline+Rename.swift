import Columnar
import ColumnarCore

extension Pipeline {
  /// The same pipeline under another name.
  ///
  /// A worker process finds nodes by the pipeline's name: serve the renamed one.
  public func named(_ name: String) -> Pipeline { with(name: name, graph: graph.named(name)) }

  /// The same pipeline with inputs and outputs of other names: old to new.
  ///
  /// What is made is then read by the new name, `results["new"]`, or by a handle of it,
  /// `results[node.renamed("new")]`. Names that the pipeline does not have, and two that would become
  /// one, are errors.
  public func renaming(
    inputs: [String: String] = [:], outputs: [String: String] = [:]
  ) throws -> Pipeline {
    try check(inputs, graph.inputs.map(\.name), "inputs", "takes no input")
    try check(outputs, graph.outputNames, "outputs", "has no output")
    let newNames =
      graph.inputs.map { inputs[$0.name] ?? $0.name }
      + graph.outputNames.map { outputs[$0] ?? $0 }
    var seen = Set<String>()
    if let twice = newNames.first(where: { !seen.insert($0).inserted }) {
      throw ColumnarError(
        .duplicateName,
        "After renaming, two inputs or outputs would be called \"\(twice)\". Give each a name of its own.",
        context: [.plan("pipeline \"\(name)\"")])
    }
    let nodes = graph.nodes.map { node in
      node.with(
        outputs: node.outputs.map { $0.named(outputs[$0.name] ?? $0.name) },
        parameters: node.parameters.map { parameter in
          if parameter.isState { return parameter }
          let names = graph.producer(for: parameter) == nil ? inputs : outputs
          return parameter.renamed(names[parameter.name] ?? parameter.name)
        })
    }
    return with(
      graph: try PipelineGraph(name, nodes), outputs: self.outputs.map { outputs[$0] ?? $0 },
      bound: bound.map {
        $0.named(graph.input($0.name) == nil ? $0.name : inputs[$0.name] ?? $0.name)
      })
  }

  private func check(
    _ names: [String: String], _ known: [String], _ what: String, _ problem: String
  ) throws {
    for name in names.keys.sorted() where !known.contains(name) {
      let hint = Suggestion.hint(for: name, among: known, what: what)
      throw ColumnarError(
        .columnNotFound, "The pipeline \(problem) \"\(name)\" to rename. \(hint)",
        context: [.plan("pipeline \"\(self.name)\"")])
    }
  }
}
