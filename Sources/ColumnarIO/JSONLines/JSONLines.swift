import ColumnarCore
import Glibc

/// Cuts text into lines.
struct JSONLines {
  /// The most lines of one stretch, and about how many bytes.
  static let batchRows = 8192
  private static let batchBytes = 4 << 20

  /// Where the lines of a stretch start and end in the window, without line feeds.
  private(set) var lines: [Range<Int>] = []
  /// The position behind the last one.
  private(set) var next = 0

  /// Finds whole lines from `position` on that start before `stop`, at most `limit`; false when there
  /// is none.
  ///
  /// The window may move, and with it `position` and `stop`, which are changed accordingly.
  mutating func find(
    _ window: TextWindow, _ position: inout Int, _ stop: inout Int, limit: Int = batchRows,
    maxBytes: Int, path: String
  ) throws -> Bool {
    lines.removeAll(keepingCapacity: true)
    while position < stop {
      if position < window.count {
        cut(window, position, stop, limit, maxBytes)
        if !lines.isEmpty { return true }
        guard window.count - position <= maxBytes else {
          throw TextError(path).tooLong(
            window, position, limit: maxBytes,
            hint: "Is it JSON Lines, with one object on each line? Else raise maxRowBytes.")
        }
      }
      guard !window.isEnd else { return false }
      let moved = window.advance(to: position)
      if stop != .max { stop -= position - moved }
      position = moved
      try window.extend()
    }
    return false
  }

  private mutating func cut(
    _ window: TextWindow, _ position: Int, _ stop: Int, _ limit: Int, _ maxBytes: Int
  ) {
    var at = position
    while lines.count < limit, at < stop, at < window.count, at - position < Self.batchBytes {
      let left = window.count - at
      if let found = memchr(window.base + at, 0x0A, min(left, maxBytes + 1)) {
        let end = UnsafeRawPointer(found) - window.base
        lines.append(at..<end)
        at = end + 1
      } else {
        guard window.isEnd, left <= maxBytes else { break }
        lines.append(at..<window.count)
        at = window.count
      }
    }
    next = at
  }
}
