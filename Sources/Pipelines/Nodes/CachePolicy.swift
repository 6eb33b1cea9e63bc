/// What a node says about the keeping of its results.
package struct CachePolicy: Sendable, Equatable {
  /// Whether they are kept where the engine has a cache.
  package var isCached = true
  /// What its closure is declared to be the version of.
  package var version = ""
}

extension Node {
  /// The same node with a declared version, which is a part of its results' keys in a cache.
  ///
  /// Change it whenever the closure, or anything else that its results depend on besides its
  /// inputs, changes: a program cannot see that by itself. Of a nested pipeline it is a part of the
  /// keys of all its nodes, beside the versions that they declare themselves.
  public func version(_ version: String) -> Node {
    Node(name, definition.declaring(version: version))
  }

  /// The same node, computed in every run: its results are not kept in the engine's cache.
  ///
  /// Nodes after it are cached all the same, by the values that it gives them. Of a nested pipeline
  /// no node is cached.
  public func uncached() -> Node { Node(name, definition.uncached()) }
}

extension AnyNode {
  /// The same node with a declared version; see `Node.version(_:)`.
  public func version(_ version: String) -> AnyNode {
    AnyNode(definition.declaring(version: version), as: self)
  }

  /// The same node, computed in every run; see `Node.uncached()`.
  public func uncached() -> AnyNode { AnyNode(definition.uncached(), as: self) }
}

extension NodeDefinition {
  func declaring(version: String) -> NodeDefinition {
    keeping { policy, isWithin in
      policy.version =
        isWithin && !policy.version.isEmpty ? "\(version), \(policy.version)" : version
    }
  }

  func uncached() -> NodeDefinition { keeping { policy, _ in policy.isCached = false } }

  /// The same node whose results are kept otherwise; of a nested pipeline those of all its nodes,
  /// which are told that they are within one.
  private func keeping(
    _ change: (inout CachePolicy, _ isWithin: Bool) -> Void, isWithin: Bool = false
  ) -> NodeDefinition {
    if let nested {
      let graph = nested.pipeline.graph.replacing { $0.keeping(change, isWithin: true) }
      return replacing(nested.pipeline.with(graph: graph))
    }
    var policy = cachePolicy
    change(&policy, isWithin)
    return with(policy)
  }
}
