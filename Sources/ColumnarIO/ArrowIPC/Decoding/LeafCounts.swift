import ColumnarCore

/// How many values lie beneath the rows of a column: of lists and structs the values of their
/// parts, to any depth.
///
/// A few bytes can refer to the same long list any number of times, as codes, runs and list views;
/// before lists are repeated, this says what would come of it.
struct LeafCounts {
  /// The values before each row.
  private enum Before {
    /// The same number for every row, whose memory need not exist.
    case each(Int)
    /// One entry more than rows.
    case table([Int])
  }

  private let before: Before
  private let rows: Int

  /// More values than this are not made of fewer.
  static let limit = 1 << 26

  /// Looks at a column, whose offsets are known to be in order.
  ///
  /// Cost: a look at each list, none for flat columns.
  init(_ column: Column) {
    rows = column.count
    before = Self.before(column)
  }

  /// The values of one row.
  func count(of row: Int) -> Int {
    switch before {
    case .each(let count): count
    case .table(let sums): sums[row + 1] - sums[row]
    }
  }

  /// The values of all rows.
  var total: Int {
    switch before {
    case .each(let count): count.multipliedClamped(by: rows)
    case .table(let sums): sums[rows]
    }
  }

  /// The values of `count` rows that `row` says the places of stay within reason: few, or not many
  /// times those there are.
  func allows(_ count: Int, _ row: (Int) -> Int?) -> Bool {
    let most = Swift.max(Self.limit, total.multipliedClamped(by: 16))
    if case .each(let each) = before { return count.multipliedClamped(by: each) <= most }
    var sum = 0
    for k in 0..<count {
      guard let row = row(k) else { continue }
      sum = sum.addedClamped(self.count(of: row))
      if sum > most { return false }
    }
    return true
  }

  private static func before(_ column: Column) -> Before {
    switch column.type.physical {
    case .list:
      let lists = ListView(column)
      let parts = before(lists.elements)
      let start = column.count == 0 ? 0 : lists.range(0).lowerBound
      return .table(
        [0] + (0..<column.count).map { sum(parts, start, lists.range($0).upperBound) })
    case .fixedSizeList:
      guard case .fixedSizeList(_, let size) = column.type.kind, size > 0 else { return .each(0) }
      let lists = ListView(column)
      let parts = before(lists.elements)
      if case .each(let count) = parts { return .each(count.multipliedClamped(by: size)) }
      let start = column.count == 0 ? 0 : lists.range(0).lowerBound
      return .table(
        [0] + (0..<column.count).map { sum(parts, start, lists.range($0).upperBound) })
    case .structure:
      return column.structChildren.map { before($0) }.reduce(.each(0)) { add($0, $1, column.count) }
    default: return .each(1)
    }
  }

  private static func sum(_ parts: Before, _ start: Int, _ end: Int) -> Int {
    switch parts {
    case .each(let count): count.multipliedClamped(by: end - start)
    case .table(let sums): sums[end] - sums[start]
    }
  }

  private static func add(_ a: Before, _ b: Before, _ rows: Int) -> Before {
    if case .each(let x) = a, case .each(let y) = b { return .each(x.addedClamped(y)) }
    return .table((0...rows).map { sum(a, 0, $0).addedClamped(sum(b, 0, $0)) })
  }
}

extension Int {
  /// The product, or the largest number where it is larger.
  func multipliedClamped(by factor: Int) -> Int {
    let (product, isHuge) = multipliedReportingOverflow(by: factor)
    return isHuge ? .max : product
  }

  /// The sum, or the largest number where it is larger.
  func addedClamped(_ other: Int) -> Int {
    let (sum, isHuge) = addingReportingOverflow(other)
    return isHuge ? .max : sum
  }
}
