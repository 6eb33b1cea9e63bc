/// What a list of values is known by to programs in other languages: how many, and the CRC-32 of
/// their bytes.
struct Digest: Equatable, CustomStringConvertible {
  let count: Int
  let checksum: UInt32

  init<Value: Digestible>(_ values: [Value]) {
    var checksum = Checksum()
    for value in values { value.digest(into: &checksum) }
    count = values.count
    self.checksum = checksum.value
  }

  var description: String { "\(count) \(checksum)" }
}

/// A value that has the same bytes in Python.
protocol Digestible {
  func digest(into checksum: inout Checksum)
}

extension String: Digestible {
  /// UTF-8, and a line's end.
  func digest(into checksum: inout Checksum) {
    for byte in utf8 { checksum.add(byte) }
    checksum.add(UInt8(ascii: "\n"))
  }
}

extension Int: Digestible {
  /// Eight bytes, the lowest first.
  func digest(into checksum: inout Checksum) { checksum.add(UInt64(bitPattern: Int64(self))) }
}

extension Double: Digestible {
  /// Eight bytes, the lowest first.
  func digest(into checksum: inout Checksum) { checksum.add(bitPattern) }
}

/// CRC-32 as zlib has it.
struct Checksum {
  private var state: UInt32 = .max
  var value: UInt32 { ~state }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value &>> 1) : value &>> 1
    }
  }

  mutating func add(_ byte: UInt8) {
    state = Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state &>> 8)
  }

  mutating func add(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: word &>> shift)) }
  }
}
