extension ColumnView: CustomStringConvertible {
  /// The values as of an array; of many the first 100 and how many there are.
  public var description: String {
    let shown = prefix(100).map { String(reflecting: $0) }.joined(separator: ", ")
    return count > 100 ? "[\(shown), … \(count) in all]" : "[\(shown)]"
  }
}
