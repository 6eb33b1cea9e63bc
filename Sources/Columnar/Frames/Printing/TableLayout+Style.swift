extension TableLayout {
  /// The signs a table is drawn with.
  package struct Style: Sendable {
    /// The signs of a horizontal rule: left end, line, crossing, right end.
    typealias Rule = (left: String, line: String, cross: String, right: String)

    let top: Rule
    let middle: Rule
    let bottom: Rule
    let outer: String
    let inner: String
    let ellipsis: String

    /// Unicode lines with rounded corners.
    package static let rounded = Style(
      top: ("╭", "─", "┬", "╮"), middle: ("╞", "═", "╪", "╡"), bottom: ("╰", "─", "┴", "╯"),
      outer: "│", inner: "┆", ellipsis: "…")

    /// ASCII only, for logs and terminals that can't show more.
    package static let ascii = Style(
      top: ("+", "-", "+", "+"), middle: ("+", "=", "+", "+"), bottom: ("+", "-", "+", "+"),
      outer: "|", inner: "|", ellipsis: "...")

    func rule(_ signs: Rule, widths: [Int]) -> String {
      let parts = widths.map { String(repeating: signs.line, count: $0 + 2) }
      return signs.left + parts.joined(separator: signs.cross) + signs.right + "\n"
    }

    func line(_ cells: [String]) -> String {
      "\(outer) " + cells.joined(separator: " \(inner) ") + " \(outer)\n"
    }
  }
}
