import ColumnarCore

/// The nodes and buffers of one record batch, taken one after the other, each checked.
struct IPCBody {
  let origin: IPCOrigin
  private let body: Buffer
  private let nodes: FlatVector
  private let buffers: FlatVector
  private let blockCounts: FlatVector
  private var node = 0
  private var buffer = 0
  private var blockCount = 0
  /// The bytes that buffers may still take up together.
  private var allowance: Int

  /// The number of rows that the batch says it has.
  let rows: Int

  /// One node: the rows of a column and its nulls.
  struct Node {
    let count: Int
    let nullCount: Int
  }

  /// The parts of a `RecordBatch` table over its body.
  init(_ table: FlatTable, body: Buffer, _ origin: IPCOrigin) throws {
    self.body = body
    self.origin = origin
    if let compression = try table.table(3) {
      let codec = try compression.integer(0, default: 0 as Int8)
      let name = codec == 0 ? "LZ4" : codec == 1 ? "ZSTD" : "an unknown codec"
      throw origin.unsupported(
        "is compressed with \(name), which is not read yet", hint: "Write it without compression.")
    }
    nodes = try table.vector(1, stride: 16)
    buffers = try table.vector(2, stride: 16)
    blockCounts = try table.vector(4, stride: 8)
    // Buffers don't overlap; some room is left to writers that let columns share one. Without a
    // bound, a small file could name one large buffer a million times and have it looked at each time.
    allowance = body.count.multipliedReportingOverflow(by: 4).partialValue
    let rows = try table.integer(0, default: 0 as Int64)
    self.rows = try Self.count(rows, origin, "a batch has \(rows) rows")
  }

  private static func count(_ value: Int64, _ origin: IPCOrigin, _ what: String) throws -> Int {
    guard value >= 0 else { throw origin.corrupt(what) }
    guard value <= Int32.max else {
      throw origin.unsupported(
        "is written in batches of more than \(Int32.max) values", hint: "Write smaller batches.")
    }
    return Int(value)
  }

  mutating func nextNode() throws -> Node {
    let count = try nodes.integer(node)
    let nulls = try nodes.integer(node, byte: 8)
    node += 1
    let checked = try Self.count(count, origin, "a column has \(count) rows")
    guard nulls >= 0, nulls <= count else {
      throw origin.corrupt("a column of \(count) rows has \(nulls) nulls")
    }
    return Node(count: checked, nullCount: Int(nulls))
  }

  /// The next buffer, which must hold `needed` bytes, at an address that is a multiple of
  /// `alignment`: a misaligned one is copied.
  mutating func nextBuffer(_ needed: Int, alignment: Int = 1) throws -> Buffer {
    let offset = try buffers.integer(buffer)
    let length = try buffers.integer(buffer, byte: 8)
    buffer += 1
    guard offset >= 0, length >= 0, length <= body.count, Int(offset) <= body.count - Int(length)
    else {
      throw origin.corrupt("a buffer of \(length) bytes at \(offset) lies outside its message")
    }
    allowance -= Int(length)
    guard allowance >= 0 else { throw origin.corrupt("its buffers overlap") }
    guard Int(length) >= needed else {
      throw origin.corrupt(
        "a buffer has \(length) bytes where \(needed) are needed", at: Int(offset))
    }
    let found = body.slice(Int(offset)..<Int(offset + length))
    return found.aligned(to: alignment)
  }

  /// The validity of a column; nil without nulls.
  mutating func nextValidity(_ node: Node) throws -> Bitmap? {
    guard node.nullCount > 0 else {
      _ = try nextBuffer(0)
      return nil
    }
    let bits = Bitmap(
      buffer: try nextBuffer((node.count + 7) / 8), count: node.count)
    guard node.count - bits.setCount == node.nullCount else {
      throw origin.corrupt(
        "a column says it has \(node.nullCount) nulls and has \(node.count - bits.setCount)")
    }
    return bits
  }

  /// The number of blocks that the next column of views has.
  mutating func nextBlockCount() throws -> Int {
    let count = try blockCounts.integer(blockCount)
    blockCount += 1
    guard count >= 0, count <= buffers.count - buffer else {
      throw origin.corrupt("a column of views has \(count) blocks")
    }
    return Int(count)
  }

  /// Passes over the parts of a column that is not wanted.
  mutating func skip(_ field: IPCField) throws {
    node += 1
    if field.codes != nil {
      buffer += 2
      return
    }
    switch field.type {
    case .null: break
    case .bytes(_, .view): buffer += 2 + (try skippedBlocks())
    case .bytes: buffer += 3
    case .structure, .fixedSizeList: buffer += 1
    case .bool, .fixed, .half, .date64, .time32, .decimal, .fixedBytes, .list: buffer += 2
    }
    for child in field.children { try skip(child) }
  }

  private mutating func skippedBlocks() throws -> Int {
    buffer += 2
    defer { buffer -= 2 }
    return try nextBlockCount()
  }
}

extension Buffer {
  /// These bytes at an address that is a multiple of `alignment`, copied if they are not.
  fileprivate func aligned(to alignment: Int) -> Buffer {
    if count == 0 || Int(bitPattern: start) % alignment == 0 { return self }
    return withBytes { Buffer(copying: $0) }
  }
}
