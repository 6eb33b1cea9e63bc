import CArrowShim
import ColumnarCore

/// The nodes and buffers of arrays of another library, in the order of Arrow messages and with
/// offsets applied, so that they are decoded as messages are.
///
/// The C interface says no sizes: that buffers are as long as their arrays need is the exporter's
/// promise. All else is checked.
struct ForeignParts {
  /// Bytes, and where the first bit is for those that are bits.
  struct Piece {
    var buffer: Buffer
    var bit = 0
    /// Whether there is such a buffer.
    var isPresent = true
  }

  private(set) var nodes: [IPCBody.Node] = []
  private(set) var pieces: [Piece] = []
  private(set) var blockCounts: [Int] = []
  /// The dictionaries of the arrays, by the numbers that the schema gave them.
  private(set) var dictionaries: [Int64: IPCDictionary] = [:]
  private let owner: BufferOwner
  private let origin: IPCOrigin
  private let decoder: IPCDecoder

  init(_ owner: BufferOwner, _ origin: IPCOrigin, _ decoder: IPCDecoder) {
    self.owner = owner
    self.origin = origin
    self.decoder = decoder
  }

  /// Adds a column: the rows `window` of an array, or all.
  mutating func add(
    _ field: IPCField, _ pointer: UnsafePointer<ArrowArray>?, window: Range<Int>? = nil
  ) throws {
    guard let array = pointer?.pointee, array.release != nil else {
      throw origin.corrupt("the array of column \"\(field.name)\" is missing or was released")
    }
    let rows = try rows(array, field, window)
    // Counted for the whole array; of a part nobody knows.
    let nulls = window == nil || rows.count == array.length ? array.null_count : -1
    nodes.append(
      IPCBody.Node(
        count: rows.count, nullCount: Int(clamping: nulls),
        offset: field.type == .runs && field.codes == nil ? rows.lowerBound : 0))
    if let codes = field.codes {
      try addCodes(field, codes, array, rows)
    } else {
      try addBuffers(field, array, rows)
      try addChildren(field, array, rows)
    }
  }

  /// The rows of the array's memory that are meant.
  private func rows(
    _ array: ArrowArray, _ field: IPCField, _ window: Range<Int>?
  ) throws -> Range<Int> {
    guard array.length >= 0, array.offset >= 0, array.length <= 1 << 48, array.offset <= 1 << 48
    else {
      throw origin.corrupt(
        "column \"\(field.name)\" has \(array.length) rows from row \(array.offset) on")
    }
    let (offset, length) = (Int(array.offset), Int(array.length))
    let window = window ?? 0..<length
    guard window.upperBound <= length else {
      throw origin.corrupt(
        "column \"\(field.name)\" has \(length) rows where \(window.upperBound) are needed")
    }
    guard window.count <= Int32.max else {
      throw origin.unsupported(
        "comes in batches of more than \(Int32.max) values", hint: "Have it cut into smaller ones.")
    }
    return (offset + window.lowerBound)..<(offset + window.upperBound)
  }

  private mutating func addCodes(
    _ field: IPCField, _ codes: IPCField.Codes, _ array: ArrowArray, _ rows: Range<Int>
  ) throws {
    try expect(2, array, field)
    try addValidity(array, rows, field)
    try addValues(array, rows, width: codes.type.width ?? 4, field)
    var parts = ForeignParts(owner, origin, decoder)
    try parts.add(field.values, array.dictionary)
    var body = IPCBody(parts, rows: 0, origin)
    let values = try decoder.column(field.values, &body, isTop: false) { parts.dictionaries[$0] }
    dictionaries[codes.id] = try IPCDictionary(values, origin)
  }

  private mutating func addBuffers(
    _ field: IPCField, _ array: ArrowArray, _ rows: Range<Int>
  ) throws {
    switch field.type {
    case .null, .runs: return
    case .bytes(_, .view): return try addViews(array, rows, field)
    case .structure, .fixedSizeList: try expect(1, array, field)
    case .bytes, .listView: try expect(3, array, field)
    default: try expect(2, array, field)
    }
    try addValidity(array, rows, field)
    switch field.type {
    case .bool: try addBits(array, rows, field)
    case .fixed(let type): try addValues(array, rows, width: type.physical.width ?? 8, field)
    case .half: try addValues(array, rows, width: 2, field)
    case .time32: try addValues(array, rows, width: 4, field)
    case .date64: try addValues(array, rows, width: 8, field)
    case .decimal(_, let bits): try addValues(array, rows, width: bits / 8, field)
    case .fixedBytes(let width): try addValues(array, rows, width: width, field)
    case .bytes(_, .offset32): try addText(array, rows, Int32.self, field)
    case .bytes: try addText(array, rows, Int64.self, field)
    case .list(let reference):
      try addValues(array, rows, width: reference == .offset32 ? 4 : 8, extra: 1, field)
    case .listView(let reference):
      for buffer in 1...2 {
        try addValues(array, rows, width: reference == .offset32 ? 4 : 8, buffer: buffer, field)
      }
    case .null, .structure, .fixedSizeList, .runs: break
    }
  }

