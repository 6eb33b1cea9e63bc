import Columnar
import ColumnarCore

extension NodeDefinition {
  /// What a cache knows the node as, or why its results are not kept.
  ///
  /// - Parameter states: the factories of the states it is given, and whether they came with the
  ///   run.
  package func cacheIdentity(
    _ parameters: [UDFParameter], givenStates: Set<ObjectIdentifier>
  ) -> Result<CacheIdentity, UncachedReason> {
    guard cachePolicy.isCached else { return .failure(.optedOut) }
    guard case .closure(let kind, _) = work else { return .failure(.expression) }
    guard kind != .batch || isElementwise else { return .failure(.batch) }
    guard parameters.contains(where: { $0.state == nil }) else { return .failure(.noInputs) }
    // The kind does not count: a row and a batch closure of one node give the same.
    var parts = ["columnar node 1", name, cachePolicy.version, "\(outputs.count)"]
    for output in outputs { parts += [output.name, StableKey(output.value.type).text] }
    for parameter in parameters {
      guard let state = parameter.state else {
        guard parameter.isKeyed else { return .failure(.opaque) }
        parts += ["value", StableKey(parameter.type).text]
        continue
      }
      guard let version = state.cacheVersion(isGiven: givenStates.contains(ObjectIdentifier(state)))
      else { return .failure(.givenState) }
      parts += ["state", state.name, "\(state.valueType)", version]
    }
    return .success(CacheIdentity(name: name, parts))
  }

  /// Why an engine of those defaults does not keep the node's results; nil if it does.
  package func uncachedReason(
    _ parameters: [UDFParameter], givenStates: Set<ObjectIdentifier>, defaults: UDFOptions
  ) -> UncachedReason? {
    if case .failure(let reason) = cacheIdentity(parameters, givenStates: givenStates) {
      return reason
    }
    let options = EffectiveOptions(node: options, engine: defaults)
    return options.contract.value == .pure ? nil : .contract
  }
}

extension StateFactory {
  /// What is known of a state besides its name and type; nil if nothing tells two such states
  /// apart.
  fileprivate func cacheVersion(isGiven: Bool) -> String? {
    if let version { return version }
    return isGiven || self.isGiven ? nil : ""
  }
}
