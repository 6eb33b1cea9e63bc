import ColumnarCore

/// The levels of a page, a byte each.
struct ParquetLevels {
  /// More values than this in one page of a nested column are refused: it has some thousand as a
  /// rule, and levels of a billion fit some bytes.
  static let pageLimit = 1 << 26

  let definitions: Buffer
  /// Nil where the column is in no list.
  let repetitions: Buffer?
  /// How many of them were read.
  var position = 0
  let count: Int

  init(
    _ page: ParquetPage, _ leaf: ParquetLeaf, _ bytes: ParquetPageBytes, _ origin: ParquetOrigin
  ) throws {
    count = page.valueCount
    guard count <= Self.pageLimit else { throw origin.tooLarge("a page has \(count) values") }
    definitions = try Self.read(bytes.definitions, count, leaf.definition, origin)
    repetitions =
      try leaf.repetition > 0
      ? Self.read(bytes.repetitions, count, leaf.repetition, origin) : nil
    guard let repetitions, let rows = page.rowCount else { return }
    // Other pages are found by how many rows this one is said to have.
    let found = repetitions.withBytes { $0.reduce(0) { $0 + ($1 == 0 ? 1 : 0) } }
    guard found == rows else {
      throw origin.corrupt("a page is said to have \(rows) rows and has \(found)")
    }
  }

  private static func read(
    _ runs: HybridDecoder?, _ count: Int, _ most: Int, _ origin: ParquetOrigin
  ) throws -> Buffer {
    guard var runs else { return MutableBuffer(zeroed: count).freeze() }
    let memory = MutableBuffer(count: count)
    let levels = memory.pointer(as: UInt8.self)
    try runs.read(count, into: levels)
    var largest: UInt8 = 0
    for k in 0..<count { largest = max(largest, levels[k]) }
    guard largest <= most else {
      throw origin.corrupt("level \(largest) where \(most) is the most")
    }
    return memory.freeze()
  }
}
