import ColumnarCore

/// The nodes and buffers of one record batch, taken one after the other, each checked.
struct IPCBody {
  /// Where they come from.
  private enum Source {
    case message(IPCParts)
    /// Arrays of another library, brought into the order of messages.
    case foreign(ForeignParts)
  }

  /// The parts of a message.
  private struct IPCParts {
    let body: Buffer
    let nodes: FlatVector
    let buffers: FlatVector
    let blockCounts: FlatVector
    /// Set where the buffers are packed.
    let inflater: IPCInflater?
  }

  let origin: IPCOrigin
  private let source: Source
  private var node = 0
  private var buffer = 0
  private var blockCount = 0
  /// The bytes that buffers may still take up together.
  private var allowance = Int.max
  /// Whether run-end encoded columns have a validity, which says nothing: in messages of metadata
  /// version 4 all columns but nulls do.
  private var runsHaveValidity = false

  /// The number of rows that the batch says it has.
  let rows: Int

  /// One node: the rows of a column and its nulls.
  struct Node {
    let count: Int
    /// -1 where nobody counted them, which no message says.
    let nullCount: Int
    /// The row of the runs to begin with, of a run-end encoded column in foreign memory.
    var offset = 0
  }

  /// The parts of a `RecordBatch` table over its body; `isOld` in metadata version 4.
  init(_ table: FlatTable, body: Buffer, _ origin: IPCOrigin, isOld: Bool = false) throws {
    self.origin = origin
    runsHaveValidity = isOld
    source = .message(
      IPCParts(
        body: body, nodes: try table.vector(1, stride: 16),
        buffers: try table.vector(2, stride: 16), blockCounts: try table.vector(4, stride: 8),
        inflater: try Self.inflater(try table.table(3), origin)))
    // Buffers don't overlap; some room is left to writers that let columns share one. Without a
    // bound, a small file could name one large buffer a million times and have it looked at each time.
    allowance = body.count.multipliedReportingOverflow(by: 4).partialValue
    let rows = try table.integer(0, default: 0 as Int64)
    self.rows = try Self.count(rows, origin, "a batch has \(rows) rows")
  }

  /// Arrays of another library.
  init(_ parts: ForeignParts, rows: Int, _ origin: IPCOrigin) {
    self.origin = origin
    self.rows = rows
    source = .foreign(parts)
  }

  private static func inflater(
    _ compression: FlatTable?, _ origin: IPCOrigin
  ) throws -> IPCInflater? {
    guard let compression else { return nil }
    let number = try compression.integer(0, default: 0 as Int8)
    guard let codec = IPCCodec(rawValue: number),
      try compression.integer(1, default: 0 as Int8) == 0
    else {
      throw origin.unsupported(
        "is compressed in a way (codec \(number)) that is not known here",
        hint: "Have it written with LZ4, ZSTD or no compression.")
    }
    return try IPCInflater(codec, origin)
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
    defer { node += 1 }
    guard case .message(let parts) = source else { return try foreign(\.nodes, node) }
    let count = try parts.nodes.integer(node)
    let nulls = try parts.nodes.integer(node, byte: 8)
    let checked = try Self.count(count, origin, "a column has \(count) rows")
    guard nulls >= 0, nulls <= count else {
      throw origin.corrupt("a column of \(count) rows has \(nulls) nulls")
    }
    return Node(count: checked, nullCount: Int(nulls))
  }

  /// An element of a list of the foreign parts.
  private func foreign<Element>(
    _ list: KeyPath<ForeignParts, [Element]>, _ index: Int
  ) throws -> Element {
    guard case .foreign(let parts) = source, parts[keyPath: list].indices.contains(index) else {
      throw origin.corrupt("it has fewer parts than its schema asks for")
    }
    return parts[keyPath: list][index]
  }

  /// The next buffer, which must hold `needed` bytes, at an address that is a multiple of
  /// `alignment`: a misaligned one is copied.
  ///
  /// Of a packed one no more bytes are unpacked.
  mutating func nextBuffer(_ needed: Int, alignment: Int = 1) throws -> Buffer {
    try nextBuffer(needed, upTo: needed).aligned(to: alignment)
  }

  /// The next buffer, whose length follows from nothing but itself; what lies beyond `most` bytes is
  /// not looked at.
  mutating func nextData(upTo most: Int = .max) throws -> Buffer { try nextBuffer(0, upTo: most) }

  private mutating func nextBuffer(_ needed: Int, upTo most: Int) throws -> Buffer {
    let number = buffer
    buffer += 1
    let found: Buffer
    switch source {
    case .foreign: found = try foreign(\.pieces, number).buffer
    case .message(let parts):
      found = try place(of: number, parts)
      if let inflater = parts.inflater, found.count > 0 {
        return needed == 0 && most == 0
          ? .empty : try inflater.unpack(found, needed: needed, most: most)
      }
    }
    guard found.count >= needed else {
      throw origin.corrupt("a buffer has \(found.count) bytes where \(needed) are needed")
    }
    return found
  }

  /// A buffer as it lies in the message.
  private mutating func place(of number: Int, _ parts: IPCParts) throws -> Buffer {
    let offset = try parts.buffers.integer(number)
    let length = try parts.buffers.integer(number, byte: 8)
    guard offset >= 0, length >= 0, length <= parts.body.count,
      Int(offset) <= parts.body.count - Int(length)
    else {
      throw origin.corrupt("a buffer of \(length) bytes at \(offset) lies outside its message")
    }
    allowance -= Int(length)
    guard allowance >= 0 else { throw origin.corrupt("its buffers overlap") }
    return parts.body.slice(Int(offset)..<Int(offset + length))
  }

  /// The next buffer as `count` bits.
  mutating func nextBits(_ count: Int) throws -> Bitmap {
    guard case .foreign = source, count > 0 else {
      return Bitmap(buffer: try nextBuffer((count + 7) / 8), count: count)
    }
    let piece = try foreign(\.pieces, buffer)
    buffer += 1
    guard (piece.bit + count + 7) / 8 <= piece.buffer.count else {
      throw origin.corrupt("a column has fewer bits than rows")
    }
    return Bitmap(buffer: piece.buffer, offset: piece.bit, count: count)
  }

  /// The validity of a column; nil without nulls.
  mutating func nextValidity(_ node: Node) throws -> Bitmap? {
    if case .foreign = source {
      guard try foreign(\.pieces, buffer).isPresent, node.nullCount != 0 else {
        buffer += 1
        return nil
      }
      return try nextBits(node.count)
    }
    guard node.nullCount > 0 else {
      _ = try nextBuffer(0)
      return nil
    }
    let bits = try nextBits(node.count)
    guard node.count - bits.setCount == node.nullCount else {
      throw origin.corrupt(
        "a column says it has \(node.nullCount) nulls and has \(node.count - bits.setCount)")
    }
    return bits
  }

  /// Passes over the validity that run-end encoded columns had once.
  mutating func passRunsValidity() {
    if runsHaveValidity { buffer += 1 }
  }

  /// The number of blocks that the next column of views has.
  mutating func nextBlockCount() throws -> Int {
    defer { blockCount += 1 }
    guard case .message(let parts) = source else {
      return try foreign(\.blockCounts, blockCount)
    }
    let count = try parts.blockCounts.integer(blockCount)
    guard count >= 0, count <= parts.buffers.count - buffer else {
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
    case .runs: passRunsValidity()
    case .structure, .fixedSizeList: buffer += 1
    case .bool, .fixed, .half, .date64, .time32, .decimal, .fixedBytes, .list: buffer += 2
    case .listView: buffer += 3
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
