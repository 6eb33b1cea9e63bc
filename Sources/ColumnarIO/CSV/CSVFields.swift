import ColumnarCore

/// The fields of the rows that one pass of the indexer found, by row and column.
///
/// Valid until the indexer or the window moves on. At least 64 bytes behind the text may be read.
struct CSVFields {
  /// Where the bounds count from.
  let text: UnsafeRawPointer
  /// Per row: one less than the start of the first field, then the end of each field.
  let bounds: UnsafeMutablePointer<UInt32>
  /// The bounds per row.
  let stride: Int
  private(set) var rows: Int

  init(_ indexer: CSVIndexer, _ window: TextWindow) {
    text = window.base + indexer.start
    bounds = indexer.bounds.pointer(as: UInt32.self)
    stride = indexer.width + 1
    rows = indexer.rows
  }

  /// Where a field starts and ends.
  @inline(__always)
  func range(_ row: Int, _ column: Int) -> Range<Int> {
    let place = bounds + (row &* stride &+ column)
    return Int(place[0] &+ 1)..<Int(place[1])
  }

  /// The bytes of a field, quotes included.
  func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
    let range = range(row, column)
    return UnsafeRawBufferPointer(start: text + range.lowerBound, count: range.count)
  }

  /// The bytes of a row.
  func range(row: Int) -> Range<Int> {
    range(row, 0).lowerBound..<range(row, stride - 2).upperBound
  }

  /// Keeps the rows whose bit is set.
  mutating func keep(_ selection: Bitmap) {
    var kept = 0
    selection.forEachSet { row in
      if row != kept {
        (bounds + kept &* stride).update(from: bounds + row &* stride, count: stride)
      }
      kept &+= 1
    }
    rows = kept
  }

  /// Keeps the first `count` rows.
  mutating func truncate(to count: Int) { rows = min(rows, count) }
}

/// Memory for one field's text without its quotes and escapes; the next field overwrites it.
final class CSVScratch {
  private var memory = MutableBuffer(capacity: 0)

  fileprivate func room(for count: Int) -> UnsafeMutablePointer<UInt8> {
    memory.count = 0
    memory.reserve(count)
    return memory.pointer()
  }
}

/// What a field means before its type is asked.
enum CSVFieldContent {
  case null
  /// The text without quotes and escapes; it may lie in the scratch memory given.
  case text(UnsafeRawBufferPointer)
  /// Behind the closing quote stands more.
  case textBehindQuote
}

extension CSVDialect {
  /// Takes quotes and escapes off a field; `scratch` holds the text where it differs from the
  /// field's bytes.
  @inline(never)
  func content(
    _ field: UnsafeRawBufferPointer, isText: Bool, scratch: CSVScratch
  ) -> CSVFieldContent {
    guard field.count > 0 else { return !isText || isEmptyNull ? .null : .text(field) }
    guard let quote, field[0] == quote else {
      return isNull(field) ? .null : .text(field)
    }
    guard let text = unquoted(field, quote, scratch) else { return .textBehindQuote }
    if isText, !readsQuotedNulls { return .text(text) }
    return (text.count == 0 ? !isText || isEmptyNull : isNull(text)) ? .null : .text(text)
  }

  /// Whether the text is one of the null texts that are not empty.
  func isNull(_ text: UnsafeRawBufferPointer) -> Bool {
    spelledNulls.contains { $0.count == text.count && $0.elementsEqual(text) }
  }

  private func unquoted(
    _ field: UnsafeRawBufferPointer, _ quote: UInt8, _ scratch: CSVScratch
  ) -> UnsafeRawBufferPointer? {
    let end = field.count - 1
    guard end >= 1, field[end] == quote else { return nil }
    let inner = UnsafeRawBufferPointer(rebasing: field[1..<end])
    let escape = escape ?? quote
    if !inner.contains(where: { $0 == quote || $0 == escape }) { return inner }
    let target = scratch.room(for: inner.count)
    var written = 0
    var at = 0
    while at < inner.count {
      var byte = inner[at]
      if byte == escape && escape != quote {
        guard at + 1 < inner.count else { return nil }
        at += 1
        byte = inner[at]
      } else if byte == quote {
        guard at + 1 < inner.count, inner[at + 1] == quote else { return nil }
        at += 1
      }
      target[written] = byte
      written &+= 1
      at += 1
    }
    return UnsafeRawBufferPointer(start: target, count: written)
  }
}
