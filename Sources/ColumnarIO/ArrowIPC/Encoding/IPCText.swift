import ColumnarCore

/// How the text or binary values of one column are written: which blocks, and where a value's
/// bytes lie in them.
///
/// `@unchecked Sendable`: constants only, over memory that `column` keeps alive.
final class IPCText: @unchecked Sendable {
  /// One block of the message's body.
  struct Block {
    /// The part of the column's block to copy; nil where the values are packed one by one.
    let source: Buffer?
    /// The rows whose long values are packed into it, where they are.
    let rows: Range<Int>
    let count: Int
  }

  private struct Use {
    var low = Int.max
    var high = 0
    /// What a value's offset grows by, and the block's number as it is written.
    var shift = 0
    var number = 0
  }

  let count: Int
  /// The bytes of all values that are not null.
  private(set) var totalBytes = 0
  private(set) var blocks: [Block] = []
  private let column: Column
  private let view: BytesView
  private var uses: [Use]
  private var isPacked = false
  /// Whether the views can be copied as they are.
  private var isVerbatim = false
  /// Blocks stay below this, so that all offsets are positive as Int32.
  private static let largestBlock = Int(Int32.max)

  /// Looks at a plain column; `views` are to be written, or else offsets and one run of bytes.
  init(_ column: Column, asViews: Bool) {
    self.column = column
    view = BytesView(column)
    count = column.count
    uses = [Use](repeating: Use(), count: column.storage.blocks.count)
    asViews ? planBlocks() : addLengths()
  }

  /// Calls `body` with the row and the view of every value that is not null.
  @inline(__always)
  private func forEach(_ rows: Range<Int>, _ body: (Int, ByteView) -> Void) {
    if let validity = view.validity {
      for row in rows where validity.isSet(row) { body(row, view.views[row]) }
    } else {
      for row in rows { body(row, view.views[row]) }
    }
  }

  private func addLengths() {
    var total = 0
    forEach(0..<count) { _, value in total &+= value.count }
    totalBytes = total
  }

  private func planBlocks() {
    var used = 0
    uses.withUnsafeMutableBufferPointer { uses in
      forEach(0..<count) { _, value in
        guard !value.isInline else { return }
        used &+= value.count
        uses[value.block].low = min(uses[value.block].low, value.offset)
        uses[value.block].high = max(uses[value.block].high, value.offset &+ value.count)
      }
    }
    let spans = uses.map { max(0, $0.high - $0.low) }
    let spanned = spans.reduce(0, +)
    isPacked = used * 2 < spanned || spans.contains { $0 > Self.largestBlock }
    if isPacked { return planPacking() }
    var moves = false
    for k in uses.indices where uses[k].high > 0 {
      uses[k].number = blocks.count
      uses[k].shift = -uses[k].low
      moves = moves || uses[k].low > 0 || blocks.count != k
      let part = column.storage.blocks[k].slice(uses[k].low..<uses[k].high)
      blocks.append(Block(source: part, rows: 0..<0, count: part.count))
    }
    // What stands under a null may point anywhere, so it is not handed on.
    isVerbatim = !moves && view.validity == nil
  }

  /// Cuts the rows into runs whose long values fill a block each.
  private func planPacking() {
    var (start, size) = (0, 0)
    forEach(0..<count) { row, value in
      guard !value.isInline else { return }
      if size &+ value.count > Self.largestBlock {
        blocks.append(Block(source: nil, rows: start..<row, count: size))
        (start, size) = (row, 0)
      }
      size &+= value.count
    }
    blocks.append(Block(source: nil, rows: start..<count, count: size))
  }

  func writeViews(to target: UnsafeMutablePointer<ByteView>) {
    defer { withExtendedLifetime(column) {} }
    if isVerbatim { return target.update(from: view.views, count: count) }
    if view.validity != nil {
      target.initialize(repeating: ByteView(low: 0, high: 0), count: count)
    }
    guard isPacked else {
      uses.withUnsafeBufferPointer { uses in
        forEach(0..<count) { row, value in
          target[row] = value.isInline ? value : Self.moved(value, uses[value.block])
        }
      }
      return
    }
    for (number, block) in blocks.enumerated() {
      var offset = 0
      forEach(block.rows) { row, value in
        guard !value.isInline else {
          target[row] = value
          return
        }
        target[row] = ByteView(
          low: value.low, high: UInt64(number) | UInt64(truncatingIfNeeded: offset) << 32)
        offset &+= value.count
      }
    }
  }

  @inline(__always)
  private static func moved(_ value: ByteView, _ use: Use) -> ByteView {
    ByteView(
      low: value.low,
      high: UInt64(truncatingIfNeeded: use.number)
        | UInt64(truncatingIfNeeded: value.offset &+ use.shift) &<< 32)
  }

  func writeBlock(_ number: Int, to target: UnsafeMutableRawPointer) {
    let block = blocks[number]
    if let source = block.source { return IPCPiece.bytes(source).write(to: target) }
    var offset = 0
    forEach(block.rows) { row, value in
      guard !value.isInline, let base = view.bytes(row).baseAddress else { return }
      (target + offset).copyMemory(from: base, byteCount: value.count)
      offset &+= value.count
    }
    withExtendedLifetime(column) {}
  }

  /// Writes one offset per value and one more; nulls are empty.
  func writeOffsets(_ width: Int, to target: UnsafeMutableRawPointer) {
    width == 4 ? writeOffsets(Int32.self, target) : writeOffsets(Int64.self, target)
  }

  private func writeOffsets<T: FixedWidthInteger & BitwiseCopyable>(
    _: T.Type, _ target: UnsafeMutableRawPointer
  ) {
    let offsets = target.assumingMemoryBound(to: T.self)
    var total = 0
    offsets[0] = 0
    for row in 0..<count {
      if view.validity?.isSet(row) ?? true { total &+= view.views[row].count }
      offsets[row &+ 1] = T(truncatingIfNeeded: total)
    }
    withExtendedLifetime(column) {}
  }

  /// Writes the bytes of all values, one after the other.
  func writeText(to target: UnsafeMutableRawPointer) {
    var offset = 0
    forEach(0..<count) { row, value in
      guard let base = view.bytes(row).baseAddress else { return }
      (target + offset).copyMemory(from: base, byteCount: value.count)
      offset &+= value.count
    }
    withExtendedLifetime(column) {}
  }
}
