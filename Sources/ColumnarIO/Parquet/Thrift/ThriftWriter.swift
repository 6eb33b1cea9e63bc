import ColumnarCore

/// Writes Thrift's compact protocol.
///
/// Fields of a struct are written in the order of their numbers.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  /// The number of the last field, of each struct that is open.
  private var last = [0]

  /// The bytes of a struct with those fields.
  static func structure(_ fields: (inout ThriftWriter) -> Void) -> [UInt8] {
    var writer = ThriftWriter()
    fields(&writer)
    writer.bytes.append(ThriftType.stop.rawValue)
    return writer.bytes
  }

  // MARK: Fields

  private mutating func head(_ id: Int, _ type: ThriftType) {
    let delta = id - last[last.count - 1]
    last[last.count - 1] = id
    if 1...15 ~= delta {
      bytes.append(UInt8(delta) << 4 | type.rawValue)
    } else {
      bytes.append(type.rawValue)
      zigzag(id)
    }
  }

  mutating func bool(_ id: Int, _ value: Bool) { head(id, value ? .yes : .no) }

  mutating func int8(_ id: Int, _ value: Int) {
    head(id, .byte)
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  mutating func int16(_ id: Int, _ value: Int) { integer(id, value, .int16) }

  mutating func int32(_ id: Int, _ value: Int) { integer(id, value, .int32) }

  mutating func int64(_ id: Int, _ value: Int) { integer(id, value, .int64) }

  private mutating func integer(_ id: Int, _ value: Int, _ type: ThriftType) {
    head(id, type)
    zigzag(value)
  }

  mutating func string(_ id: Int, _ value: String) { binary(id, Array(value.utf8)) }

  mutating func binary(_ id: Int, _ value: [UInt8]) {
    head(id, .binary)
    element(value)
  }

  /// A struct with those fields; without any it stands for a choice.
  mutating func structure(_ id: Int, _ fields: (inout ThriftWriter) -> Void = { _ in }) {
    head(id, .structure)
    element(fields)
  }

  /// A list; `body` writes its elements.
  mutating func list<C: Collection>(
    _ id: Int, _ type: ThriftType, _ elements: C, _ body: (inout ThriftWriter, C.Element) -> Void
  ) {
    head(id, .list)
    if elements.count < 15 {
      bytes.append(UInt8(elements.count) << 4 | type.rawValue)
    } else {
      bytes.append(0xF0 | type.rawValue)
      varint(UInt64(elements.count))
    }
    for element in elements { body(&self, element) }
  }

  // MARK: Elements

  mutating func element(_ value: Int) { zigzag(value) }

  mutating func element(_ value: Bool) {
    bytes.append((value ? ThriftType.yes : .no).rawValue)
  }

  mutating func element(_ value: [UInt8]) {
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func element(_ fields: (inout ThriftWriter) -> Void) {
    last.append(0)
    fields(&self)
    bytes.append(ThriftType.stop.rawValue)
    last.removeLast()
  }

  // MARK: Bytes

  private mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  private mutating func zigzag(_ value: Int) {
    varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }
}
