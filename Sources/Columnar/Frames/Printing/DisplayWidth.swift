/// How many columns of a terminal a text takes, and texts cut to a number of columns.
///
/// Wide East Asian letters and emoji take two columns, combining marks none. Clusters of several
/// scalars that terminals show as one sign are measured as one: flags, emoji joined by zero-width
/// joiners, skin tones, keycaps, Indic conjuncts. The figures agree with Python's `wcwidth`.
package enum DisplayWidth {
  /// The columns that `text` takes on one line.
  ///
  /// Control characters count as none; pass text through `escaped(_:)` before it is shown.
  ///
  /// - Complexity: O(*n*) in the length of the text; a byte scan when it is plain ASCII.
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    var meter = Meter()
    for scalar in text.unicodeScalars { meter.add(scalar) }
    return meter.width
  }

  /// The text with everything escaped that would move the cursor or reorder its surroundings:
  /// line breaks, tabs, other control characters and bidirectional overrides.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: needsEscape) else { return text }
    var result = ""
    for scalar in text.unicodeScalars { append(scalar, escapedTo: &result) }
    return result
  }

  /// The text escaped and, if it takes more than `maximum` columns, cut with `ellipsis` at its end.
  ///
  /// Signs of several scalars are never cut in two. Only as much of the text is read as is shown,
  /// so a cell of many megabytes costs no more than a short one.
  package static func fitted(_ text: String, to maximum: Int, ellipsis: String = "…") -> String {
    let room = maximum - of(ellipsis)
    var meter = Meter()
    var kept = ""
    var cut = ""  // what remains when the ellipsis is needed
    var scalarsLeft = 64 + 16 * max(maximum, 0)  // against endless combining marks
    for character in text {
      var shown = ""
      for scalar in character.unicodeScalars { append(scalar, escapedTo: &shown) }
      for scalar in shown.unicodeScalars.prefix(scalarsLeft) { meter.add(scalar) }
      scalarsLeft -= shown.unicodeScalars.count
      if meter.width > maximum || scalarsLeft < 0 { return room < 0 ? "" : cut + ellipsis }
      kept += shown
      if meter.width <= room { cut = kept }
    }
    return kept
  }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true  // C0 and C1 controls
    case 0x2028, 0x2029: true  // line and paragraph separators
    case 0x202A...0x202E, 0x2066...0x2069: true  // bidirectional embeddings and overrides
    default: false
    }
  }

  private static func append(_ scalar: Unicode.Scalar, escapedTo result: inout String) {
    guard needsEscape(scalar) else {
      result.unicodeScalars.append(scalar)
      return
    }
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\0": result += "\\0"
    default: result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }
}
