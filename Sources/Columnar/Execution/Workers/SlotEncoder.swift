import ColumnarCore

/// Lays columns out in Arrow's physical layout in one piece of memory, with one copy.
///
/// First comes a description of the columns, then their buffers, each aligned to 64 bytes. `plan` finds out what goes
/// where; `write` copies. Only the rows of a column's window are written: offsets of lists start at zero, and texts
/// longer than a view holds stand close together in one block.
struct SlotEncoder {
  /// One buffer to be written.
  private enum Piece {
    case bytes(UnsafeRawPointer, Int)
    case bits(Bitmap)
    case views(UnsafePointer<ByteView>, Int, blocks: [UnsafeRawPointer], longBytes: Int)
    case offsets(UnsafePointer<Int64>, Int)
  }

  private let columns: [Column]
  private var pieces: [(offset: Int, piece: Piece)] = []
  private var description = WireWriter()
  /// Counted from the end of the description.
  private var end = 0
  /// Plain forms of columns that were not, kept alive for `write`.
  private var kept: [Column] = []

  /// Plans the columns; an opaque one is an error.
  init(_ columns: [Column], count: Int) throws {
    self.columns = columns
    description.write(columns.count)
    description.write(count)
    for column in columns { try plan(column) }
  }

  private var start: Int { Self.aligned(description.bytes.count + 8) }

  /// The bytes that `write` fills.
  var byteCount: Int { start + end }

  private static func aligned(_ count: Int) -> Int { (count + 63) & ~63 }

  private mutating func add(_ piece: Piece, _ count: Int) {
    description.write(end)
    description.write(count)
    if count > 0 { pieces.append((end, piece)) }
    end += Self.aligned(count)
  }

  private mutating func plan(_ column: Column) throws {
    let column = Self.isWorthCoding(column) ? column : column.decoded()
    kept.append(column)
    description.write(column.type)
    description.write(column.count)
    switch column.encoding {
    case .constant:
      description.write(1)
      try plan(column.storage.children[0])
    case .dictionary:
      description.write(2)
      plan(column.validity)
      add(.bytes(column.storage.values.start + column.offset * 4, column.count * 4), column.count * 4)
      try plan(column.storage.children[0])
    case .plain:
      description.write(0)
      try planPlain(column)
    }
  }

  /// Whether codes are smaller than what they stand for.
  private static func isWorthCoding(_ column: Column) -> Bool {
    switch column.encoding {
    case .plain: true
    case .constant: column.type.physical != .null
    case .dictionary: column.storage.children[0].count <= column.count
    }
  }

  private mutating func plan(_ validity: Bitmap?) {
    description.write(validity != nil)
    if let validity { add(.bits(validity), validity.wordCount * 8) }
  }

  private mutating func planPlain(_ column: Column) throws {
    let (count, offset) = (column.count, column.offset)
    if column.type.physical != .null { plan(column.validity) }
    switch column.type.physical {
    case .null: break
    case .bool:
      let bits = column.bits
      add(.bits(bits), bits.wordCount * 8)
    case .bytes: try planBytes(column)
    case .list:
      let offsets = column.storage.values.pointer(as: Int64.self) + offset
      add(.offsets(offsets, count), (count + 1) * 8)
      let (first, last) = count == 0 ? (0, 0) : (Int(offsets[0]), Int(offsets[count]))
      try plan(column.storage.children[0].slice(first..<last))
    case .fixedSizeList:
      guard case .fixedSizeList(_, let size) = column.type.kind else { return }
      try plan(column.storage.children[0].slice((offset * size)..<((offset + count) * size)))
    case .structure: for child in column.structChildren { try plan(child) }
    case .opaque:
      throw ColumnarError(
        .unsupported,
        "Values of \(column.type) live in one process only, so they cannot go to a worker process or "
          + "come from one. Run the function with isolation .thread, or give it columns of a type that "
          + "is stored as bytes.")
    default:
      let width = column.type.physical.width ?? 0
      add(.bytes(column.storage.values.start + offset * width, count * width), count * width)
    }
  }

  private mutating func planBytes(_ column: Column) throws {
    let views = column.storage.values.pointer(as: ByteView.self) + column.offset
    var longBytes = 0
    for row in 0..<column.count {
      let count = views[row].count
      longBytes &+= count > ByteView.inlineLimit ? count : 0
    }
    guard longBytes <= Int(UInt32.max) else {
      throw ColumnarError(
        .resourcesExhausted,
        "A batch for a worker process holds \(longBytes) bytes of text in one column, more than 4 GB. "
          + "Set batchSize or maxBatchBytes.")
    }
    add(
      .views(
        views, column.count, blocks: column.storage.blocks.map(\.start), longBytes: longBytes),
      column.count * 16)
    // The block follows the views; `write` fills both.
    description.write(end)
    description.write(longBytes)
    end += Self.aligned(longBytes)
  }

  /// Writes the description and all buffers; `target` has room for `byteCount` bytes and begins at a
  /// multiple of 64.
  func write(to target: UnsafeMutableRawPointer) {
    target.storeBytes(of: Int64(description.bytes.count), as: Int64.self)
    description.bytes.withUnsafeBytes {
      if let bytes = $0.baseAddress { (target + 8).copyMemory(from: bytes, byteCount: $0.count) }
    }
    let base = target + start
    withExtendedLifetime((columns, kept)) {
      for (offset, piece) in pieces { Self.write(piece, to: base + offset) }
    }
  }

  private static func write(_ piece: Piece, to target: UnsafeMutableRawPointer) {
    switch piece {
    case .bytes(let source, let count): target.copyMemory(from: source, byteCount: count)
    case .bits(let bits):
      let words = target.assumingMemoryBound(to: UInt64.self)
      for k in 0..<bits.wordCount { words[k] = bits.word(k) }
    case .offsets(let source, let count):
      let offsets = target.assumingMemoryBound(to: Int64.self)
      let first = count == 0 ? 0 : source[0]
      offsets[0] = 0
      for k in 0..<count { offsets[k &+ 1] = source[k &+ 1] &- first }
    case .views(let source, let count, let blocks, let longBytes):
      guard longBytes > 0 else {
        return target.copyMemory(from: source, byteCount: count * 16)
      }
      write(source, count, blocks, to: target, block: target + aligned(count * 16))
    }
  }

  private static func write(
    _ source: UnsafePointer<ByteView>, _ count: Int, _ blocks: [UnsafeRawPointer],
    to target: UnsafeMutableRawPointer, block: UnsafeMutableRawPointer
  ) {
    let views = target.assumingMemoryBound(to: ByteView.self)
    var used = 0
    blocks.withUnsafeBufferPointer { blocks in
      for row in 0..<count {
        let view = source[row]
        if view.isInline {
          views[row] = view
        } else {
          let length = view.count
          (block + used).copyMemory(from: blocks[view.block] + view.offset, byteCount: length)
          views[row] = ByteView(low: view.low, high: UInt64(truncatingIfNeeded: used) &<< 32)
          used &+= length
        }
      }
    }
  }
}
