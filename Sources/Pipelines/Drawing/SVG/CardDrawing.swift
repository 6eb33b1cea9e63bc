/// Draws one box with its texts.
struct CardDrawing {
  private let item: SceneItem
  private let isExpanded: Bool
  private let corner: (x: Double, y: Double)
  private let width: Double
  private let height: Double

  init(_ item: SceneItem, _ box: LevelPlacement.Box, isExpanded: Bool, _ axes: Axes) {
    self.item = item
    self.isExpanded = isExpanded
    corner = axes.point(box.cross, box.flow)
    // A hidden card keeps its own size.
    let size = isExpanded ? item.size : box.size
    (width, height) = axes.point(size.cross, size.flow)
  }

  func draw(into body: inout SVGBody) {
    let card = item.card
    let place = "\(number(corner.x)) \(number(corner.y))"
    let hidden = isExpanded ? " display=\"none\"" : ""
    let button =
      isButton && body.isInteractive
      ? " role=\"button\" tabindex=\"0\" aria-expanded=\"\(item.role == .title)\"" : ""
    body.open(
      "<g class=\"\(classes)\"\(body.tag("item", item.id))\(hidden)\(button) "
        + "transform=\"translate(\(place))\">")
    body.add("<title>\(Markup.xml(tooltip: card.tooltip))</title>")
    shape(into: &body)
    for badge in card.badges {
      body.add(
        "<rect class=\"plate\" x=\"\(number(badge.x))\" y=\"\(number(badge.y))\" "
          + "width=\"\(number(badge.width))\" height=\"16\" rx=\"8\"/>")
    }
    var isFirstRun = true
    // Texts of a pill stay in its middle if its edges have made it wider.
    let shift = isPill ? (width - card.width) / 2 : 0
    let drop = (height - card.height) / 2
    for line in card.lines {
      var style = line.style.rawValue
      if line.style == .run, isFirstRun {
        style += " first"
        isFirstRun = false
      }
      body.add(
        "<text class=\"\(style)\" x=\"\(number(line.x + shift))\" "
          + "y=\"\(number(line.y + (isPill ? drop : 0)))\">\(Markup.xml(line.text))</text>")
    }
    body.close()
  }

  private var isPill: Bool { [.input, .output, .value].contains(item.role) }
  /// Whether it expands or collapses a pipeline.
  private var isButton: Bool { item.role == .title || item.child != nil }

  private var classes: String {
    var classes: [String]
    switch item.role {
    case .input:
      classes = ["input"] + (item.card.lines.first?.style == .lightPill ? ["defaulted"] : [])
    case .output: classes = ["output"]
    case .value: classes = ["value"]
    case .title: classes = ["head", item.kind]
    case .node: classes = ["node", item.kind] + (item.child == nil ? [] : ["head"])
    }
    if item.role == .node, item.card.heat != nil { classes.append("heated") }
    if item.card.hasFailures { classes.append("failing") }
    return classes.joined(separator: " ")
  }

  private func shape(into body: inout SVGBody) {
    let size = "width=\"\(number(width))\" height=\"\(number(height))\""
    switch item.role {
    case .input, .output, .value:
      body.add("<rect class=\"box\" \(size) rx=\"\(number(min(height / 2, 16)))\"/>")
    case .title:
      // Something to click on.
      body.add("<rect \(size) fill=\"none\" pointer-events=\"all\"/>")
      body.add("<path class=\"chevron\" d=\"M13 15 h9 l-4.5 6 z\"/>")
    case .node:
      if item.kind == GraphDescription.Kind.nested.rawValue {
        body.add("<rect class=\"box\" x=\"4\" y=\"4\" \(size) rx=\"8\"/>")
      }
      let heat = item.card.heat.map { " heat\(Self.level($0))" } ?? ""
      body.add("<rect class=\"box\(heat)\" \(size) rx=\"8\"/>")
      body.add(
        "<rect class=\"stripe\" x=\"4\" y=\"8\" width=\"4\" height=\"\(number(height - 16))\" "
          + "rx=\"2\"/>")
      if item.kind == GraphDescription.Kind.nested.rawValue {
        body.add("<path class=\"chevron\" d=\"M15 13 v9 l6 -4.5 z\"/>")
      }
      if let heat = item.card.heat {
        let length = number(max(heat * (width - 30), 3))
        body.add(
          "<rect class=\"bar\" x=\"16\" y=\"\(number(height - 9))\" width=\"\(length)\" "
            + "height=\"3\" rx=\"1.5\"/>")
      }
    }
  }

  /// Which of the fills stands for a part of the longest time.
  private static func level(_ heat: Double) -> Int {
    min(Int(heat * Double(Palette.light.heat.count)), Palette.light.heat.count - 1)
  }

  private func number(_ value: Double) -> String { PlainNumber.text(value) }
}
