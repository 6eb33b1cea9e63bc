/// The colours of drawings that other tools lay out.
///
/// Those of the automatic theme can be read on a light and on a dark page; other themes paint the
/// background too, where the format has one.
struct TextColours {
  /// The colours of one kind of box.
  struct Box {
    let fill: String
    let stroke: String
    let text: String

    var dot: String { "fillcolor=\"\(fill)\", color=\"\(stroke)\"" }
  }

  /// Nil: the tool's own.
  private let palette: Palette?

  init(_ theme: DrawingOptions.Theme) {
    palette = theme == .automatic || theme == .light ? nil : theme.palette
  }

  var edge: String { palette?.edge ?? "#66707f" }
  var label: String { palette?.muted ?? "#4a5462" }
  private var text: String { palette?.text ?? "#16233a" }

  var input: Box { box(palette?.card ?? "#ffffff", palette?.edge ?? "#66707f") }
  var output: Box { box(palette?.output ?? "#dfe4ec", palette?.edge ?? "#3b4656") }
  var value: Box { box(palette?.canvas ?? "#f7f9fc", palette?.cardStroke ?? "#9aa4b2") }
  var frame: Box { box(palette?.frame ?? "#eef2f8", palette?.frameStroke ?? "#b4bfcd") }
  var defaulted: Box {
    Box(
      fill: palette?.card ?? "#ffffff", stroke: palette?.edge ?? "#9aa4b2",
      text: palette?.muted ?? "#5b6573")
  }

  func kind(_ kind: GraphDescription.Kind) -> Box {
    if let palette { return box(palette.card, palette.kinds[kind] ?? palette.text) }
    return switch kind {
    case .row: box("#eaf1fd", "#2f6fdb")
    case .batch: box("#e6f5f2", "#0d8a78")
    case .async: box("#f3ecfc", "#8250df")
    case .expression: box("#eef0f3", "#66707f")
    case .nested: box("#fdf3e1", "#b7791f")
    }
  }

  private func box(_ fill: String, _ stroke: String) -> Box {
    Box(fill: fill, stroke: stroke, text: text)
  }

  // MARK: Graphviz

  var dotCanvas: String {
    palette.map { " bgcolor=\"\($0.canvas)\"; fontcolor=\"\($0.text)\";" } ?? ""
  }

  var dotText: String { palette.map { ", fontcolor=\"\($0.text)\"" } ?? "" }

  // MARK: Mermaid

  var mermaidClasses: [String] {
    let kinds = GraphDescription.Kind.allCases.map { ($0.rawValue, kind($0), "") }
    let others = [
      ("group", frame, ""), ("input", input, ""),
      ("defaulted", defaulted, ",stroke-dasharray:4 3"), ("output", output, ""),
      ("value", value, ""),
    ]
    let lines = (kinds + others).map { name, box, more in
      "  classDef \(name) fill:\(box.fill),stroke:\(box.stroke),color:\(box.text)\(more)"
    }
    return lines + (palette.map { ["  linkStyle default stroke:\($0.edge)"] } ?? [])
  }
}
