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

  static let mint = Palette(
    canvas: "#f5fbf8", text: "#12302a", muted: "#48685f", edge: "#7ba294", card: "#ffffff",
    cardStroke: "#bcdcd1", frame: "#e7f5ef", frameStroke: "#9ccabb", output: "#d7efe6",
    failure: "#b3261e",
    kinds: [
      .row: "#0d7a5f", .batch: "#2563a8", .async: "#7440b0", .expression: "#55706a",
      .nested: "#8a6414",
    ], heat: ["#fafcef", "#f2f7d6", "#e8f1b7", "#dbe996", "#ccdf76"])

  static let sunrise = Palette(
    canvas: "#fffaf4", text: "#33241a", muted: "#745d4c", edge: "#b08d74", card: "#ffffff",
    cardStroke: "#e8d3bf", frame: "#fdf1e3", frameStroke: "#dcbf9f", output: "#fbe3cb",
    failure: "#b3261e",
    kinds: [
      .row: "#b04a18", .batch: "#7d6300", .async: "#a2386b", .expression: "#75665a",
      .nested: "#8f5216",
    ], heat: ["#fff6e9", "#ffebcf", "#ffddae", "#ffcc8a", "#ffb866"])

  static let ocean = Palette(
    canvas: "#0b1622", text: "#e3eefa", muted: "#9bb1ca", edge: "#66829f", card: "#13243a",
    cardStroke: "#34506f", frame: "#0f1d2f", frameStroke: "#3f5d7e", output: "#1b3452",
    failure: "#ff918c",
    kinds: [
      .row: "#74b6ff", .batch: "#42d2c2", .async: "#bda6ff", .expression: "#a3b6cb",
      .nested: "#f0bf66",
    ], heat: ["#1b2b3f", "#2a333d", "#423b37", "#5e4731", "#7b552c"])

  static let mono = Palette(
    canvas: "#ffffff", text: "#141414", muted: "#555555", edge: "#777777", card: "#ffffff",
    cardStroke: "#9a9a9a", frame: "#f5f5f5", frameStroke: "#a8a8a8", output: "#ececec",
    failure: "#141414",
    kinds: [
      .row: "#303030", .batch: "#303030", .async: "#303030", .expression: "#606060",
      .nested: "#303030",
    ], heat: ["#fbfbfb", "#f1f1f1", "#e5e5e5", "#d8d8d8", "#cacaca"])

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
      (".value .box", "fill:\(canvas);stroke:\(cardStroke)"),
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

extension DrawingOptions.Theme {
  /// The colours; of the automatic theme those by day.
  var palette: Palette {
    switch self {
    case .automatic, .light: .light
    case .dark: .dark
    case .mint: .mint
    case .sunrise: .sunrise
    case .ocean: .ocean
    case .mono: .mono
    }
  }

  /// Whether light text stands on a dark ground.
  var isDark: Bool { self == .dark || self == .ocean }
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
    let sheet = shapes + theme.palette.rules(scope)
    guard theme == .automatic else { return sheet }
    return sheet + "@media (prefers-color-scheme:dark){\(Palette.dark.rules(scope))}"
  }
}
