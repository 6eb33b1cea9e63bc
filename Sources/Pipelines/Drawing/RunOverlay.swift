/// What a run did at each node, to be laid over a drawing.
///
/// ```swift
/// var overlay = RunOverlay()
/// overlay[["embed"]] = .init(calls: 12, rows: 10_000, duration: .milliseconds(310))
/// try pipeline.write(drawing: "run.svg", DrawingOptions(overlay: overlay))
/// ```
public struct RunOverlay: Sendable, Hashable {
  /// What happened at one node.
  public struct Node: Sendable, Hashable {
    /// The calls of its closure.
    public var calls: Int
    /// The items it was asked for.
    public var rows: Int
    /// The time of all calls together; of a nested pipeline that of its nodes.
    public var duration: Duration
    /// The items that came out of the cache.
    public var cached: Int
    /// The items that failed.
    public var failed: Int

    /// What happened at a node.
    public init(
      calls: Int = 0, rows: Int = 0, duration: Duration = .zero, cached: Int = 0, failed: Int = 0
    ) {
      self.calls = calls
      self.rows = rows
      self.duration = duration
      self.cached = cached
      self.failed = failed
    }
  }

  /// By the names of the pipelines' nodes from the outermost to the node itself.
  public var nodes: [[String]: Node]

  /// An overlay of those figures.
  public init(_ nodes: [[String]: Node] = [:]) { self.nodes = nodes }

  /// The figures of the node at that path, if there are any.
  public subscript(path: [String]) -> Node? {
    get { nodes[path] }
    set { nodes[path] = newValue }
  }
}
