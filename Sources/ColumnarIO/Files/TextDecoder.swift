import ColumnarCore

/// Text of any encoding as UTF-8, piece by piece.
final class TextDecoder: ByteSource {
  private let input: PackedInput
  private var encoding: TextEncoding
  private var isStarted = false
  /// The first half of a pair of UTF-16 units, 0 for none.
  private var half: UInt32 = 0
  /// A byte whose other one has not come yet.
  private var odd: UInt8?

  init(_ input: PackedInput, _ encoding: TextEncoding) {
    self.input = input
    self.encoding = encoding
  }

  /// The encoding that a text with those first bytes has; `stated` unless a mark says otherwise.
  static func encoding(of first: some Collection<UInt8>, stated: TextEncoding) -> TextEncoding {
    guard stated == .utf8 else { return stated }
    if first.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    return first.starts(with: [0xFE, 0xFF]) ? .utf16BigEndian : .utf8
  }

  func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int {
    var written = 0
    while written == 0 {
      let bytes = try input.bytes()
      if !isStarted {
        isStarted = true
        encoding = Self.encoding(of: bytes.prefix(2), stated: encoding)
      }
      guard bytes.count > 0 else {
        guard odd == nil, half == 0 else { throw broken("it ends in the middle of a letter") }
        return 0
      }
      if encoding == .utf8 {
        let count = min(bytes.count, room)
        if let start = bytes.baseAddress { target.copyMemory(from: start, byteCount: count) }
        input.use(count)
        return count
      }
      // A byte becomes at most three, and a pair of units four.
      let taken = UnsafeRawBufferPointer(rebasing: bytes.prefix(max(1, room / 4)))
      written =
        try encoding == .windows1252
        ? Self.westEuropean(taken, target) : units(taken, target)
      input.use(taken.count)
    }
    return written
  }

  private func broken(_ reason: String) -> ColumnarError {
    ColumnarError(
      .corruptFile, "\"\(input.path)\" is no valid UTF-16: \(reason).",
      context: [.file(input.path, offset: input.position)])
  }

  private func units(
    _ bytes: UnsafeRawBufferPointer, _ target: UnsafeMutableRawPointer
  ) throws -> Int {
    let isLittle = encoding == .utf16LittleEndian
    var written = 0
    for byte in bytes {
      guard let first = odd else {
        odd = byte
        continue
      }
      odd = nil
      let unit = isLittle ? UInt32(first) | UInt32(byte) << 8 : UInt32(first) << 8 | UInt32(byte)
      switch unit {
      case 0xDC00...0xDFFF:
        guard half != 0 else { throw broken("half of a letter stands alone") }
        Self.append(0x10000 + (half & 0x3FF) << 10 + (unit & 0x3FF), target, &written)
        half = 0
      case _ where half != 0: throw broken("half of a letter stands alone")
      case 0xD800...0xDBFF: half = unit
      default: Self.append(unit, target, &written)
      }
    }
    return written
  }

  private static func westEuropean(
    _ bytes: UnsafeRawBufferPointer, _ target: UnsafeMutableRawPointer
  ) -> Int {
    var written = 0
    for byte in bytes {
      let isOdd = byte >= 0x80 && byte < 0xA0
      append(isOdd ? special[Int(byte) - 0x80] : UInt32(byte), target, &written)
    }
    return written
  }

  /// What Windows-1252 has in the place of control characters; those that it lacks stay.
  private static let special: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
    0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC,
    0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
  ]

  /// Writes a scalar as UTF-8.
  private static func append(
    _ scalar: UInt32, _ target: UnsafeMutableRawPointer, _ written: inout Int
  ) {
    func put(_ byte: UInt32) {
      target.storeBytes(
        of: UInt8(truncatingIfNeeded: byte), toByteOffset: written, as: UInt8.self)
      written += 1
    }
    switch scalar {
    case 0..<0x80: return put(scalar)
    case 0x80..<0x800: put(0xC0 | scalar >> 6)
    case 0x800..<0x10000:
      put(0xE0 | scalar >> 12)
      put(0x80 | scalar >> 6 & 0x3F)
    default:
      put(0xF0 | scalar >> 18)
      put(0x80 | scalar >> 12 & 0x3F)
      put(0x80 | scalar >> 6 & 0x3F)
    }
    put(0x80 | scalar & 0x3F)
  }
}
