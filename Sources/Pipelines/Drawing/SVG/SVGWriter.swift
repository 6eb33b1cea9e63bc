/// Writes a description as a picture.
struct SVGWriter {
  static let labelSize = 11.0

  let options: DrawingOptions

  init(_ options: DrawingOptions) { self.options = options }

  /// A file of its own.
  func text(_ graph: GraphDescription) -> String {
    let graph = graph.arranged(options)
    var builder = SceneBuilder(graph, options, isInteractive: false)
    let placement = LevelPlacement(builder.scene(graph))
    let style = "<style>\(StyleSheet.picture(options.theme))</style>\n"
    return picture(graph, placement, style: style, isInteractive: false)
  }

  /// The picture, with `style` at its start.
  ///
  /// An interactive one names its parts for the page's script, and holds those that are hidden.
  func picture(
    _ graph: GraphDescription, _ placement: LevelPlacement, style: String, isInteractive: Bool
  ) -> String {
    let axes = Axes(direction: options.direction)
    let content = axes.point(placement.size.cross, placement.size.flow)
    // A page has the name in its own head.
    let heading =
      isInteractive ? "" : TextWidth.elided(Markup.plain(graph.name), size: 16, width: 900)
    let legend = Legend(graph, options)
    let top = isInteractive ? Metrics.margin : Self.headingHeight
    let width = max(
      content.x, TextWidth.of(heading, size: 15, isBold: true), legend?.width ?? 0)
    let left = Metrics.margin + (width - content.x) / 2
    let height = top + content.y + Metrics.margin + (legend == nil ? 0 : Legend.height)
    var body = SVGBody(axes: axes, isInteractive: isInteractive)
    if !heading.isEmpty {
      body.add(
        "<text class=\"heading\" x=\"\(number(Metrics.margin))\" y=\"27\">"
          + "\(Markup.xml(heading))</text>")
    }
    body.open("<g\(body.tag("root", 0)) transform=\"translate(\(number(left)) \(number(top)))\">")
    body.draw(placement)
    body.close()
    if let legend { body.add(legend.markup(x: Metrics.margin, y: height - Legend.height, body)) }
    let (w, h) = (number(width + 2 * Metrics.margin), number(height))
    let size = "width=\"\(w)\" height=\"\(h)\" viewBox=\"0 0 \(w) \(h)\""
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="columnar-drawing" role="img" \(size)>
      <title>\(Markup.xml("Pipeline \(graph.name)"))</title>
      \(style)\
      <rect class="canvas" width="100%" height="100%"/>
      \(body.lines.joined(separator: "\n"))
      </svg>

      """
  }

  static let headingHeight = 46.0

  private func number(_ value: Double) -> String { PlainNumber.text(value) }
}

/// Which way is across on the picture.
struct Axes: Sendable {
  let direction: DrawingOptions.Direction

  func point(_ cross: Double, _ flow: Double) -> (x: Double, y: Double) {
    direction == .topDown ? (cross, flow) : (flow, cross)
  }

  /// A point as paths take it.
  func text(_ cross: Double, _ flow: Double) -> String {
    let point = point(cross, flow)
    return "\(PlainNumber.text(point.x)) \(PlainNumber.text(point.y))"
  }
}

/// The scale of times.
struct Legend {
  static let height = 34.0
  private let longest: String
  private let total: String

  init?(_ graph: GraphDescription, _ options: DrawingOptions) {
    guard options.overlay != nil else { return nil }
    let times = RunTimes(graph, options.overlay)
    longest = RunText.duration(times.longest)
    total = "total \(RunText.duration(times.total))"
  }

  private var scaleEnd: Double { 22 + Double(Palette.light.heat.count) * 26 }

  var width: Double {
    scaleEnd + 24 + TextWidth.of(longest, size: 11) + TextWidth.of(total, size: 11)
  }

  func markup(x: Double, y: Double, _ body: SVGBody) -> String {
    let place = "translate(\(PlainNumber.text(x)) \(PlainNumber.text(y)))"
    var text = "<g\(body.tag("legend", 0)) transform=\"\(place)\">"
    text += "<text class=\"legend\" x=\"0\" y=\"13\">0</text>"
    for level in Palette.light.heat.indices {
      text +=
        "<rect class=\"heat\(level)\" x=\"\(14 + level * 26)\" y=\"2\" width=\"26\" "
        + "height=\"14\"/>"
    }
    let after = PlainNumber.text(scaleEnd)
    let then = PlainNumber.text(scaleEnd + TextWidth.of(longest, size: 11) + 16)
    text += "<text class=\"legend\" x=\"\(after)\" y=\"13\">\(longest)</text>"
    return text + "<text class=\"legend\" x=\"\(then)\" y=\"13\">\(total)</text></g>"
  }
}
