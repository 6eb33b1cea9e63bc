/// Bytes as text of 64 characters.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) }
      bits <<= 8 * (3 - group.count)
      for k in 0..<4 {
        text.append(k <= group.count ? alphabet[bits >> (18 - 6 * k) & 63] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that a text stands for; nil if it is no such text.
  static func decode(_ text: String) -> [UInt8]? {
    var values = [UInt8](repeating: 64, count: 256)
    for (k, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(k) }
    var (bytes, bits, count) = ([UInt8](), 0, 0)
    for letter in text.utf8 where letter != 0x3D {
      let value = Int(values[Int(letter)])
      guard value < 64 else { return nil }
      bits = (bits << 6 | value) & 0xFFFFFF
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return bytes
  }
}
