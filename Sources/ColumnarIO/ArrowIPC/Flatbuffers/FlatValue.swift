/// A value to write into a flatbuffer.
indirect enum FlatValue {
  case int8(UInt8)
  case int16(Int16)
  case int32(Int32)
  case int64(Int64)
  case string(String)
  /// Fields by number; nil stands for the default.
  case table([FlatValue?])
  case tables([FlatValue])
  /// Structs of 64-bit words, `size` words each.
  case structs([Int64], size: Int)

  static func bool(_ value: Bool) -> FlatValue { .int8(value ? 1 : 0) }

  /// The bytes in the table itself.
  fileprivate var inlineSize: Int {
    switch self {
    case .int8: 1
    case .int16: 2
    case .int64: 8
    default: 4
    }
  }
}

/// Writes a tree of values as a flatbuffer, front to back: whatever is pointed at comes later.
struct FlatWriter {
  private(set) var bytes: [UInt8] = []

  /// The bytes of a buffer with that root, a multiple of eight long.
  static func write(_ root: FlatValue) -> [UInt8] {
    var writer = FlatWriter()
    writer.append(0 as UInt32)
    writer.patch(0, to: writer.append(root))
    writer.align(8)
    return writer.bytes
  }

  private mutating func align(_ alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }

  private mutating func append<T: FixedWidthInteger>(_ value: T) {
    for k in 0..<MemoryLayout<T>.size {
      bytes.append(UInt8(truncatingIfNeeded: value >> T(truncatingIfNeeded: k * 8)))
    }
  }

  private mutating func set<T: FixedWidthInteger>(_ value: T, at position: Int) {
    for k in 0..<MemoryLayout<T>.size {
      bytes[position + k] = UInt8(truncatingIfNeeded: value >> T(truncatingIfNeeded: k * 8))
    }
  }

  /// Lets the offset at `position` lead to `target`.
  private mutating func patch(_ position: Int, to target: Int) {
    set(UInt32(truncatingIfNeeded: target - position), at: position)
  }

  /// Appends what is not stored inline and returns where it starts.
  private mutating func append(_ value: FlatValue) -> Int {
    switch value {
    case .table(let fields): return appendTable(fields)
    case .string(let text):
      align(4)
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: text.utf8.count))
      bytes.append(contentsOf: text.utf8)
      bytes.append(0)
      return start
    case .tables(let tables):
      align(4)
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: tables.count))
      for _ in tables { append(0 as UInt32) }
      for (k, table) in tables.enumerated() { patch(start + 4 + k * 4, to: append(table)) }
      return start
    case .structs(let words, let size):
      // The elements are aligned, not their number in front of them.
      while bytes.count % 8 != 4 { bytes.append(0) }
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: words.count / size))
      for word in words { append(word) }
      return start
    case .int8, .int16, .int32, .int64: return bytes.count
    }
  }

  private mutating func appendTable(_ fields: [FlatValue?]) -> Int {
    // Large fields first, so that no space is lost between them.
    let order = fields.indices.filter { fields[$0] != nil }
      .sorted { (fields[$0]?.inlineSize ?? 0) > (fields[$1]?.inlineSize ?? 0) }
    var places = [Int](repeating: 0, count: fields.count)
    var size = 4
    for k in order {
      let width = fields[k]?.inlineSize ?? 0
      size = (size + width - 1) / width * width
      places[k] = size
      size += width
    }
    align(2)
    let slots = bytes.count
    append(UInt16(truncatingIfNeeded: 4 + 2 * fields.count))
    append(UInt16(truncatingIfNeeded: size))
    for place in places { append(UInt16(truncatingIfNeeded: place)) }
    align(8)
    let start = bytes.count
    append(Int32(truncatingIfNeeded: start - slots))
    bytes.append(contentsOf: repeatElement(0, count: size - 4))
    for k in order {
      let position = start + places[k]
      switch fields[k] {
      case .int8(let value): set(value, at: position)
      case .int16(let value): set(value, at: position)
      case .int32(let value): set(value, at: position)
      case .int64(let value): set(value, at: position)
      case .some(let value): patch(position, to: append(value))
      case .none: break
      }
    }
    return start
  }
}
