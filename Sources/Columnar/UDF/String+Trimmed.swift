import ColumnarCore

extension String {
  /// The text without white space at its ends, as the expression `string.trimmed()` gives it.
  ///
  /// For functions over text: on ASCII ends it looks at bytes only, several times quicker than going
  /// through characters.
  public func trimmed() -> String {
    var copy = self
    return copy.withUTF8 { bytes in
      var (start, end) = (0, bytes.count)
      while start < end, bytes[start].isBlank { start += 1 }
      while start < end, bytes[end - 1].isBlank { end -= 1 }
      if start < end, bytes[start] >= 0x80 || bytes[end - 1] >= 0x80 {
        return trimmedByScalars()
      }
      if end - start == bytes.count { return self }
      return String.copying(
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<end]))
    }
  }
}

extension String {
  /// As `trimmed`, for text with more than ASCII at its ends.
  private func trimmedByScalars() -> String {
    let scalars = unicodeScalars
    var (start, end) = (scalars.startIndex, scalars.endIndex)
    while start < end, scalars[start].isBlank { scalars.formIndex(after: &start) }
    while start < end {
      let last = scalars.index(before: end)
      guard scalars[last].isBlank else { break }
      end = last
    }
    return String(scalars[start..<end])
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool {
    properties.isWhitespace || (value >= 0x1C && value <= 0x1F)
  }
}

extension UInt8 {
  /// White space in ASCII, with the separators 0x1C to 0x1F as in the expression.
  fileprivate var isBlank: Bool {
    self == 0x20 || (self >= 0x09 && self <= 0x0D) || (self >= 0x1C && self <= 0x1F)
  }
}
