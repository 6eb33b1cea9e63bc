import ColumnarCore

/// Counts the line feeds of a mapped file up to any place, and remembers the counts per block: an
/// error costs a pass over the file before it, a thousand errors cost no more.
final class LineCounter: Sendable {
  private static let block = 1 << 20
  private let text: Buffer
  /// Entry k: the line feeds before block k.
  private let counts = Monitor<[Int]>([0])

  init(_ text: Buffer) { self.text = text }

  func lines(before position: Int) -> Int {
    let block = position / Self.block
    let before = counts.withLock { counts in
      while counts.count <= block {
        let start = (counts.count - 1) * Self.block
        counts.append(counts[counts.count - 1] + TextWindow.lines(text.start + start, Self.block))
      }
      return counts[block]
    }
    let start = block * Self.block
    return before + TextWindow.lines(text.start + start, position - start)
  }
}
