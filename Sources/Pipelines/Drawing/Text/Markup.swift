import Columnar
import ColumnarCore

/// User text made safe for what it is put into.
enum Markup {
  /// As it is shown, and has to be measured: without what can't be seen or would reorder the rest.
  static func plain(_ text: String) -> String { MessageText.escaped(text) }

  /// For XML and HTML, in text and in attributes: control characters and those that would reorder
  /// what follows are spelt out.
  static func xml(_ text: String) -> String {
    let text = MessageText.escaped(text)
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\u{FFFE}", "\u{FFFF}": result.unicodeScalars.append("\u{FFFD}")  // no XML characters
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Lines of text for the element that is shown to those who point at something.
  static func xml(tooltip: String) -> String {
    tooltip.split(separator: "\n", omittingEmptySubsequences: false).map { xml(String($0)) }
      .joined(separator: "\n")
  }

  /// For a quoted label of Mermaid, which has entities of its own.
  static func mermaid(_ text: String) -> String {
    var result = ""
    for scalar in MessageText.escaped(text).unicodeScalars {
      if "#&<>\"'`\\{}|;".unicodeScalars.contains(scalar) {
        result += "#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// For a quoted string of Graphviz.
  static func dot(_ text: String) -> String {
    var result = ""
    for scalar in MessageText.escaped(text).unicodeScalars {
      // An ampersand would start an entity.
      if scalar == "&" {
        result += "&amp;"
      } else {
        if scalar == "\"" || scalar == "\\" { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
