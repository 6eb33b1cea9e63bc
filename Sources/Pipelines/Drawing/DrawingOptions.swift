/// How a pipeline is drawn.
public struct DrawingOptions: Sendable, Hashable {
  /// Where values flow to.
  public enum Direction: String, Sendable, Hashable {
    case topDown, leftRight
  }

  /// The colours of an SVG or HTML drawing.
  public enum Theme: String, Sendable, Hashable {
    /// Light or dark, as the reader's system is set.
    case automatic
    case light
    case dark
  }

  /// Where values flow to.
  public var direction: Direction
  /// Whether edges show the types of their values.
  public var showsTypes: Bool
  /// How many levels of nested pipelines are drawn from within: 0 draws each as one node.
  ///
  /// A page starts so and expands the others on a click.
  public var depth: Int
  /// The colours of an SVG or HTML drawing.
  public var theme: Theme
  /// What a run did, to be laid over.
  public var overlay: RunOverlay?

  /// Options; all nested pipelines are drawn from within unless `depth` says how many levels.
  public init(
    direction: Direction = .topDown, showsTypes: Bool = true, depth: Int = .max,
    theme: Theme = .automatic, overlay: RunOverlay? = nil
  ) {
    self.direction = direction
    self.showsTypes = showsTypes
    self.depth = depth
    self.theme = theme
    self.overlay = overlay
  }
}
