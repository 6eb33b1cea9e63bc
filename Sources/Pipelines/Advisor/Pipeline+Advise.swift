import Columnar
import ColumnarCore

extension Pipeline {
  /// Measures the nodes on a sample of the items, and says what would make them faster.
  ///
  /// The sample's rows go through every node a few times, one by one, in batches, and on several
  /// threads at once, so a node must be one that may be called again: those whose contract is `.once`
  /// or `.ordered`, and those that need their results, are left out, and the advice says so.
  /// States are made, and finished at the end. Errors are those of `map`.
  ///
  /// Nodes of nested pipelines that are mapped over lists are measured on the elements of the
  /// sample's lists, and known by their paths, `outer/inner`.
  ///
  /// - Parameters:
  ///   - mode: how several inputs that are mapped over go together, as in `map`.
  ///   - sample: the most items that are looked at, spread over all of them.
  ///   - budget: about how long it may take; what it was too short for is listed.
  ///   - callsOnce: calls the nodes of contract `.once` and `.ordered` too, once for each item of the
  ///     sample.
  public func advise(
    on bindings: Binding..., mode: Mode = .zip, sample: Int = 1024,
    budget: Duration = .seconds(2), callsOnce: Bool = false
  ) throws -> Advice {
    try advice(bindings, AdviceRequest(mode, sample, budget, callsOnce: callsOnce))
  }

  /// As `advise(on:)`, waiting without blocking a thread; cancelling the task ends it.
  public func advise(
    on bindings: Binding..., mode: Mode = .zip, sample: Int = 1024,
    budget: Duration = .seconds(2), callsOnce: Bool = false
  ) async throws -> Advice {
    let request = AdviceRequest(mode, sample, budget, callsOnce: callsOnce)
    return try await cancellable { try advice(bindings, request, $0) }
  }

  /// As `advise(on:)`, by names: `over` names the inputs whose values are lists of items.
  public func advise(
    on inputs: [String: any Sendable], over: String..., mode: Mode = .zip, sample: Int = 1024,
    budget: Duration = .seconds(2), callsOnce: Bool = false
  ) throws -> Advice {
    var request = AdviceRequest(mode, sample, budget, callsOnce: callsOnce)
    request.isByName = true
    return try advice(try named(inputs, over: over), request)
  }

  /// As `advise(on:over:)`, waiting without blocking a thread; cancelling the task ends it.
  public func advise(
    on inputs: [String: any Sendable], over: String..., mode: Mode = .zip, sample: Int = 1024,
    budget: Duration = .seconds(2), callsOnce: Bool = false
  ) async throws -> Advice {
    var request = AdviceRequest(mode, sample, budget, callsOnce: callsOnce)
    request.isByName = true
    let (bindings, asked) = (try named(inputs, over: over), request)
    return try await cancellable { try advice(bindings, asked, $0) }
  }

  /// As `advise(on:)`, by another clock.
  package func advise(
    on bindings: Binding..., mode: Mode = .zip, sample: Int = 1024,
    budget: Duration = .seconds(2), callsOnce: Bool = false, clock: any WorkClock
  ) throws -> Advice {
    var request = AdviceRequest(mode, sample, budget, callsOnce: callsOnce)
    request.clock = clock
    return try advice(bindings, request)
  }

  /// The same pipeline with the advice applied: used for options that neither the node nor the engine
  /// decides; `explain` shows them as tuned.
  ///
  /// Advice about nodes that the pipeline doesn't have is left out.
  public func with(_ advice: Advice) throws -> Pipeline { try with(advice.options, within: "") }

  /// The same pipeline with options for nodes that are known by their paths.
  private func with(_ tuned: [String: UDFOptions], within path: String) throws -> Pipeline {
    let nodes = try graph.nodes.map { node in
      guard let nested = node.nested else {
        return tuned[path + node.name].map { node.with(tuned: $0) } ?? node
      }
      let inner = path + nested.name + "/"
      guard tuned.keys.contains(where: { $0.hasPrefix(inner) }) else { return node }
      return node.replacing(try nested.pipeline.with(tuned, within: inner))
    }
    return with(graph: try PipelineGraph(name, nodes))
  }
}

/// What advice is asked for.
struct AdviceRequest: Sendable {
  let mode: Pipeline.Mode
  let sample: Int
  let budget: Duration
  let callsOnce: Bool
  var isByName = false
  /// What the calls are measured by.
  var clock: any WorkClock = SystemWorkClock()

  init(_ mode: Pipeline.Mode, _ sample: Int, _ budget: Duration, callsOnce: Bool) {
    (self.mode, self.sample) = (mode, sample)
    (self.budget, self.callsOnce) = (budget, callsOnce)
  }
}

extension Pipeline {
  private func advice(
    _ bindings: [Binding], _ request: AdviceRequest, _ cancellation: Cancellation = Cancellation()
  ) throws -> Advice {
    guard request.sample >= 1 else {
      throw ColumnarError(
        .invalidPlan, "The sample is \(request.sample) items, but must be at least 1.",
        context: [.plan("pipeline \"\(name)\"")])
    }
    let (resolver, nodes) = resolver(isByName: request.isByName)
    let (bound, mapped) = try resolver.resolve(merged(bindings))
    let (columns, total, count) = try resolver.sample(
      mapped, mapped.isEmpty ? .zip : request.mode, most: request.sample)
    let items = mapped.isEmpty ? 1 : total
    let sample = MappedItems(
      nodes: nodes, bound: bound, columns: columns, count: mapped.isEmpty ? 1 : count)
    let began = request.clock.now.wall
    let measured = try withPaths {
      let run = try PipelineRun(pipeline: self, sample, isSingle: false)
      return try SampleRun(run, engine._configuration, items: items, request, cancellation)
        .measurements(within: request.budget)
    }
    return Advice(
      pipeline: name, sampled: sample.count, items: items,
      took: .passed(from: began, to: request.clock.now.wall),
      cores: engine._configuration.threads, nested: graph.nestedPaths, measured)
  }
}

extension PipelineGraph {
  /// The paths of all nested pipelines.
  fileprivate var nestedPaths: [String] {
    nodes.compactMap(\.nested).flatMap { nested in
      [nested.name] + nested.pipeline.graph.nestedPaths.map { "\(nested.name)/\($0)" }
    }
  }
}
