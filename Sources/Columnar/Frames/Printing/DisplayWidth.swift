import ColumnarCore

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
    MessageText.escaped(text)
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
      for scalar in character.unicodeScalars { MessageText.append(scalar, escapedTo: &shown) }
      for scalar in shown.unicodeScalars.prefix(scalarsLeft) { meter.add(scalar) }
      scalarsLeft -= shown.unicodeScalars.count
      if meter.width > maximum || scalarsLeft < 0 { return room < 0 ? "" : cut + ellipsis }
      kept += shown
      if meter.width <= room { cut = kept }
    }
    return kept
  }
}
