import Columnar

/// How wide a text is in a sans-serif font, measured by a table of its own so that drawings are
/// the same everywhere.
///
/// The figures are those of Helvetica, Arial and Liberation Sans and somewhat more, so that the
/// text fits in the wider fonts of other systems too.
enum TextWidth {
  /// Advances of the signs from blank to tilde, in thousandths of the size.
  private static let advances: [Double] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  /// Room for fonts that are wider than those of the table.
  private static let reserve = 1.1
  private static let bold = 1.07

  /// The width of `text` at `size`.
  static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
    var width = 0.0
    for character in text { width += advance(character) }
    return width * size * reserve * (isBold ? bold : 1) / 1000
  }

  private static func advance(_ character: Character) -> Double {
    if let byte = character.asciiValue, byte >= 0x20, byte < 0x7F {
      return advances[Int(byte) - 32]
    }
    // Letters of other scripts may be as wide as an M; East Asian ones and emoji are a square.
    switch DisplayWidth.of(String(character)) {
    case 0: return 0
    case 1: return character.unicodeScalars.first.map { $0.value < 0x250 } == true ? 620 : 760
    case let columns: return 540 * Double(columns)
    }
  }

  /// `text` in lines of at most `width`, broken where words end if that is possible; what doesn't
  /// fit in `maximumLines` is cut with an ellipsis.
  static func wrapped(
    _ text: String, size: Double, isBold: Bool = false, width: Double, maximumLines: Int
  ) -> [String] {
    var rest = Array(text)
    var lines: [String] = []
    while !rest.isEmpty {
      let isLast = lines.count == maximumLines - 1
      let count = fitting(rest, size: size, isBold: isBold, width: width)
      if count == rest.count {
        lines.append(String(rest))
        break
      }
      if isLast {
        lines.append(String(rest.prefix(max(count - 1, 1))) + "…")
        break
      }
      let end = breakPoint(rest, count)
      lines.append(String(rest[..<end]))
      rest.removeFirst(end)
      while rest.first == " " { rest.removeFirst() }
    }
    return lines.isEmpty ? [""] : lines
  }

  /// `text`, with an ellipsis in its middle if it is wider than `width`.
  static func elided(_ text: String, size: Double, width: Double) -> String {
    guard of(text, size: size) > width else { return text }
    let all = Array(text)
    let half = max(fitting(all, size: size, isBold: false, width: width / 2) - 1, 1)
    return String(all.prefix(half)) + "…" + String(all.suffix(half))
  }

  /// How many characters fit, at least one.
  private static func fitting(
    _ text: [Character], size: Double, isBold: Bool, width: Double
  ) -> Int {
    let scale = size * reserve * (isBold ? bold : 1) / 1000
    var used = 0.0
    for (count, character) in text.enumerated() {
      used += advance(character) * scale
      if used > width { return max(count, 1) }
    }
    return text.count
  }

  /// Where to break a line of which `count` characters fit: after the last separator of its second
  /// half, else before the last capital there, else in the middle of a word.
  private static func breakPoint(_ text: [Character], _ count: Int) -> Int {
    let ends = stride(from: count, to: count / 2, by: -1)
    return ends.first { " -_/.,:;".contains(text[$0 - 1]) }
      ?? ends.first { text[$0].isUppercase && text[$0 - 1].isLowercase } ?? count
  }
}
