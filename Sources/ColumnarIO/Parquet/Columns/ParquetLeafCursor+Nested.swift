import ColumnarCore

/// Some rows of a leaf in a list or struct: its slots, and the levels that say what is around them.
struct ParquetLeafRows {
  /// A row for each slot of the leaf.
  let column: Column
  let definitions: Buffer
  /// Nil where the leaf is in no list.
  let repetitions: Buffer?
  /// The number of levels.
  let count: Int
}

extension ParquetLeafCursor {
  /// What one read may gather; lists of nothing take no bytes in a file, but memory here.
  private static let entryLimit = 1 << 27

  /// The next `rows` rows of a leaf inside of something.
  func readNested(_ rows: Int) throws -> ParquetLeafRows {
    try settleNested()
    var gathered = Gathered(leaf, capacity: rows)
    var started = 0
    while started < rows || leaf.repetition > 0 {
      // A page that tells its rows begins with a whole one.
      if started == rows, upcoming?.rowCount != nil { break }
      guard try openPage(), var page = self.page, var levels = page.levels else {
        if started == rows { break }
        throw ended(rows - started)
      }
      let taken = try take(rows, &started, levels)
      if taken == 0 { break }
      try gathered.append(levels, taken, leaf, page.values, self)
      guard gathered.count <= Self.entryLimit else {
        throw origin.tooLarge("\(rows) rows have more than \(Self.entryLimit) elements")
      }
      levels.position += taken
      page.left -= taken
      page.levels = levels
      self.page = page
    }
    return try gathered.finish(leaf, origin)
  }

  /// How many of a page's next values belong to the first `rows` rows, of which `started` began
  /// before; that is moved on.
  private func take(_ rows: Int, _ started: inout Int, _ levels: ParquetLevels) throws -> Int {
    let left = levels.count - levels.position
    guard let repetitions = levels.repetitions else {
      let taken = min(rows - started, left)
      started += taken
      return taken
    }
    let bytes = repetitions.pointer(as: UInt8.self)
    guard started > 0 || bytes[levels.position] == 0 else {
      throw origin.corrupt("rows that go on where none began")
    }
    var at = levels.position
    while at < levels.count {
      if bytes[at] == 0 {
        if started == rows { break }
        started &+= 1
      }
      at &+= 1
    }
    withExtendedLifetime(repetitions) {}
    return at - levels.position
  }

  /// Leaves out the rows that are to be skipped.
  private func settleNested() throws {
    guard pendingSkip > 0 else { return }
    var started = 0
    while started < pendingSkip || leaf.repetition > 0 {
      if started == pendingSkip, upcoming?.rowCount != nil { break }
      if let rows = upcoming.flatMap({ leaf.repetition > 0 ? $0.rowCount : $0.valueCount }),
        rows <= pendingSkip - started
      {
        // A page that tells its rows begins and ends with whole ones.
        started += rows
        skipPage()
        continue
      }
      guard try openPage(), var page = self.page, var levels = page.levels else {
        if started == pendingSkip { break }
        throw ended(pendingSkip - started)
      }
      let taken = try take(pendingSkip, &started, levels)
      if taken == 0 { break }
      let definitions = levels.definitions.pointer(as: UInt8.self) + levels.position
      var valid = 0
      for k in 0..<taken { valid &+= definitions[k] == leaf.definition ? 1 : 0 }
      if leaf.conversion != .null { try skipValues(valid, of: page.values) }
      levels.position += taken
      page.left -= taken
      page.levels = levels
      self.page = page
    }
    pendingSkip = 0
  }
}

/// Slots and levels put together from pieces of pages.
private struct Gathered: ~Copyable {
  private var definitions: MutableBuffer
  private var repetitions: MutableBuffer
  private var values: MutableBuffer
  private var validity: BitmapBuilder
  private var blocks: [Buffer] = []
  private var slots = 0
  private(set) var count = 0

  init(_ leaf: ParquetLeaf, capacity: Int) {
    definitions = MutableBuffer(capacity: capacity)
    repetitions = MutableBuffer(capacity: leaf.repetition > 0 ? capacity : 0)
    values = MutableBuffer(capacity: capacity * leaf.width)
    validity = BitmapBuilder(capacity: capacity)
  }

  /// Appends the next `taken` levels of a page and the values that they tell of.
  mutating func append(
    _ levels: ParquetLevels, _ taken: Int, _ leaf: ParquetLeaf, _ decoder: any ValueDecoder,
    _ cursor: ParquetLeafCursor
  ) throws {
    let range = levels.position..<(levels.position + taken)
    levels.definitions.slice(range).withBytes { definitions.append(contentsOf: $0) }
    levels.repetitions?.slice(range).withBytes { repetitions.append(contentsOf: $0) }
    count += taken
    let source = levels.definitions.pointer(as: UInt8.self) + levels.position
    let (full, least) = (UInt8(leaf.definition), UInt8(leaf.slotDefinition))
    var bits = BitmapBuilder(capacity: taken)
    for k in 0..<taken where source[k] >= least { bits.append(source[k] == full) }
    withExtendedLifetime(levels) {}
    let added = bits.count
    let valid = added - bits.clearCount
    slots += added
    let piece = bits.finish()
    validity.append(piece)
    if leaf.conversion == .null { return try cursor.requireNone(valid) }
    values.reserve(added * leaf.width)
    let target = values.start + values.count
    try decoder.read(valid, into: target, blocks: &blocks)
    if valid < added { Spreading.spread(target, width: leaf.width, valid: valid, piece) }
    values.count += added * leaf.width
  }

  consuming func finish(_ leaf: ParquetLeaf, _ origin: ParquetOrigin) throws -> ParquetLeafRows {
    let (count, slots, blocks) = (count, slots, blocks)
    let hasNulls = validity.clearCount > 0
    let bits = validity.finish()
    let column = try leaf.column(
      values.freeze(), blocks, hasNulls ? bits : nil, slots, origin)
    return ParquetLeafRows(
      column: column,
      definitions: definitions.freeze(),
      repetitions: leaf.repetition > 0 ? repetitions.freeze() : nil, count: count)
  }
}
