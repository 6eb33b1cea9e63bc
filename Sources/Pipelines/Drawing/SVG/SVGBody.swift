/// Collects the elements of a picture, level by level: frames, then edges, then what is in the
/// frames, then cards and labels over them.
struct SVGBody {
  let axes: Axes
  let isInteractive: Bool
  private(set) var lines: [String] = []
  private var depth = 0

  init(axes: Axes, isInteractive: Bool) {
    self.axes = axes
    self.isInteractive = isInteractive
  }

  mutating func add(_ element: String) {
    lines.append(String(repeating: " ", count: depth) + element)
  }

  mutating func open(_ element: String) {
    add(element)
    depth += 1
  }

  mutating func close() {
    depth -= 1
    add("</g>")
  }

  /// The attribute by which the page's script finds an element.
  func tag(_ what: String, _ id: Int) -> String {
    isInteractive ? " data-\(what)=\"\(id)\"" : ""
  }

  mutating func draw(_ placed: LevelPlacement) {
    let level = placed.level
    for item in level.items.indices where isInteractive || placed.children[item] != nil {
      if level.items[item].child != nil { frame(placed, item) }
    }
    for edge in level.edges { draw(edge, placed) }
    for (item, scene) in level.items.enumerated() {
      if let child = placed.children[item] {
        let box = placed.boxes[item]
        let place = axes.text(box.cross + Metrics.padding, box.flow + Metrics.padding)
        open("<g\(tag("level", child.level.id)) transform=\"translate(\(place))\">")
        draw(child)
        close()
      } else if isInteractive, let child = scene.child {
        open("<g\(tag("level", child.id)) display=\"none\">")
        draw(LevelPlacement(child))
        close()
      }
    }
    for (item, scene) in level.items.enumerated() {
      let isExpanded = placed.children[item] != nil
      if isExpanded, !isInteractive { continue }
      CardDrawing(scene, placed.boxes[item], isExpanded: isExpanded, axes).draw(into: &self)
    }
    for item in level.items.indices { labels(placed, item) }
  }

  private mutating func frame(_ placed: LevelPlacement, _ item: Int) {
    let box = placed.boxes[item]
    let corner = axes.point(box.cross, box.flow)
    let size = axes.point(box.size.cross, box.size.flow)
    let hidden = placed.children[item] == nil ? " display=\"none\"" : ""
    add(
      "<rect class=\"frame\"\(tag("frame", placed.level.items[item].id))\(hidden) "
        + "x=\"\(PlainNumber.text(corner.x))\" y=\"\(PlainNumber.text(corner.y))\" "
        + "width=\"\(PlainNumber.text(size.x))\" height=\"\(PlainNumber.text(size.y))\" rx=\"10\"/>"
    )
  }

  // MARK: Edges

  private mutating func draw(_ edge: SceneEdge, _ placed: LevelPlacement) {
    let way = placed.way(edge)
    let light = edge.isLight ? " light" : ""
    add("<path class=\"edge\(light)\"\(tag("edge", edge.id)) d=\"\(path(way))\"/>")
    guard let tip = way.last else { return }
    add("<path class=\"arrow\"\(tag("arrow", edge.id)) d=\"\(arrow(tip))\"/>")
  }

  private func path(_ way: [LevelPlacement.Step]) -> String {
    var text = ""
    for (index, step) in way.enumerated() {
      // The line ends within the arrow.
      let flow = step.flow - (index == way.count - 1 ? Metrics.arrow - 1 : 0)
      guard index > 0 else {
        text = "M\(axes.text(step.cross, flow))"
        continue
      }
      guard step.isCurve else {
        text += " L\(axes.text(step.cross, flow))"
        continue
      }
      let before = way[index - 1]
      let middle = (before.flow + step.flow) / 2
      text += " C\(axes.text(before.cross, middle)) \(axes.text(step.cross, middle)) "
      text += axes.text(step.cross, step.flow)
    }
    return text
  }

  private func arrow(_ tip: LevelPlacement.Step) -> String {
    let back = tip.flow - Metrics.arrow
    return "M\(axes.text(tip.cross, tip.flow)) L\(axes.text(tip.cross - 4, back)) "
      + "L\(axes.text(tip.cross + 4, back)) Z"
  }

  // MARK: Labels

  private mutating func labels(_ placed: LevelPlacement, _ item: Int) {
    let scene = placed.level.items[item]
    let box = placed.boxes[item]
    for (index, port) in scene.outPorts.enumerated() where !port.label.isEmpty {
      label(
        port, cross: box.middle + placed.offset(port, of: item),
        flow: box.flow + box.size.flow + 5 + port.extent.flow / 2,
        "out", scene.id, index, isNested: placed.level.id > 0)
    }
    for (index, port) in scene.inPorts.enumerated() where !port.label.isEmpty {
      label(
        port, cross: box.middle + placed.offset(port, of: item),
        flow: box.flow - Metrics.arrow - 4 - port.extent.flow / 2, "in", scene.id, index,
        isNested: placed.level.id > 0)
    }
  }

  private mutating func label(
    _ port: ScenePort, cross: Double, flow: Double, _ side: String, _ item: Int, _ index: Int,
    isNested: Bool
  ) {
    let size = axes.point(port.extent.cross, port.extent.flow)
    let (width, height) = (size.x - 4, size.y)
    let halo = isNested ? "halo within" : "halo"
    let mark = isInteractive ? " data-label=\"\(item)-\(side)-\(index)\"" : ""
    add(
      "<g\(mark) transform=\"translate(\(axes.text(cross, flow)))\"><rect class=\"\(halo)\" "
        + "x=\"\(PlainNumber.text(-width / 2))\" y=\"\(PlainNumber.text(-height / 2))\" "
        + "width=\"\(PlainNumber.text(width))\" height=\"\(PlainNumber.text(height))\" rx=\"4\"/>"
        + "<text class=\"label\" y=\"4\">\(Markup.xml(port.label))</text></g>")
  }
}
