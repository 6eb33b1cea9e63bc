/// Where everything of a level stands: coordinates across the flow and along it, from the level's
/// own corner.
///
/// The page's script does the same over again when a pipeline collapses or expands
/// (`PageScript`): a change here is one there.
struct LevelPlacement: Sendable {
  /// A box, by its corner and size.
  struct Box: Sendable {
    var cross: Double
    var flow: Double
    var size: Extent

    var middle: Double { cross + size.cross / 2 }
  }

  /// Of each item.
  private(set) var boxes: [Box] = []
  /// The middle of each slot across the flow.
  private(set) var middles: [Double] = []
  /// The extent of each layer along the flow.
  private(set) var bands: [(start: Double, end: Double)] = []
  private(set) var size = Extent(cross: 0, flow: 0)
  /// Of each item that is expanded.
  private(set) var children: [LevelPlacement?] = []
  let level: SceneLevel
  /// The layer of each slot.
  private let layerOf: [Int]

  init(_ level: SceneLevel) {
    self.level = level
    var layerOf = [Int](repeating: 0, count: level.slotCount)
    for (layer, slots) in level.layers.enumerated() { for slot in slots { layerOf[slot] = layer } }
    self.layerOf = layerOf
    children = level.items.map { item in
      item.isExpanded ? item.child.map { LevelPlacement($0) } : nil
    }
    let sizes = zip(level.items, children).map { item, child in
      child.map {
        Extent(
          cross: $0.size.cross + 2 * Metrics.padding, flow: $0.size.flow + 2 * Metrics.padding)
      } ?? item.size
    }
    let widths = (0..<level.slotCount).map { slot in
      slot < sizes.count ? max(sizes[slot].cross, level.items[slot].reserve) : 2
    }
    boxes = sizes.map { Box(cross: 0, flow: 0, size: $0) }
    placeChildren()
    placeAcross(widths)
    placeAlong()
  }

  /// The boxes of expanded pipelines know their ports before they are placed.
  private mutating func placeChildren() {
    for item in boxes.indices { boxes[item].cross = -boxes[item].size.cross / 2 }
  }

  // MARK: Ports

  /// How far from the middle of its item a port is.
  func offset(_ port: ScenePort, of item: Int) -> Double {
    guard let child = children[item] else { return port.offset }
    guard let inner = port.inner else { return 0 }
    return Metrics.padding + child.boxes[inner].middle - boxes[item].size.cross / 2
  }

  /// How far within the box of its item an edge into that port ends.
  func depth(into port: ScenePort, of item: Int) -> Double {
    guard let child = children[item], let inner = port.inner else { return 0 }
    return Metrics.padding + child.boxes[inner].flow
  }

  /// How far within the box of its item an edge out of that port starts.
  func depth(outOf port: ScenePort, of item: Int) -> Double {
    guard let child = children[item], let inner = port.inner else { return 0 }
    let box = child.boxes[inner]
    return Metrics.padding + child.size.flow - box.flow - box.size.flow
  }

  // MARK: Across

  private mutating func placeAcross(_ widths: [Double]) {
    var across = CrossCoordinates(level, widths)
    for edge in level.edges {
      across.link(
        edge.chain,
        from: offset(level.items[edge.source].outPorts[edge.sourcePort], of: edge.source),
        to: offset(level.items[edge.target].inPorts[edge.targetPort], of: edge.target))
    }
    across.run()
    middles = across.middles
    var low = Double.infinity
    var high = -Double.infinity
    for (slot, middle) in middles.enumerated() {
      low = min(low, middle - widths[slot] / 2)
      high = max(high, middle + widths[slot] / 2)
    }
    guard low <= high else { return }
    size.cross = high - low
    for slot in middles.indices { middles[slot] -= low }
    for (index, item) in level.items.enumerated() {
      // Nothing stands left of a title.
      if item.role == .title { middles[index] = widths[index] / 2 }
      boxes[index].cross = middles[index] - boxes[index].size.cross / 2
    }
  }

  // MARK: Along

  private mutating func placeAlong() {
    var sideways = [Double](repeating: 0, count: level.layers.count)
    for edge in level.edges {
      for (a, b, startOffset, endOffset) in steps(edge) {
        let distance = abs(middles[a] + startOffset - middles[b] - endOffset)
        sideways[layerOf[a]] = max(sideways[layerOf[a]], distance)
      }
    }
    var flow = 0.0
    for (layer, slots) in level.layers.enumerated() {
      let items = slots.filter { $0 < boxes.count }
      let tallest =
        items.map { boxes[$0].size.flow + level.items[$0].before + level.items[$0].after }.max()
        ?? 0
      for item in items {
        let (before, after) = (level.items[item].before, level.items[item].after)
        let free = tallest - boxes[item].size.flow - before - after
        boxes[item].flow = flow + before + free * level.items[item].drop
      }
      bands.append((flow, flow + tallest))
      size.flow = flow + tallest
      flow +=
        tallest
        + min(max(Metrics.layerGap, 20 + Metrics.slope * sideways[layer]), Metrics.widestLayerGap)
    }
  }

  /// The steps of an edge from layer to layer, with the offsets of its ports at both ends.
  private func steps(_ edge: SceneEdge) -> [(Int, Int, Double, Double)] {
    edge.chain.indices.dropLast().map { index in
      let isFirst = index == 0
      let isLast = index == edge.chain.count - 2
      return (
        edge.chain[index], edge.chain[index + 1],
        isFirst
          ? offset(level.items[edge.source].outPorts[edge.sourcePort], of: edge.source) : 0,
        isLast ? offset(level.items[edge.target].inPorts[edge.targetPort], of: edge.target) : 0
      )
    }
  }

  // MARK: Edges

  /// A place on an edge, and whether a curve or a straight line leads to it.
  struct Step: Sendable {
    var cross: Double
    var flow: Double
    var isCurve: Bool
  }

  /// The way of an edge: straight through layers, curved only between them, where nothing stands.
  func way(_ edge: SceneEdge) -> [Step] {
    let source = level.items[edge.source].outPorts[edge.sourcePort]
    let target = level.items[edge.target].inPorts[edge.targetPort]
    let start = boxes[edge.source].flow + boxes[edge.source].size.flow
    var cross = middles[edge.source] + offset(source, of: edge.source)
    var way = [
      Step(cross: cross, flow: start - depth(outOf: source, of: edge.source), isCurve: false)
    ]
    for (index, slot) in edge.chain.enumerated() {
      let band = bands[layerOf[slot]]
      if index > 0 {
        let isLast = index == edge.chain.count - 1
        let next = middles[slot] + (isLast ? offset(target, of: edge.target) : 0)
        way.append(Step(cross: next, flow: band.start, isCurve: abs(next - cross) > 0.5))
        cross = next
      }
      if index < edge.chain.count - 1 {
        way.append(Step(cross: cross, flow: band.end, isCurve: false))
      }
    }
    let end = boxes[edge.target].flow + depth(into: target, of: edge.target)
    way.append(Step(cross: cross, flow: end, isCurve: false))
    return way
  }
}
