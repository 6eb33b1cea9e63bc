/// What errors say about columns of a file that are text because of the way it spells nulls.
package enum NullSpelling {
  /// A sentence, behind a space, for a string column where numbers, times or truth values are wanted;
  /// empty for others.
  package static func hint(for given: DataType, wanted: DataType) -> String {
    guard given == .string, wanted.isNumeric || wanted.isTemporal || wanted == .bool else {
      return ""
    }
    return
      " If its file spells nulls in a way of its own, read it with nullValues = [\"NA\"]; if it has "
      + "nothing but nulls, give its type in schemaOverrides."
  }

  /// Whether a text is one that files often have for a null.
  package static func isUsual(_ text: String) -> Bool {
    ["na", "n/a", "#n/a", "nan", "null", "nil", "none", "\\n", "-", "?", ".", ""]
      .contains(text.lowercased())
  }
}
