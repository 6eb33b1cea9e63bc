/// How a pipeline is drawn.
public struct DrawingOptions: Sendable, Hashable {
  /// Where values flow to.
  public enum Direction: String, Sendable, Hashable {
    case topDown, leftRight
  }

  /// The colours of a drawing.
  public enum Theme: String, Sendable, Hashable, CaseIterable {
    /// Light or dark, as the reader's system is set; Mermaid and DOT drawings get colours that can be
    /// read on both.
    case automatic
    case light
    case dark
    /// Light, with greens.
    case mint
    /// Light, with the colours of the morning.
    case sunrise
    /// Dark, with blues.
    case ocean
    /// Black on white, for print.
    case mono
  }

  /// Where values flow to.
  public var direction: Direction
  /// Whether edges show the types of their values.
  public var showsTypes: Bool
  /// How many levels of nested pipelines are drawn from within: 0 draws each as one node.
  ///
  /// A page starts so and expands the others on a click.
  public var depth: Int
  /// Whether each value that goes from node to node has a box of its own, with its name and type.
  public var separateOutputs: Bool
  /// Whether inputs that go to the same nodes are drawn as one box: those that must be given, those
  /// with a default, and those that are bound, each for themselves.
  public var groupInputs: Bool
  /// The colours.
  public var theme: Theme
  /// What a run did, to be laid over.
  public var overlay: RunOverlay?

  /// Options; all nested pipelines are drawn from within unless `depth` says how many levels.
  public init(
    direction: Direction = .topDown, showsTypes: Bool = true, depth: Int = .max,
    separateOutputs: Bool = false, groupInputs: Bool = true, theme: Theme = .automatic,
    overlay: RunOverlay? = nil
  ) {
    self.direction = direction
    self.showsTypes = showsTypes
    self.depth = depth
    self.separateOutputs = separateOutputs
    self.groupInputs = groupInputs
    self.theme = theme
    self.overlay = overlay
  }
}
