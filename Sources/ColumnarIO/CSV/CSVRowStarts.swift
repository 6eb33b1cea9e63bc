import CColumnarSystem
import ColumnarCore
import Glibc

/// Finds where the rows of each split begin.
///
/// A line feed in the middle of a file ends a row only outside of quotes, and whether a place is
/// within quotes depends on all text before it. So the state is carried from boundary to boundary
/// by a pass that looks at quotes alone (about ten times faster than reading), each stretch once,
/// and only as far as somebody asks. A thread that has read a split hands in where the next one
/// begins, so that a single thread never makes this pass.
final class CSVRowStarts: Sendable {
  private struct Point {
    var position: Int
    var state: columnar_csv_state
  }

  private let text: Buffer
  private let dialect: CSVDialect
  private let first: Int
  private let step: Int
  /// Entry k: the state at boundary k, or the first row start behind it.
  private let points: Monitor<[Point?]>

  /// Boundaries every `step` bytes from `first` on, where a row starts.
  init(_ text: Buffer, _ dialect: CSVDialect, first: Int, step: Int, count: Int) {
    self.text = text
    self.dialect = dialect
    self.first = first
    self.step = step
    var points = [Point?](repeating: nil, count: count + 1)
    points[0] = Point(position: first, state: .rowStart)
    self.points = Monitor(points)
  }

  /// The first row start at or behind boundary `split`; the end of the text if there is none.
  func start(of split: Int) -> Int {
    points.withLock { points in
      var known = split
      while points[known] == nil { known -= 1 }
      while var point = points[known] {
        if known == split {
          finishRow(&point)
          points[known] = point
          return point.position
        }
        known += 1
        if points[known] != nil { continue }
        carry(&point, to: min(first + known * step, text.count))
        points[known] = point
      }
      return text.count
    }
  }

  /// Notes that the first row behind boundary `split` begins at `position`.
  func record(start position: Int, of split: Int) {
    points.withLock { points in
      guard split < points.count else { return }
      points[split] = Point(position: position, state: .rowStart)
    }
  }

  private func carry(_ point: inout Point, to boundary: Int) {
    guard point.position < boundary else { return }
    let from = text.start.assumingMemoryBound(to: UInt8.self) + point.position
    var native = dialect.native
    columnar_csv_skip(
      from, boundary - point.position, text.count - point.position, &native, &point.state)
    point.position = boundary
  }

  /// Moves on to the next row start, unless the point is one.
  private func finishRow(_ point: inout Point) {
    guard point.state.row_start == 0 else { return }
    let bytes = text.start.assumingMemoryBound(to: UInt8.self)
    while point.position < text.count {
      // To the next line feed, then ask whether it ended a row.
      let left = text.count - point.position
      let found = memchr(bytes + point.position, 0x0A, left)
      let next =
        found.map { UnsafeRawPointer($0) - UnsafeRawPointer(bytes) + 1 } ?? text.count
      carry(&point, to: next)
      if point.state.row_start != 0 { return }
    }
    point.state = .rowStart
  }
}
