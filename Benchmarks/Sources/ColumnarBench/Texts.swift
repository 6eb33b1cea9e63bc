extension String {
  /// The text without blanks at its ends, as Python's `strip`.
  ///
  /// Looks at bytes, as no text that ends in a letter needs more; only ASCII blanks are known.
  @inline(__always)
  func stripped() -> String {
    let bytes = utf8
    var (start, end) = (bytes.startIndex, bytes.endIndex)
    while start < end, bytes[start].isBlank { bytes.formIndex(after: &start) }
    while start < end {
      let last = bytes.index(before: end)
      guard bytes[last].isBlank else { break }
      end = last
    }
    return String(Substring(bytes[start..<end]))
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}

/// The texts of the seed's benchmarks.
enum Texts {
  /// Such as `"  HELLO 17  "`.
  static func hello(_ count: Int) -> [String] { (0..<count).map { "  HELLO \($0)  " } }
  /// Such as `"Text 17"`.
  static func text(_ count: Int) -> [String] { (0..<count).map { "Text \($0)" } }
  /// Such as `"  Hello World 17  "`.
  static func helloWorld(_ count: Int) -> [String] { (0..<count).map { "  Hello World \($0)  " } }
}
