/// The colours of drawings.
struct Palette: Sendable {
  let canvas: String
  let text: String
  let muted: String
  let edge: String
  let card: String
  let cardStroke: String
  let frame: String
  let frameStroke: String
  let output: String
  let failure: String
  /// Of each kind of node.
  let kinds: [GraphDescription.Kind: String]
  /// Fills from a short time to the longest.
  let heat: [String]

  static let light = Palette(
    canvas: "#fbfcfe", text: "#17202c", muted: "#556070", edge: "#8592a3", card: "#ffffff",
    cardStroke: "#c9d1dc", frame: "#eef2f8", frameStroke: "#b4bfcd", output: "#e3e8f0",
    failure: "#c0262d",
    kinds: [
      .row: "#2563c9", .batch: "#0b7a6b", .async: "#7440cf", .expression: "#5d6877",
      .nested: "#a4660f",
    ], heat: ["#fff8ee", "#feedd3", "#fdddb4", "#fccb90", "#fbb56a"])

  static let dark = Palette(
    canvas: "#11151b", text: "#e9eef5", muted: "#a3afbf", edge: "#71808f", card: "#1d232c",
    cardStroke: "#3d4856", frame: "#171c24", frameStroke: "#465263", output: "#2a323e",
    failure: "#ff8a85",
    kinds: [
      .row: "#74abff", .batch: "#43cab4", .async: "#bb9cff", .expression: "#a3afbf",
      .nested: "#e3b052",
    ], heat: ["#272420", "#35291c", "#493119", "#623c15", "#7f4a10"])

  /// The rules of a style sheet below `scope`, without line breaks.
  func rules(_ scope: String) -> String {
    var rules: [(String, String)] = [
      (".canvas", "fill:\(canvas)"),
      ("text", "fill:\(text)"),
      (".detail,.label,.legend,text.light", "fill:\(muted)"),
      (".heated .detail", "fill:\(text)"),
      (".failure", "fill:\(failure)"),
      (".edge", "stroke:\(edge)"),
      (".arrow", "fill:\(edge)"),
      (".halo", "fill:\(canvas)"),
      (".halo.within", "fill:\(frame)"),
      (".frame", "fill:\(frame);stroke:\(frameStroke)"),
      (".box", "fill:\(card);stroke:\(cardStroke)"),
      (".input .box", "stroke:\(edge)"),
      (".output .box", "fill:\(output);stroke:\(edge)"),
      (".failing .box", "stroke:\(failure)"),
      (".chevron", "fill:\(muted)"),
      (".head:hover .box,.head:focus-visible .box", "stroke:\(text)"),
    ]
    for kind in GraphDescription.Kind.allCases {
      let colour = kinds[kind] ?? text
      rules.append((".\(kind.rawValue) .badge", "fill:\(colour)"))
      rules.append((".\(kind.rawValue) .plate", "fill:\(colour);stroke:\(colour)"))
      rules.append((".\(kind.rawValue) .stripe", "fill:\(colour)"))
    }
    for (level, fill) in heat.enumerated() { rules.append((".heat\(level)", "fill:\(fill)")) }
    rules.append((".heated .plate", "fill:\(card)"))
    rules.append((".bar", "fill:\(kinds[.nested] ?? text)"))
    return rules.map { selectors, declarations in
      let scoped = selectors.split(separator: ",").map { "\(scope) \($0)" }.joined(separator: ",")
      return "\(scoped){\(declarations)}"
    }.joined()
  }
}

/// The style sheets of drawings.
enum StyleSheet {
  static let scope = ".columnar-drawing"

  /// Everything but colours.
  static let shapes: String =
    [
      "text{font-family:\"Helvetica Neue\",Helvetica,Arial,\"Liberation Sans\",\"Segoe UI\",sans-serif;white-space:pre}",
      ".name{font-size:13.5px;font-weight:600}",
      ".pill{font-size:12.5px;text-anchor:middle}",
      ".detail,.run,.failure{font-size:11.5px}",
      ".failure,.run.first{font-weight:600}",
      ".badge{font-size:10px;font-weight:600;text-anchor:middle}",
      ".plate{fill-opacity:.1;stroke-opacity:.35}",
      ".heated .plate{fill-opacity:.75}",
      ".label{font-size:11px;text-anchor:middle}",
      ".legend{font-size:11px}",
      ".heading{font-size:15px;font-weight:600}",
      ".edge{fill:none;stroke-width:1.4}",
      ".edge.light{stroke-dasharray:4 3}",
      ".defaulted .box{stroke-dasharray:4 3}",
      ".frame{stroke-width:1.2}",
      ".box{stroke-width:1.2}",
    ].map { rule in
      let parts = rule.split(separator: "{", maxSplits: 1)
      let scoped = parts[0].split(separator: ",").map { "\(scope) \($0)" }.joined(separator: ",")
      return "\(scoped){\(parts[1])"
    }.joined()

  /// The sheet of a picture.
  static func picture(_ theme: DrawingOptions.Theme) -> String {
    switch theme {
    case .light: shapes + Palette.light.rules(scope)
    case .dark: shapes + Palette.dark.rules(scope)
    case .automatic:
      shapes + Palette.light.rules(scope)
        + "@media (prefers-color-scheme:dark){\(Palette.dark.rules(scope))}"
    }
  }
}
