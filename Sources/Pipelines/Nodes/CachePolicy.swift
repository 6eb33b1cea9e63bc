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
  /// inputs, changes: a program cannot see that by itself.
  public func version(_ version: String) -> Node {
    var policy = definition.cachePolicy
    policy.version = version
    return Node(name, definition.with(policy))
  }

  /// The same node, computed in every run: its results are not kept in the engine's cache.
  ///
  /// Nodes after it are cached all the same, by the values that it gives them.
  public func uncached() -> Node {
    var policy = definition.cachePolicy
    policy.isCached = false
    return Node(name, definition.with(policy))
  }
}
