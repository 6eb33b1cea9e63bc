import Columnar
import ColumnarCore

extension Pipeline {
  /// Runs the pipeline on many items: those of the inputs bound with `each`, with the same value of
  /// the others for all.
  ///
  /// All errors about names, types and lengths come before any node runs. An error of a node names
  /// it, the item's row and its inputs. Results stand in the order of the items.
  ///
  /// - Parameter outputs: only these are given back; nodes that they don't need do not run, and
  ///   inputs that only those need are not asked for. None: all of the pipeline's.
  public func map(
    _ bindings: Binding..., mode: Mode = .zip, outputs: any OutputSelecting...
  ) throws -> Results {
    try selecting(outputs).map(bindings, mode: mode, isByName: false)
  }

  /// Runs the pipeline on many items, by names: `over` names the inputs whose values are lists of
  /// items.
  ///
  /// An object that no column type stands for is a state shared by all calls, so it must be
  /// Sendable; give one that is not as `State { try Encoder() }`, and every worker makes its own.
  public func map(
    _ inputs: [String: any Sendable], over: String..., mode: Mode = .zip,
    outputs: any OutputSelecting...
  ) throws -> Results {
    let bindings = try named(inputs, over: over)
    return try selecting(outputs).map(bindings, mode: mode, isByName: true)
  }

  /// Runs the pipeline on one item; `outputs` as in `map`.
  public func run(
    _ bindings: Binding..., outputs: any OutputSelecting...
  ) throws -> RunResult {
    try selecting(outputs).run(bindings)
  }

  /// Runs the pipeline on one item, by names.
  public func run(
    _ inputs: [String: any Sendable], outputs: any OutputSelecting...
  ) throws -> RunResult {
    try selecting(outputs).run(try named(inputs, over: []), isByName: true)
  }
}

extension Pipeline {
  /// The work of a mapped run.
  package func map(
    _ bindings: [Binding], mode: Mode, isByName: Bool, _ cancellation: Cancellation = Cancellation()
  ) throws -> Results {
    let items = try items(bindings, mode: mode, isByName: isByName)
    return try compute(items, isSingle: false, cancellation)
  }

  package func run(
    _ bindings: [Binding], isByName: Bool = false, _ cancellation: Cancellation = Cancellation()
  ) throws -> RunResult {
    let (resolver, nodes) = resolver(isByName: isByName)
    let (bound, mapped) = try resolver.resolve(merged(bindings))
    if let name = mapped.first?.0 {
      throw resolver.error(
        .invalidPlan,
        "run(…) takes one item, but \"\(name)\" is bound with .each(…). Use .always(…), or map(…).")
    }
    let item = MappedItems(nodes: nodes, bound: bound, columns: [], count: 1)
    return RunResult(results: try compute(item, isSingle: true, cancellation))
  }

  /// What a mapped run goes over; all errors about inputs come here.
  package func items(_ bindings: [Binding], mode: Mode, isByName: Bool) throws -> MappedItems {
    let (resolver, nodes) = resolver(isByName: isByName)
    let bindings = merged(bindings)
    let (bound, mapped) = try resolver.resolve(bindings)
    guard bindings.contains(where: \.isMapped) else {
      throw resolver.error(
        .invalidPlan,
        "Nothing is mapped over. Give an input with .each(…) (by names: over: \"…\"), or use run(…) for "
          + "one item.")
    }
    let (columns, count) = try resolver.aligned(mapped, mode)
    return MappedItems(nodes: nodes, bound: bound, columns: columns, count: count)
  }

  func resolver(isByName: Bool) -> (BindingResolver, nodes: [Int]) {
    let pruned = graph.pruned(for: outputs)
    let nodes = pruned.needed(for: outputs)
    var resolver = BindingResolver(graph: graph, needed: pruned.inputs(of: nodes))
    resolver.isByName = isByName
    resolver.outputs = outputs
    return (resolver, nodes)
  }

  func compute(
    _ items: MappedItems, isSingle: Bool, _ cancellation: Cancellation
  ) throws -> Results {
    if let engine = engine as? any PipelineEngine {
      let run = ItemRun(self, items, isSingle: isSingle, cancellation)
      return try run.checked(engine.results(of: run))
    }
    return try withPaths {
      let run = try PipelineRun(pipeline: self, items, isSingle: isSingle)
      let output = try PipelineRunner(engine: engine).run(run, cancellation)
      return Results(
        count: items.count, pipeline: name,
        outputs: Array(zip(outputs, output.columns)).map { ($0, $1) },
        failedRows: output.failedRows, cacheReport: output.cacheReport)
    }
  }

  /// Runs `body`; an error of a node gets the pipeline and the way to the node as its outermost
  /// place.
  package func withPaths<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as ColumnarError { throw placed(error) }
  }

  /// An error of a node with the pipeline and the way to the node as its outermost place.
  package func placed(_ error: ColumnarError) -> ColumnarError {
    let place = error.context.lazy.compactMap { place -> Int? in
      guard case .node(let name) = place.kind else { return nil }
      return graph.nodes.firstIndex { $0.name == name }
    }.first
    guard let place else { return error }
    return error.at(.plan("pipeline \"\(name)\": \(graph.path(to: place))"))
  }
}

/// What a run goes over: the nodes it needs, what the inputs are, and the items' columns.
package struct MappedItems: Sendable {
  package let nodes: [Int]
  package let bound: BoundInputs
  package let columns: [(String, Column)]
  package let count: Int
}
