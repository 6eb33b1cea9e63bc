import Columnar
import ColumnarCore

extension Pipeline {
  /// The same pipeline with a declared version for one node; see `Node.version(_:)`.
  ///
  /// The way for a node of several outputs: of one node all handles must agree.
  public func version(_ version: String, for node: String) throws -> Pipeline {
    try caching(node) { $0.version = version }
  }

  /// The same pipeline with one node computed in every run; see `Node.uncached()`.
  public func uncached(_ node: String) throws -> Pipeline {
    try caching(node) { $0.isCached = false }
  }

  private func caching(
    _ node: String, _ change: (inout CachePolicy) -> Void
  ) throws -> Pipeline {
    if let nested = try within(node, { try $0.caching($1, change) }) { return nested }
    let producer = try producer(of: node)
    var nodes = graph.nodes
    var policy = nodes[producer.node].cachePolicy
    change(&policy)
    nodes[producer.node] = nodes[producer.node].with(policy)
    return with(graph: try PipelineGraph(name, nodes))
  }

  /// Whether a node's results are kept, and if not, why, for `explain`; nothing where the engine
  /// has no cache.
  func cacheLines(_ node: NodeDefinition) -> [String] {
    guard let cache = engine._configuration.cache, node.nested == nil else { return [] }
    if let reason = uncachedReason(node) { return ["  not cached: \(reason.rawValue)"] }
    let place = cache.path == nil || node.resultType.containsOpaque ? "in memory" : "on disk"
    let version = node.cachePolicy.version
    return ["  cached \(place)" + (version.isEmpty ? "" : ", version \(version)")]
  }

  /// Whether a node's results are kept.
  func isCached(_ node: NodeDefinition) -> Bool {
    engine._configuration.cache != nil && uncachedReason(node) == nil
  }

  private func uncachedReason(_ node: NodeDefinition) -> UncachedReason? {
    var known: [Int: Result<CacheIdentity, UncachedReason>] = [:]
    if case .failure(let reason) = identity(node, &known) { return reason }
    let options = EffectiveOptions(
      node: node.options, engine: engine._configuration.defaults, tuned: node.tuned)
    return options.contract.value == .pure ? nil : .contract
  }

  /// What a cache knows a node as, as far as that is known before a run.
  ///
  /// `known` are those of nodes, by position, that were asked for: there may be very many ways to
  /// one.
  private func identity(
    _ node: NodeDefinition, _ known: inout [Int: Result<CacheIdentity, UncachedReason>]
  ) -> Result<CacheIdentity, UncachedReason> {
    let parameters = node.parameters.map { parameter -> UDFParameter in
      if case .state(let factory) = parameter.source { return UDFParameter(state: factory) }
      guard let input = graph.input(parameter.name), input.isStateWhenConstant else {
        return parameter.data
      }
      if let maker = input.maker { return UDFParameter(state: maker) }
      // A value that has a key has one as a state too.
      if parameter.data.isKeyed { return parameter.data }
      return UDFParameter(
        state: .given(Absent.value, name: parameter.name), isGivenForRun: true)
    }
    return node.cacheIdentity(parameters) { position in
      graph.isMade(position, of: node) { maker in
        if let identity = known[maker] { return identity }
        let made = identity(graph.nodes[maker], &known)
        known[maker] = made
        return made
      }
    }
  }
}
