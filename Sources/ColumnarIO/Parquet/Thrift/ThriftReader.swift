import ColumnarCore

/// How a value of Thrift's compact protocol is written.
enum ThriftType: UInt8 {
  case stop = 0
  case yes = 1
  case no = 2
  case byte = 3
  case int16 = 4
  case int32 = 5
  case int64 = 6
  case double = 7
  case binary = 8
  case list = 9
  case set = 10
  case map = 11
  case structure = 12
  case uuid = 13

  /// Whether it is a whole number of any width.
  var isInteger: Bool {
    switch self {
    case .byte, .int16, .int32, .int64: true
    default: false
    }
  }
}

/// Reads Thrift's compact protocol from memory, every byte checked to be there.
///
/// Values say their types, so that unknown fields are skipped. Nothing nests deeper than
/// `depthLimit`, and no list is longer than the bytes that are left.
struct ThriftReader {
  /// Thrift values of Parquet nest eight levels deep at most.
  static let depthLimit = 32

  private let bytes: Buffer
  let origin: ParquetOrigin
  /// The next byte.
  private(set) var position = 0
  private var depth = 0

  /// Reads the values that stand in `bytes`.
  init(_ bytes: Buffer, _ origin: ParquetOrigin) {
    self.bytes = bytes
    self.origin = origin
  }

  func corrupt(_ what: String) -> ColumnarError { origin.corrupt(what, at: position) }

  // MARK: Structs and lists

  /// Calls `field` with the number and type of each field of a struct; where it gives false, it has
  /// read nothing, and the field is skipped.
  mutating func structure(
    _ field: (inout ThriftReader, Int, ThriftType) throws -> Bool
  ) throws {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw corrupt("its metadata nests too deep") }
    var id = 0
    while true {
      let head = try byte()
      if head == 0 { return }
      let type = try known(head & 0x0F)
      let delta = Int(head >> 4)
      id = delta == 0 ? Int(Int16(truncatingIfNeeded: try zigzag())) : id + delta
      if try !field(&self, id, type) { try skip(type) }
    }
  }

  /// Calls `element` for each of a list's elements, all of which have type `type`.
  mutating func list(
    of type: ThriftType, _ element: (inout ThriftReader) throws -> Void
  ) throws {
    let (count, found) = try listHead()
    let isBool = type == .yes && (found == .yes || found == .no)
    guard count == 0 || found == type || isBool else {
      throw corrupt("its metadata has a list of a wrong type")
    }
    for _ in 0..<count { try element(&self) }
  }

  private mutating func listHead() throws -> (count: Int, ThriftType) {
    let head = try byte()
    var count = Int(head >> 4)
    if count == 15 { count = try length() }
    guard count <= bytes.count - position else {
      throw corrupt("its metadata has a list that is longer than the bytes that are left")
    }
    return (count, count == 0 ? .byte : try known(head & 0x0F))
  }

  // MARK: Values

  /// An integer of any width, or a truth value as 0 or 1: fastparquet writes the repetition of
  /// columns without nulls as the truth value false.
  mutating func integer(_ type: ThriftType) throws -> Int {
    switch type {
    case .no: return 0
    case .yes: return 1
    case .byte: return Int(Int8(bitPattern: try byte()))
    case .int16, .int32, .int64: return Int(try zigzag())
    default: throw corrupt("its metadata has something else where a number belongs")
    }
  }

  /// A truth value of a field, which is its type.
  func bool(_ type: ThriftType) throws -> Bool {
    switch type {
    case .yes: return true
    case .no: return false
    default: throw corrupt("its metadata has something else where a truth value belongs")
    }
  }

  /// Bytes, sharing the memory.
  mutating func binary(_ type: ThriftType = .binary) throws -> Buffer {
    guard type == .binary else {
      throw corrupt("its metadata has something else where text belongs")
    }
    let count = try length()
    guard count <= bytes.count - position else { throw corrupt("its metadata is cut short") }
    defer { position += count }
    return bytes.slice(position..<(position + count))
  }

  /// Text; bytes that are no UTF-8 are replaced.
  mutating func string(_ type: ThriftType = .binary) throws -> String {
    try binary(type).withBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Leaves out a value.
  mutating func skip(_ type: ThriftType) throws {
    switch type {
    case .stop, .yes, .no: break
    case .byte: try advance(1)
    case .int16, .int32, .int64: _ = try varint()
    case .double: try advance(8)
    case .uuid: try advance(16)
    case .binary: _ = try binary()
    case .structure: try structure { _, _, _ in false }
    case .list, .set:
      let (count, type) = try listHead()
      try nested { try $0.skip(count, type) }
    case .map:
      let count = try length()
      guard count <= bytes.count - position else { throw corrupt("its metadata is cut short") }
      guard count > 0 else { return }
      let types = try byte()
      let (key, value) = (try known(types >> 4), try known(types & 0x0F))
      try nested { reader in
        for _ in 0..<count {
          try reader.skip(1, key)
          try reader.skip(1, value)
        }
      }
    }
  }

  /// Elements of a list; a truth value is a byte there.
  private mutating func skip(_ count: Int, _ type: ThriftType) throws {
    if type == .yes || type == .no { return try advance(count) }
    for _ in 0..<count { try skip(type) }
  }

  private mutating func nested(_ body: (inout ThriftReader) throws -> Void) throws {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw corrupt("its metadata nests too deep") }
    try body(&self)
  }

  // MARK: Bytes

  mutating func byte() throws -> UInt8 {
    guard position < bytes.count else { throw corrupt("its metadata is cut short") }
    defer { position += 1 }
    return bytes.start.load(fromByteOffset: position, as: UInt8.self)
  }

  private mutating func advance(_ count: Int) throws {
    guard count <= bytes.count - position else { throw corrupt("its metadata is cut short") }
    position += count
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << UInt64(shift)
      if next < 0x80 { return value }
    }
    throw corrupt("its metadata has a number of more than 64 bits")
  }

  private mutating func zigzag() throws -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private mutating func length() throws -> Int {
    let value = try varint()
    guard value <= Int32.max else { throw corrupt("its metadata has an absurd length") }
    return Int(value)
  }

  private func known(_ code: UInt8) throws -> ThriftType {
    guard let type = ThriftType(rawValue: code), type != .stop else {
      throw corrupt("its metadata has a value of no known type")
    }
    return type
  }
}
