/// The user's data in messages: short, on one line, and without what a terminal would obey.
package enum MessageText {
  /// The text escaped, and cut with an ellipsis where it is longer than `limit` characters.
  package static func shown(_ text: String, limit: Int = 60) -> String {
    let start = text.prefix(limit)
    return start.endIndex == text.endIndex ? escaped(text) : escaped(String(start)) + "…"
  }

  /// As `shown`, between quotes.
  package static func quoted(_ text: String, limit: Int = 60) -> String {
    "\"\(shown(text, limit: limit))\""
  }

  /// The text with everything escaped that would move the cursor or reorder its surroundings: line
  /// breaks, tabs, other control characters and bidirectional overrides.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: needsEscape) else { return text }
    var result = ""
    for scalar in text.unicodeScalars { append(scalar, escapedTo: &result) }
    return result
  }

  /// Appends one scalar, escaped if need be.
  package static func append(_ scalar: Unicode.Scalar, escapedTo result: inout String) {
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

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true  // C0 and C1 controls
    case 0x2028, 0x2029: true  // line and paragraph separators
    case 0x202A...0x202E, 0x2066...0x2069: true  // bidirectional embeddings and overrides
    default: false
    }
  }
}