  private mutating func addChildren(
    _ field: IPCField, _ array: ArrowArray, _ rows: Range<Int>
  ) throws {
    guard array.n_children == field.children.count else {
      throw origin.corrupt(
        "column \"\(field.name)\" has \(array.n_children) parts, not \(field.children.count)")
    }
    for (k, child) in field.children.enumerated() {
      let pointer = UnsafePointer(array.children?[k])
      switch field.type {
      case .structure: try add(child, pointer, window: rows)
      case .fixedSizeList(let size):
        let (last, isHuge) = rows.upperBound.multipliedReportingOverflow(by: size)
        guard !isHuge else { throw origin.corrupt("column \"\(field.name)\" is too long") }
        try add(child, pointer, window: (rows.lowerBound * size)..<last)
      default: try add(child, pointer)
      }
    }
  }

  private func expect(_ count: Int, _ array: ArrowArray, _ field: IPCField) throws {
    guard array.n_buffers == count, array.buffers != nil else {
      throw origin.corrupt(
        "column \"\(field.name)\" has \(array.n_buffers) buffers where \(count) belong")
    }
  }

  /// `count` bytes of a buffer from `start` on; a missing one has none.
  private func bytes(
    _ array: ArrowArray, _ number: Int, _ start: Int, _ count: Int, _ field: IPCField
  ) throws -> Buffer {
    if count == 0 { return .empty }
    guard let base = array.buffers?[number] else {
      throw origin.corrupt("column \"\(field.name)\" lacks a buffer")
    }
    return Buffer(owner: owner, start: base + start, count: count)
  }

  private mutating func addValidity(
    _ array: ArrowArray, _ rows: Range<Int>, _ field: IPCField
  ) throws {
    guard array.buffers?[0] != nil else {
      guard array.null_count <= 0 || rows.isEmpty else {
        throw origin.corrupt(
          "column \"\(field.name)\" has \(array.null_count) nulls and no buffer that says which")
      }
      return pieces.append(Piece(buffer: .empty, isPresent: false))
    }
    try addBits(array, rows, field, buffer: 0)
  }

  private mutating func addBits(
    _ array: ArrowArray, _ rows: Range<Int>, _ field: IPCField, buffer: Int = 1
  ) throws {
    let first = rows.lowerBound / 8
    let count = rows.isEmpty ? 0 : (rows.upperBound + 7) / 8 - first
    pieces.append(
      Piece(buffer: try bytes(array, buffer, first, count, field), bit: rows.lowerBound % 8))
  }

  private mutating func addValues(
    _ array: ArrowArray, _ rows: Range<Int>, width: Int, extra: Int = 0, buffer: Int = 1,
    _ field: IPCField
  ) throws {
    let (end, isHuge) = (rows.upperBound + extra).multipliedReportingOverflow(by: width)
    guard !isHuge else { throw origin.corrupt("column \"\(field.name)\" is too long") }
    let start = rows.lowerBound * width
    // Without rows there need not be offsets.
    let count = rows.isEmpty ? 0 : end - start
    pieces.append(Piece(buffer: try bytes(array, buffer, start, count, field)))
  }

  /// Offsets, and the bytes that they lead into, which end where the last of them says.
  private mutating func addText<T: FixedWidthInteger & BitwiseCopyable>(
    _ array: ArrowArray, _ rows: Range<Int>, _: T.Type, _ field: IPCField
  ) throws {
    let width = MemoryLayout<T>.size
    try addValues(array, rows, width: width, extra: 1, field)
    guard !rows.isEmpty, let offsets = pieces.last?.buffer else {
      return pieces.append(Piece(buffer: .empty))
    }
    let end = offsets.start.loadUnaligned(fromByteOffset: rows.count * width, as: T.self)
    guard end >= 0, end <= 1 << 48 else {
      throw origin.corrupt("the values of column \"\(field.name)\" end at byte \(end)")
    }
    pieces.append(Piece(buffer: try bytes(array, 2, 0, Int(end), field)))
  }

  /// Views, their blocks, and behind them the lengths of the blocks.
  private mutating func addViews(
    _ array: ArrowArray, _ rows: Range<Int>, _ field: IPCField
  ) throws {
    let blocks = Int(clamping: array.n_buffers) - 3
    guard blocks >= 0, blocks <= Int32.max, array.buffers != nil else {
      throw origin.corrupt("column \"\(field.name)\" of views has \(array.n_buffers) buffers")
    }
    try addValidity(array, rows, field)
    try addValues(array, rows, width: 16, field)
    blockCounts.append(blocks)
    guard blocks > 0 else { return }
    guard let lengths = array.buffers?[blocks + 2] else {
      throw origin.corrupt("column \"\(field.name)\" lacks the lengths of its blocks")
    }
    for block in 0..<blocks {
      let length = lengths.loadUnaligned(fromByteOffset: block * 8, as: Int64.self)
      guard length >= 0, length <= 1 << 48 else {
        throw origin.corrupt("a block of column \"\(field.name)\" has \(length) bytes")
      }
      pieces.append(Piece(buffer: try bytes(array, block + 2, 0, Int(length), field)))
    }
  }
}
