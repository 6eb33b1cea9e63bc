/// A size: across the direction of flow, and along it.
struct Extent: Sendable {
  var cross: Double
  var flow: Double
}

/// One pipeline of a drawing: what there is to be placed, in layers.
struct SceneLevel: Sendable {
  /// Numbers the levels of a scene.
  var id = 0
  var items: [SceneItem] = []
  var edges: [SceneEdge] = []
  /// The slots of each layer in order: items by their index, then places that edges pass through.
  var layers: [[Int]] = []
  var slotCount = 0
}

/// A box of a drawing.
struct SceneItem: Sendable {
  enum Role: Sendable {
    case input, node, output, value
    /// The head of an expanded pipeline, in its upper left corner.
    case title
  }

  /// Numbers the items of a scene.
  let id: Int
  let role: Role
  /// The names of the pipelines' nodes down to this one.
  let path: [String]
  var card: Card
  /// The class of a node's kind.
  var kind = ""
  /// The card's size, or more where its edges need it.
  var size: Extent
  /// The room across that labels beside it need, if that is more.
  var reserve = 0.0
  var inPorts: [ScenePort] = []
  var outPorts: [ScenePort] = []
  /// The pipeline within.
  var child: SceneLevel?
  var isExpanded = false

  /// The room before and after it for labels, and for arrows to arrive straight.
  var before: Double { Self.room(inPorts, Metrics.arrow + 5) }
  var after: Double { Self.room(outPorts, 4) }

  private static func room(_ ports: [ScenePort], _ least: Double) -> Double {
    let widest = ports.map(\.extent.flow).max() ?? 0
    return ports.isEmpty ? 0 : widest > 0 ? widest + Metrics.labelRoom : least
  }

  /// How much of the room left in its layer stands before it: what has edges on one side only is
  /// near their other ends.
  var drop: Double {
    if role == .title || (outPorts.isEmpty && !inPorts.isEmpty) { return 0 }
    return inPorts.isEmpty && !outPorts.isEmpty ? 1 : 0.5
  }
}

/// Where edges meet a box.
struct ScenePort: Sendable {
  /// What the value is called inside the item.
  var name: String
  var label: String
  /// Of the label; nothing if there is none.
  var extent: Extent
  /// Its distance from the middle of the box.
  var offset = 0.0
  /// The item of the pipeline within that it leads to.
  var inner: Int?
}

/// An edge from a port of one item to a port of another.
struct SceneEdge: Sendable {
  /// Numbers the edges of a scene.
  let id: Int
  let source: Int
  var sourcePort: Int
  let target: Int
  var targetPort: Int
  let isLight: Bool
  /// Its slots from layer to layer, source and target included.
  var chain: [Int] = []
}

/// Distances of drawings, in pixels.
enum Metrics {
  /// Between boxes of a layer, between a box and a passing edge, and between passing edges.
  static let boxGap = 24.0
  static let passGap = 16.0
  static let edgeGap = 10.0
  /// Between layers, at least and at most; in between, the farther edges go sideways the more.
  static let layerGap = 30.0
  static let widestLayerGap = 140.0
  static let slope = 0.14
  /// Between the frame of an expanded pipeline and what is in it.
  static let padding = 16.0
  /// Around a label, along the flow.
  static let labelRoom = 16.0
  static let arrow = 7.0
  static let margin = 20.0
}
