/// The name of a Swift type as one writes it: `[Float]` and `Int?`, not `Array<Float>` and
/// `Optional<Int>`.
package enum SwiftName {
  /// The name of a type.
  package static func of(_ type: Any.Type) -> String {
    var text = Substring("\(type)")
    return written(&text, until: [])
  }

  /// Rewrites names up to one of the characters that end them here.
  private static func written(_ text: inout Substring, until ends: Set<Character>) -> String {
    var result = ""
    var isInsideName = false
    while let first = text.first, !ends.contains(first) {
      if !isInsideName {
        if let sugar = sugar(&text) {
          result += sugar
          isInsideName = true
          continue
        }
      }
      isInsideName = first.isLetter || first.isNumber || first == "_" || first == "."
      result.append(text.removeFirst())
      if let close: Character = ["(": ")", "<": ">", "[": "]"][first] {
        result += written(&text, until: [close])
        if !text.isEmpty { result.append(text.removeFirst()) }
      } else if first == "-", text.first == ">" {
        // An arrow closes nothing.
        result.append(text.removeFirst())
      }
    }
    return result
  }

  /// A type at the beginning of the text that has a way of writing of its own.
  private static func sugar(_ text: inout Substring) -> String? {
    for (name, count) in [("Array<", 1), ("Optional<", 1), ("Dictionary<", 2)]
    where text.hasPrefix(name) {
      text.removeFirst(name.count)
      var arguments: [String] = []
      while arguments.count < count, !text.isEmpty {
        arguments.append(written(&text, until: [",", ">"]))
        if text.popFirst() == "," { text = text.drop { $0 == " " } }
      }
      switch name {
      case "Array<": return "[\(arguments.joined())]"
      case "Dictionary<": return "[\(arguments.joined(separator: ": "))]"
      default:
        let wrapped = arguments.joined()
        return wrapped.contains("->") && !wrapped.hasPrefix("[") ? "(\(wrapped))?" : "\(wrapped)?"
      }
    }
    return nil
  }
}
