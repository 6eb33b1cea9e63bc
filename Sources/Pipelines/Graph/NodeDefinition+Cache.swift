import Columnar
import ColumnarCore

extension NodeDefinition {
  /// What a cache knows the node as, or why its results are not kept.
  ///
  /// - Parameters:
  ///   - parameters: what it is given, in the order of its own.
  ///   - path: what stands before its name, as a node of nested pipelines.
  ///   - isMade: whether a cached node makes what it is given at a position, so that there are keys.
  package func cacheIdentity(
    _ parameters: [UDFParameter], path: String = "", isMade: (Int) -> Bool
  ) -> Result<CacheIdentity, UncachedReason> {
    guard cachePolicy.isCached else { return .failure(.optedOut) }
    guard case .closure(let kind, _) = work else { return .failure(.expression) }
    guard kind != .batch || isElementwise else { return .failure(.batch) }
    guard parameters.contains(where: { $0.state == nil }) else { return .failure(.noInputs) }
    // The kind does not count: a row and a batch closure of one node give the same.
    var parts = ["columnar node 1", path + name, cachePolicy.version, "\(outputs.count)"]
    for output in outputs { parts += [output.name, StableKey(output.value.type).text] }
    for (position, parameter) in parameters.enumerated() {
      guard let state = parameter.state else {
        guard parameter.isKeyed || isMade(position) else { return .failure(.opaque) }
        parts += ["value", StableKey(parameter.type).text]
        continue
      }
      // A state that a run gives could be any.
      guard let version = state.version ?? (parameter.isGivenForRun ? nil : "") else {
        return .failure(.givenState)
      }
      parts += ["state", state.name, StableTypeName.of(state.valueType), version]
    }
    return .success(CacheIdentity(name: path + name, parts))
  }
}

extension PipelineGraph {
  /// Whether a cached node makes the opaque values that a node is given at a position.
  ///
  /// `identity` tells the identity of a node that stands before it.
  package func isMade(
    _ position: Int, of node: NodeDefinition,
    by identity: (Int) -> Result<CacheIdentity, UncachedReason>?
  ) -> Bool {
    guard let producer = producer(for: node.parameters[position]) else { return false }
    if case .success? = identity(producer.node) { return true }
    return false
  }
}
