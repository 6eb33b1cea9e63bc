import Foundation

/// What BERT's uncased models do to a text before it is cut into pieces.
enum BERTNormalizer {
  /// The text as UTF-8: lowercase, without accents and control characters, each white space a
  /// blank, and blanks around Chinese characters and punctuation other than ASCII's.
  static func normalized(_ text: String) -> [UInt8] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return normalizedASCII(text) }
    let decomposed = String(cleaned(text)).decomposedStringWithCanonicalMapping
    var bytes: [UInt8] = []
    bytes.reserveCapacity(decomposed.utf8.count + 16)
    for scalar in decomposed.unicodeScalars {
      if scalar.isASCII {
        bytes.append(asciiTable[Int(scalar.value)])
      } else if scalar.properties.generalCategory != .nonspacingMark {
        appendLowercased(scalar, to: &bytes)
      }
    }
    return bytes
  }

  /// Whether an ASCII byte is a word of its own; for BERT that includes signs such as `$` and `~`.
  static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 33...47, 58...64, 91...96, 123...126: true
    default: false
    }
  }

  private static func normalizedASCII(_ text: String) -> [UInt8] {
    let table = asciiTable
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      let mapped = table[Int(byte)]
      if mapped != 0 { bytes.append(mapped) }
    }
    return bytes
  }

  /// What becomes of each ASCII byte; 0 of those that are dropped.
  private static let asciiTable: [UInt8] = (UInt8(0)..<128).map { byte in
    switch byte {
    case 9, 10, 13: UInt8(ascii: " ")
    case 0..<32, 127: 0
    case 65...90: byte + 32
    default: byte
    }
  }

  /// Control characters dropped, white space made blanks, Chinese characters set apart.
  private static func cleaned(_ text: String) -> String.UnicodeScalarView {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace, !isControl(scalar) {
        result.append(" ")
      } else if isChinese(scalar) {
        result.append(contentsOf: [" ", scalar, " "])
      } else if scalar != "\u{FFFD}", !isControl(scalar) {
        result.append(scalar)
      }
    }
    return result
  }

  private static func appendLowercased(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    for lower in scalar.properties.lowercaseMapping.unicodeScalars {
      let apart = isPunctuation(lower)
      if apart { bytes.append(UInt8(ascii: " ")) }
      bytes.append(contentsOf: UTF8.encode(lower) ?? UTF8.encodedReplacementCharacter)
      if apart { bytes.append(UInt8(ascii: " ")) }
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\t" || scalar == "\n" || scalar == "\r" { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate: return true
    default: return false
    }
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
