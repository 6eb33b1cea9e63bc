import Columnar
import ColumnarCore

extension Pipeline {
  /// Runs the pipeline on many items: those of the inputs bound with `each`, with the same value of
  /// the others for all.
  ///
  /// All errors about names, types and lengths come before any node runs. An error of a node names
  /// it, the item's row and its inputs. Results stand in the order of the items.
  public func map(_ bindings: Binding..., mode: Mode = .zip) throws -> Results {
    try map(bindings, mode: mode, isByName: false)
  }

  /// Runs the pipeline on many items, by names: `over` names the inputs whose values are lists of
  /// items.
  ///
  /// An object that no column type stands for is a state shared by all calls, so it must be
  /// Sendable; give one that is not as `State { try Encoder() }`, and every worker makes its own.
  public func map(
    _ inputs: [String: any Sendable], over: String..., mode: Mode = .zip
  ) throws -> Results {
    let bindings = try named(inputs, over: over)
    return try map(bindings, mode: mode, isByName: true)
  }

  /// Runs the pipeline on one item.
  public func run(_ bindings: Binding...) throws -> RunResult { try run(bindings) }

  /// Runs the pipeline on one item, by names.
  public func run(_ inputs: [String: any Sendable]) throws -> RunResult {
    try run(try named(inputs, over: []))
  }
}

extension Pipeline {
  /// The work of a mapped run.
  package func map(
    _ bindings: [Binding], mode: Mode, isByName: Bool, _ cancellation: Cancellation = Cancellation()
  ) throws -> Results {
    let pruned = graph.pruned(for: outputs)
    let nodes = pruned.needed(for: outputs)
    var resolver = BindingResolver(graph: graph, needed: pruned.inputs(of: nodes))
    resolver.isByName = isByName
    let (bound, mapped) = try resolver.resolve(bindings)
    guard bindings.contains(where: { if case .mapped = $0.content { true } else { false } }) else {
      throw resolver.error(
        .invalidPlan,
        "Nothing is mapped over. Give an input with .each(…) (by names: over: \"…\"), or use run(…) for "
          + "one item.")
    }
    let (columns, count) = try resolver.aligned(mapped, mode)
    return try compute(nodes, bound, columns, count: count, cancellation)
  }

  package func run(
    _ bindings: [Binding], _ cancellation: Cancellation = Cancellation()
  ) throws -> RunResult {
    let pruned = graph.pruned(for: outputs)
    let nodes = pruned.needed(for: outputs)
    let resolver = BindingResolver(graph: graph, needed: pruned.inputs(of: nodes))
    let (bound, mapped) = try resolver.resolve(bindings)
    if let name = mapped.first?.0 {
      throw resolver.error(
        .invalidPlan,
        "run(…) takes one item, but \"\(name)\" is bound with .each(…). Use .always(…), or map(…).")
    }
    return RunResult(results: try compute(nodes, bound, [], count: 1, cancellation))
  }

  private func compute(
    _ nodes: [Int], _ bound: BoundInputs, _ columns: [(String, Column)], count: Int,
    _ cancellation: Cancellation
  ) throws -> Results {
    let run = try PipelineRun(pipeline: self, nodes, bound, columns, count: count)
    let output = try PipelineRunner(engine: engine).run(run, cancellation)
    return Results(
      count: count, pipeline: name, outputs: Array(zip(outputs, output.columns)).map { ($0, $1) },
      failedRows: output.failedRows)
  }
}
