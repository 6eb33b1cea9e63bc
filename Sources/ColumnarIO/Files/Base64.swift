import ColumnarCore

/// Bytes as text, in the alphabet and with the padding of RFC 4648.
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Appends the text of `bytes`.
  static func append(_ bytes: UnsafeRawBufferPointer, to text: inout MutableBuffer) {
    text.reserve((bytes.count + 2) / 3 * 4)
    letters.withUnsafeBufferPointer { letters in
      var at = 0
      while at < bytes.count {
        let taken = min(3, bytes.count - at)
        var word = UInt32(bytes[at]) << 16
        if taken > 1 { word |= UInt32(bytes[at + 1]) << 8 }
        if taken > 2 { word |= UInt32(bytes[at + 2]) }
        for k in 0..<4 {
          let letter = letters[Int(word >> UInt32(18 - 6 * k)) & 63]
          text.append(k <= taken ? letter : 0x3D)
        }
        at += 3
      }
    }
  }

  /// Writes the bytes that a text stands for to `target`, which has room for as many as the text has
  /// letters, and returns how many there are; nil if it is no Base64.
  static func decode(
    _ text: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard text.count % 4 == 0 else { return nil }
    var written = 0
    for at in stride(from: 0, to: text.count, by: 4) {
      let isLast = at + 4 == text.count
      let padding = isLast && text[at + 3] == 0x3D ? (text[at + 2] == 0x3D ? 2 : 1) : 0
      var word: UInt32 = 0
      for k in 0..<4 {
        let value = k < 4 - padding ? Self.value(text[at + k]) : 0
        guard let value else { return nil }
        word = word << 6 | value
      }
      // Bits that stand for nothing must be zero, so that every value has one text.
      guard padding == 0 || word & (padding == 1 ? 0xFF : 0xFFFF) == 0 else { return nil }
      for k in 0..<(3 - padding) {
        target[written] = UInt8(truncatingIfNeeded: word >> UInt32(16 - 8 * k))
        written += 1
      }
    }
    return written
  }

  /// The text of `bytes`.
  static func encode(_ bytes: [UInt8]) -> String {
    var text = MutableBuffer(capacity: (bytes.count + 2) / 3 * 4)
    bytes.withUnsafeBytes { append($0, to: &text) }
    return text.freeze().withBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes that a text stands for; nil if it is no Base64.
  static func decode(_ text: String) -> [UInt8]? {
    var text = text
    return text.withUTF8 { letters in
      var count: Int? = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: letters.count) { room, written in
        // Room for as many as there are letters; nothing is written where there are none.
        if let start = room.baseAddress {
          count = decode(UnsafeRawBufferPointer(letters), to: start)
        }
        written = count ?? 0
      }
      return count == nil ? nil : bytes
    }
  }

  private static func value(_ letter: UInt8) -> UInt32? {
    switch letter {
    case 0x41...0x5A: UInt32(letter - 0x41)
    case 0x61...0x7A: UInt32(letter - 0x61 + 26)
    case 0x30...0x39: UInt32(letter - 0x30 + 52)
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }
}
