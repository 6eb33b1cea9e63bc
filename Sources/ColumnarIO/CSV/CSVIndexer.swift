import CColumnarSystem
import ColumnarCore

/// The first pass: cuts text into rows of equally many fields and notes where each field ends.
final class CSVIndexer {
  /// A row that does not fit.
  struct Misfit {
    enum Reason {
      case fieldCount(Int)
      case openQuote
    }
    /// The good rows of this stretch before it.
    let rowsBefore: Int
    /// Its place in the window.
    let range: Range<Int>
    let reason: Reason
  }

  private let dialect: CSVDialect
  /// Separator positions as the kernel writes them, and the newlines among them.
  private var ends: MutableBuffer
  private var rowEnds: MutableBuffer
  private var output: columnar_csv_output

  /// Per good row: one less than the start of its first field, then the end of each field.
  private(set) var bounds = MutableBuffer(capacity: 0)
  /// The good rows found, and their fields.
  private(set) var rows = 0
  private(set) var width = 0
  /// The bad ones.
  private(set) var misfits: [Misfit] = []
  /// Whether all text is ASCII.
  private(set) var isASCII = true
  /// Where in the window the bounds count from.
  private(set) var start = 0
  /// The position behind the last row.
  private(set) var next = 0

  static let batchRows = 8192
  private static let firstStretch = 1 << 20

  init(_ dialect: CSVDialect) {
    self.dialect = dialect
    ends = MutableBuffer(count: 4 << 18)
    rowEnds = MutableBuffer(count: 4 * (Self.batchRows + 128))
    output = columnar_csv_output(
      ends: ends.pointer(as: UInt32.self), ends_count: 0, ends_capacity: 1 << 18,
      row_ends: rowEnds.pointer(as: UInt32.self), row_count: 0, row_capacity: Self.batchRows + 128,
      high: 0)
  }

  /// Finds rows from `position` on, at most `rowLimit`, that start before `stop`; false when there
  /// is none.
  ///
  /// `columns` is how many fields a row must have, nil to take what the first row has. For an
  /// unpacked file the window may move, and with it `position`, which is why the caller goes on
  /// from `next`.
  func index(
    _ window: TextWindow, from position: Int, before stop: Int, rowLimit: Int = batchRows,
    columns: Int?, path: String
  ) throws -> Bool {
    var position = position
    var stop = stop
    misfits.removeAll(keepingCapacity: true)
    rows = 0
    makeRoom(columns ?? 0)
    var stretch = min(
      min(max(Self.firstStretch, (columns ?? 0) << 15), 16 << 20), max(stop &- position, 4096))
    while true {
      next = position
      guard position < stop else { return false }
      if position >= window.count {
        guard !window.isEnd else { return false }
        (position, stop) = try moveOn(window, position, stop)
        continue
      }
      let length = min(stretch, window.count - position)
      let isLast = window.isEnd && position + length == window.count
      if try cut(window, position, length, stop, rowLimit, columns, isLast) { return true }
      // Not one whole row: look further.
      guard length < dialect.maxRowBytes else {
        throw TextError(path).tooLong(
          window, position, limit: dialect.maxRowBytes,
          hint: "Is a quote in it never closed? Else raise maxRowBytes.")
      }
      if position + length == window.count, !window.isEnd {
        (position, stop) = try moveOn(window, position, stop)
      }
      stretch = min(stretch * 4, dialect.maxRowBytes)
    }
  }

  /// Makes the window begin at `position` and reach further.
  private func moveOn(_ window: TextWindow, _ position: Int, _ stop: Int) throws -> (Int, Int) {
    let moved = window.advance(to: position)
    try window.extend()
    return (moved, stop == .max ? .max : stop - (position - moved))
  }

  private func makeRoom(_ columns: Int) {
    let wanted = max(1 << 18, min(columns << 13, 1 << 20), columns + 256)
    guard wanted > output.ends_capacity else { return }
    ends = MutableBuffer(count: 4 * wanted)
    output.ends = ends.pointer(as: UInt32.self)
    output.ends_capacity = wanted
  }

  /// Indexes one stretch; false when no row ends in it.
  private func cut(
    _ window: TextWindow, _ position: Int, _ length: Int, _ stop: Int, _ rowLimit: Int,
    _ columns: Int?, _ isLast: Bool
  ) throws -> Bool {
    let text = (window.base + position).assumingMemoryBound(to: UInt8.self)
    let available = window.count - position
    var state = columnar_csv_state.rowStart
    output.ends_count = 0
    output.row_count = 0
    output.row_capacity = min(rowLimit, Self.batchRows) + 64
    output.high = 0
    start = position
    var native = dialect.native
    var done = columnar_csv_index(text, length, available, &native, &state, &output)
    if output.row_count == 0, done < length {
      // More separators than a row may have: only the row's end matters now.
      let (fields, isWhole) = skipRow(text, &done, length, available, &state)
      guard isWhole || isLast else { return false }
      let isOpen = !isWhole && state.inside != 0
      noteMisfit(0, position..<(position + done), isOpen ? .openQuote : .fieldCount(fields))
      next = position + done
      return true
    }
    var openQuote = false
    if isLast, done == length, endsOpen(length) {
      if state.inside != 0 {
        openQuote = true
      } else {
        output.row_ends[output.row_count] = UInt32(output.ends_count)
        output.ends[output.ends_count] = UInt32(length)
        output.row_count += 1
        output.ends_count += 1
      }
    }
    isASCII = output.high == 0
    guard output.row_count > 0 || openQuote else { return false }
    fit(text, stop - position, min(rowLimit, Self.batchRows), columns, length, openQuote)
    return true
  }

