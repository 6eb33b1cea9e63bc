import ColumnarCore

/// Takes the escapes out of JSON strings.
enum JSONEscapes {
  /// Checks the escapes of a string without writing it.
  static func check(_ start: UnsafePointer<UInt8>, _ count: Int) throws(JSONFault) {
    _ = try write(start, count, to: nil)
  }

  /// Writes the text of a string (the bytes between its quotes) to `target`, which has room for as
  /// many bytes, and returns its length.
  static func write(
    _ start: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>?
  ) throws(JSONFault) -> Int {
    var (at, written) = (0, 0)
    while at < count {
      let byte = start[at]
      guard byte == 0x5C else {
        target?[written] = byte
        written &+= 1
        at &+= 1
        continue
      }
      // The scanner has seen to it that a byte follows.
      let place = start + at
      at &+= 2
      var scalar: UInt32
      switch at <= count ? place[1] : 0 {
      case 0x22: scalar = 0x22
      case 0x5C: scalar = 0x5C
      case 0x2F: scalar = 0x2F
      case 0x62: scalar = 0x08
      case 0x66: scalar = 0x0C
      case 0x6E: scalar = 0x0A
      case 0x72: scalar = 0x0D
      case 0x74: scalar = 0x09
      case 0x75:
        guard let unit = hex(start, at, count) else { throw JSONFault(.escape, place) }
        at &+= 4
        scalar = unit
        if unit & 0xF800 == 0xD800 {
          guard unit < 0xDC00, at &+ 6 <= count, start[at] == 0x5C, start[at &+ 1] == 0x75,
            let low = hex(start, at &+ 2, count), low & 0xFC00 == 0xDC00
          else { throw JSONFault(.surrogate, place, length: min(count - (place - start), 6)) }
          at &+= 6
          scalar = 0x10000 &+ ((unit & 0x3FF) &<< 10 | (low & 0x3FF))
        }
      default: throw JSONFault(.escape, place)
      }
      written &+= put(scalar, to: target.map { $0 + written })
    }
    return written
  }

  /// Four hexadecimal digits.
  private static func hex(
    _ start: UnsafePointer<UInt8>, _ at: Int, _ count: Int
  ) -> UInt32? {
    guard at &+ 4 <= count else { return nil }
    var value: UInt32 = 0
    for k in 0..<4 {
      let byte = start[at &+ k]
      switch byte {
      case 0x30...0x39: value = value &<< 4 | UInt32(byte &- 0x30)
      case 0x41...0x46, 0x61...0x66: value = value &<< 4 | UInt32((byte | 0x20) &- 0x57)
      default: return nil
      }
    }
    return value
  }

  /// A scalar as UTF-8, which is never longer than its escape.
  private static func put(_ scalar: UInt32, to target: UnsafeMutablePointer<UInt8>?) -> Int {
    func byte(_ k: Int, _ value: UInt32) { target?[k] = UInt8(truncatingIfNeeded: value) }
    if scalar < 0x80 {
      byte(0, scalar)
      return 1
    }
    if scalar < 0x800 {
      byte(0, 0xC0 | scalar &>> 6)
      byte(1, 0x80 | scalar & 0x3F)
      return 2
    }
    if scalar < 0x10000 {
      byte(0, 0xE0 | scalar &>> 12)
      byte(1, 0x80 | scalar &>> 6 & 0x3F)
      byte(2, 0x80 | scalar & 0x3F)
      return 3
    }
    byte(0, 0xF0 | scalar &>> 18)
    byte(1, 0x80 | scalar &>> 12 & 0x3F)
    byte(2, 0x80 | scalar &>> 6 & 0x3F)
    byte(3, 0x80 | scalar & 0x3F)
    return 4
  }
}
