/// What is written in a box, with the place of each text, and the box's size.
struct Card: Sendable {
  /// A text at its baseline.
  struct Line: Sendable {
    var text: String
    var style: Style
    var x: Double
    var y: Double
    /// Its width as measured.
    var width: Double
  }

  enum Style: String, Sendable {
    case name, detail, run, failure, badge, pill
    case lightPill = "pill light"

    var size: Double {
      switch self {
      case .name: 13.5
      case .pill, .lightPill: 12.5
      case .detail, .run, .failure: 11.5
      case .badge: 10
      }
    }

    var isBold: Bool { self == .name || self == .failure || self == .badge }
  }

  var width: Double
  var height: Double
  var lines: [Line] = []
  /// The marks in the upper right corner, whose texts are among the lines.
  var badges: [(x: Double, y: Double, width: Double)] = []
  /// How much of the longest time this node took, from 0 to 1.
  var heat: Double?
  var hasFailures = false
  /// All there is to say, for those who point at it.
  var tooltip: String

  private static let side = 14.0
  private static let widestName = 250.0
  private static let badgeGap = 6.0

  /// The pill of an input, an output or a value; of a group of inputs one line for each.
  init(pill texts: [String], isLight: Bool, tooltip: String) {
    let style = isLight ? Style.lightPill : .pill
    let lines = texts.flatMap {
      TextWidth.wrapped(
        Markup.plain($0), size: style.size, width: Self.widestName,
        maximumLines: texts.count > 1 ? 1 : 3)
    }
    let widths = lines.map { TextWidth.of($0, size: style.size) }
    width = max((widths.max() ?? 0) + 2 * Self.side, 44)
    height = 12 + 16 * Double(lines.count)
    self.tooltip = tooltip
    for (index, line) in lines.enumerated() {
      self.lines.append(
        Line(
          text: line, style: style, x: width / 2, y: 18 + 16 * Double(index), width: widths[index]))
    }
  }

  /// The card of a node, or the head of an expanded one.
  init(
    _ node: GraphDescription.Node, run: RunOverlay.Node?, total: Duration, tooltip: String
  ) {
    self.tooltip = tooltip
    width = 0
    height = 9
    let indent = Self.side + (node.nested == nil ? 2 : 16)
    let names = TextWidth.wrapped(
      Markup.plain(node.name), size: Style.name.size, isBold: true, width: Self.widestName,
      maximumLines: 4)
    for (index, name) in names.enumerated() {
      add(name, .name, x: index == 0 ? indent : Self.side + 2, height: 18)
    }
    var right = (lines.first.map { $0.x + $0.width } ?? 0) + 12
    for badge in [node.kind.rawValue] + (node.isCached ? ["cache"] : []) {
      right = add(badge: badge, at: right)
    }
    width = max(width, right - Self.badgeGap + 10)
    for detail in node.details { add(detail) }
    if let run {
      for line in RunText.lines(run, total: total) { add(line, .run, x: Self.side + 2, height: 15) }
      if let failures = RunText.failures(run) {
        add(failures, .failure, x: Self.side + 2, height: 15)
        hasFailures = true
      }
      height += 5
    }
    height += 9
    width = max(width, 84)
  }

  /// Adds a detail, broken between its parts where it is too long for a line.
  private mutating func add(_ detail: GraphDescription.Detail) {
    let room = max(Self.widestName, width - 2 * Self.side)
    let size = Style.detail.size
    var line = ""
    for part in detail.parts.map(Markup.plain) {
      let longer = line.isEmpty ? part : line + detail.separator + part
      if line.isEmpty || TextWidth.of(longer, size: size) <= room {
        line = longer
      } else {
        add(wrapped: line, room)
        line = part
      }
    }
    add(wrapped: line, room)
  }

  private mutating func add(wrapped text: String, _ room: Double) {
    let lines = TextWidth.wrapped(text, size: Style.detail.size, width: room, maximumLines: 4)
    for line in lines { add(line, .detail, x: Self.side + 2, height: 15) }
  }

  private mutating func add(_ text: String, _ style: Style, x: Double, height lineHeight: Double) {
    let textWidth = TextWidth.of(text, size: style.size, isBold: style.isBold)
    lines.append(
      Line(text: text, style: style, x: x, y: height + lineHeight * 0.75, width: textWidth))
    width = max(width, x + textWidth + Self.side)
    height += lineHeight
  }

  /// Adds a badge that starts at `x`, and returns where the next one does.
  private mutating func add(badge text: String, at x: Double) -> Double {
    let textWidth = TextWidth.of(text, size: Style.badge.size, isBold: true)
    let badgeWidth = textWidth + 12
    badges.append((x, 10, badgeWidth))
    lines.append(
      Line(text: text, style: .badge, x: x + badgeWidth / 2, y: 21, width: textWidth))
    return x + badgeWidth + Self.badgeGap
  }
}
