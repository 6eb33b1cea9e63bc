import ColumnarCore

/// Writes the parts of a message one after the other.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: Int) {
    withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      write(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  mutating func write(_ texts: [String]) {
    write(texts.count)
    for text in texts { write(text) }
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout WireWriter, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  mutating func write(_ value: Int?) { write(value) { $0.write($1) } }
}

/// Reads what a `WireWriter` wrote; bytes that end early or make no sense are an error, never a
/// trap.
struct WireReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  /// A reader of bytes that outlive it.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func int() throws -> Int {
    guard bytes.count - position >= 8 else { throw Self.broken }
    defer { position += 8 }
    return Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int64.self)))
  }

  mutating func bool() throws -> Bool {
    guard position < bytes.count else { throw Self.broken }
    defer { position += 1 }
    return bytes[position] != 0
  }

  mutating func string() throws -> String {
    let count = try length()
    defer { position += count }
    return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
  }

  mutating func strings() throws -> [String] { try (0..<length()).map { _ in try string() } }

  mutating func optional<Value>(
    _ body: (inout WireReader) throws -> Value
  ) throws -> Value? {
    try bool() ? try body(&self) : nil
  }

  /// A count that what is left can hold.
  mutating func length() throws -> Int {
    let count = try int()
    guard count >= 0, count <= bytes.count - position else { throw Self.broken }
    return count
  }

  static var broken: ColumnarError {
    ColumnarError(
      .internal, "A message between the program and its worker process is damaged.")
  }
}