  /// Whether text stands behind the last newline.
  private func endsOpen(_ length: Int) -> Bool {
    guard output.row_count > 0 else { return true }
    let newline = output.ends[Int(output.row_ends[output.row_count - 1])]
    return Int(newline) + 1 < length
  }

  /// Goes on to the end of a row with far too many fields, or of the stretch; `done` becomes the
  /// position behind it.
  private func skipRow(
    _ text: UnsafePointer<UInt8>, _ done: inout Int, _ length: Int, _ available: Int,
    _ state: inout columnar_csv_state
  ) -> (fields: Int, isWhole: Bool) {
    var fields = output.ends_count
    var native = dialect.native
    while done < length {
      output.ends_count = 0
      let from = done
      done += columnar_csv_index(
        text + from, length - from, available - from, &native, &state, &output)
      if output.row_count > 0 {
        let newline = Int(output.row_ends[0])
        done = from + Int(output.ends[newline]) + 1
        return (fields + newline + 1, true)
      }
      fields += output.ends_count
    }
    return (fields + 1, false)
  }

  private func noteMisfit(_ rowsBefore: Int, _ range: Range<Int>, _ reason: Misfit.Reason) {
    misfits.append(Misfit(rowsBefore: rowsBefore, range: range, reason: reason))
  }

  /// Copies the rows of the right number of fields to `bounds`.
  private func fit(
    _ text: UnsafePointer<UInt8>, _ stop: Int, _ limit: Int, _ columns: Int?, _ length: Int,
    _ openQuote: Bool
  ) {
    let (ends, rowEnds) = (output.ends, output.row_ends)
    var (row, first, begin) = (0, 0, 0)
    if columns == nil {
      while row < output.row_count {
        let newline = Int(ends[Int(rowEnds[row])])
        guard isBlank(text, begin, newline) || isComment(text, begin, newline) else { break }
        first = Int(rowEnds[row]) + 1
        begin = newline + 1
        row += 1
      }
    }
    let columns = columns ?? (row < output.row_count ? Int(rowEnds[row]) - first + 1 : 1)
    let stride = columns + 1
    bounds.count = 0
    bounds.reserve(4 * stride * (min(output.row_count, limit) + 1))
    let target = bounds.pointer(as: UInt32.self)
    let isGeneral = dialect.native.is_general
    var kept = 0
    while row < output.row_count, kept < limit, begin < stop {
      let last = Int(rowEnds[row])
      let newline = Int(ends[last])
      if last &- first &+ 1 == columns, !(isGeneral && isComment(text, begin, newline)) {
        let place = target + kept &* stride
        place[0] = UInt32(truncatingIfNeeded: begin &- 1)
        for k in 0..<columns { place[k &+ 1] = ends[first &+ k] }
        if newline > begin, text[newline &- 1] == 0x0D { place[columns] &-= 1 }
        kept &+= 1
      } else if isBlank(text, begin, newline) || isComment(text, begin, newline) {
        // No row.
      } else if dialect.takes(last &- first &+ 1, for: columns) {
        fitRagged(text, ends + first, last &- first &+ 1, begin, target + kept &* stride, columns)
        kept &+= 1
      } else {
        noteMisfit(kept, (start + begin)..<(start + newline), .fieldCount(last &- first &+ 1))
      }
      first = last &+ 1
      begin = newline &+ 1
      row &+= 1
    }
    rows = kept
    width = columns
    next = start + min(begin, length)
    if openQuote, row == output.row_count, kept < limit, begin < stop {
      noteMisfit(kept, (start + begin)..<(start + length), .openQuote)
      next = start + length
    }
  }

  /// Bounds of a row of too few or too many fields.
  private func fitRagged(
    _ text: UnsafePointer<UInt8>, _ ends: UnsafeMutablePointer<UInt32>, _ fields: Int, _ begin: Int,
    _ place: UnsafeMutablePointer<UInt32>, _ columns: Int
  ) {
    place[0] = UInt32(truncatingIfNeeded: begin &- 1)
    let known = min(fields, columns)
    for k in 0..<known { place[k &+ 1] = ends[k] }
    let newline = Int(ends[fields &- 1])
    if known == fields, newline > begin, text[newline &- 1] == 0x0D { place[known] &-= 1 }
    // An empty field starts where it ends.
    for k in known..<columns { place[k &+ 1] = place[k] &+ 1 }
  }

  private func isBlank(_ text: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Bool {
    end == begin || (end == begin + 1 && text[begin] == 0x0D)
  }

  private func isComment(_ text: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Bool {
    let prefix = dialect.comment
    guard !prefix.isEmpty, end - begin >= prefix.count else { return false }
    for k in prefix.indices where text[begin + k] != prefix[k] { return false }
    return true
  }
}
