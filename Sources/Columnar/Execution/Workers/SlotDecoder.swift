import ColumnarCore

/// Reads columns that a `SlotEncoder` wrote, in place: their buffers are the memory they stand in.
///
/// Counts and offsets are checked against the memory's length, so that a damaged description is an error.
struct SlotDecoder {
  private let memory: Buffer
  private let base: Int
  private var reader: WireReader

  /// The columns in `memory`, which they keep alive, and the number of rows.
  static func columns(in memory: Buffer) throws -> (columns: [Column], count: Int) {
    try memory.withBytes { bytes in
      guard bytes.count >= 8 else { throw WireReader.broken }
      let length = Int(bytes.loadUnaligned(as: Int64.self))
      guard length >= 0, length <= bytes.count - 8 else { throw WireReader.broken }
      let description = UnsafeRawBufferPointer(rebasing: bytes[8..<(8 + length)])
      var decoder = SlotDecoder(
        memory: memory, base: (length + 8 + 63) & ~63, reader: WireReader(description))
      let columns = try decoder.reader.length()
      let count = try decoder.reader.int()
      return (
        try (0..<columns).map { _ in
          let column = try decoder.column()
          guard column.count == count else { throw WireReader.broken }
          return column
        }, count
      )
    }
  }

  private mutating func buffer(atLeast least: Int) throws -> Buffer {
    let (offset, count) = (try reader.int(), try reader.int())
    let room = memory.count - base
    guard offset >= 0, count >= least, offset <= room, count <= room - offset else {
      throw WireReader.broken
    }
    return memory.slice((base + offset)..<(base + offset + count))
  }

  private mutating func validity(_ count: Int) throws -> Buffer? {
    try reader.bool() ? try buffer(atLeast: (count + 7) / 8) : nil
  }

  private mutating func column() throws -> Column {
    let type = try reader.dataType()
    let count = try reader.int()
    guard count >= 0, count <= SharedMemory.windowSize else { throw WireReader.broken }
    switch try reader.int() {
    case 0: return try plain(type, count)
    case 1:
      let value = try column()
      guard value.count == 1 else { throw WireReader.broken }
      return .constant(value, count: count)
    case 2:
      let validity = try validity(count)
      let codes = try buffer(atLeast: count * 4)
      let values = try column()
      return Column(
        storage: ColumnStorage(
          type: type, encoding: .dictionary, validity: validity, values: codes, children: [values]),
        count: count)
    default: throw WireReader.broken
    }
  }

  private mutating func plain(_ type: DataType, _ count: Int) throws -> Column {
    if type.physical == .null { return .nulls(count) }
    let validity = try validity(count)
    var values = Buffer.empty
    var blocks: [Buffer] = []
    var children: [Column] = []
    switch type.physical {
    case .bool: values = try buffer(atLeast: (count + 7) / 8)
    case .bytes:
      values = try buffer(atLeast: count * 16)
      let block = try buffer(atLeast: 0)
      if block.count > 0 { blocks = [block] }
    case .list:
      values = try buffer(atLeast: (count + 1) * 8)
      let elements = try column()
      let last = values.pointer(as: Int64.self)[count]
      guard last == elements.count else { throw WireReader.broken }
      children = [elements]
    case .fixedSizeList:
      guard case .fixedSizeList(_, let size) = type.kind else { throw WireReader.broken }
      let elements = try column()
      guard elements.count == count * size else { throw WireReader.broken }
      children = [elements]
    case .structure:
      for _ in type.fields ?? [] {
        let child = try column()
        guard child.count == count else { throw WireReader.broken }
        children.append(child)
      }
    default: values = try buffer(atLeast: count * (type.physical.width ?? 0))
    }
    return Column(
      storage: ColumnStorage(
        type: type, validity: validity, values: values, blocks: blocks, children: children),
      count: count)
  }
}
