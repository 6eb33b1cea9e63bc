/// Some of the rows of a piece of a file: ranges in order, none empty, with gaps between them.
package struct RowRanges: Sendable, Hashable {
  package private(set) var ranges: [Range<Int>] = []

  /// No rows.
  package init() {}

  /// The rows of one range.
  package init(_ range: Range<Int>) { append(range) }

  package var isEmpty: Bool { ranges.isEmpty }

  /// The number of rows.
  package var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// Adds rows that do not begin before those that are there.
  package mutating func append(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    guard let last = ranges.last, range.lowerBound <= last.upperBound else {
      return ranges.append(range)
    }
    ranges[ranges.count - 1] =
      last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
  }

  /// The rows that both have.
  package func intersection(_ other: RowRanges) -> RowRanges {
    var result = RowRanges()
    var (i, j) = (0, 0)
    while i < ranges.count, j < other.ranges.count {
      let (a, b) = (ranges[i], other.ranges[j])
      let low = Swift.max(a.lowerBound, b.lowerBound)
      result.append(low..<Swift.max(low, Swift.min(a.upperBound, b.upperBound)))
      if a.upperBound < b.upperBound { i += 1 } else { j += 1 }
    }
    return result
  }

  /// The rows that one of the two has.
  package func union(_ other: RowRanges) -> RowRanges {
    var result = RowRanges()
    for range in (ranges + other.ranges).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      result.append(range)
    }
    return result
  }

  /// Whether some of these rows are in `range`.
  package func overlaps(_ range: Range<Int>) -> Bool {
    // The first range that ends behind the other's start.
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].overlaps(range)
  }
}
