import ColumnarTesting
import Testing

@testable import ColumnarCore

/// Kernels that nobody waits for any more leave out work, and stay within their memory.
@Suite struct CancelledKernelsTests {
  /// More than are sorted within the cache.
  private static let rows = 140_000

  /// Says that it is cancelled from the `after`-th question on.
  private func lender(width: Int, after: Int, asked: Monitor<Int> = Monitor(0)) -> Parallel {
    let base = width == 1 ? Parallel.serial : twoThreads
    return Parallel(
      width: width,
      isCancelled: {
        asked.withLock { asked in
          asked += 1
          return asked > after
        }
      }, run: base.run)
  }

  private static func column(_ name: String, _ count: Int) -> Column {
    var random = SeededGenerator(seed: 7)
    let words = (0..<count).map { _ in random.next() }
    switch name {
    case "int64": return Int64.column(of: words.map { Int64(bitPattern: $0) })
    case "int32": return Int32.column(of: words.map { Int32(truncatingIfNeeded: $0) })
    case "string": return String.column(of: words.map { "a common beginning \($0 % 50_000)" })
    default: return Int?.column(of: words.map { $0 % 3 == 0 ? nil : Int($0 >> 1) })
    }
  }

  @Test(arguments: ["int64", "int32", "string", "nulls"], [1, 2])
  func aSortGivesRowsHoweverEarlyItIsCancelled(_ name: String, _ width: Int) {
    let column = Self.column(name, Self.rows)
    let key = SortKey(column)
    let sorted = Sorting.order([key])
    let expected = (0..<sorted.count).map { sorted.pointer[$0] }
    for after in [0, 3, 40] {
      let order = Sorting.order([key], parallel: lender(width: width, after: after))
      let rows = (0..<order.count).map { order.pointer[$0] }
      var seen = [Bool](repeating: false, count: Self.rows)
      for row in rows { seen[Int(row)] = true }
      #expect(rows.count == Self.rows && !seen.contains(false), "a permutation")
      // So early that most of the work must be left; short runs of text are refined without asking.
      let isSorted = rows == expected
      if after == 0 || (after <= 3 && name != "string") { #expect(!isSorted, "\(after)") }
      let top = Sorting.topK([key], 10, parallel: lender(width: width, after: after))
      #expect((0..<top.count).allSatisfy { (0..<Int32(Self.rows)).contains(top.pointer[$0]) })
      let values = Sorting.sortedValues(
        column, descending: false, nullsFirst: false,
        parallel: lender(width: width, after: after))
      #expect(values.count == Self.rows && values.nullCount == column.nullCount)
    }
    let asked = Monitor(0)
    let whole = Sorting.order([key], parallel: lender(width: width, after: .max, asked: asked))
    let isSorted = (0..<whole.count).map { whole.pointer[$0] } == expected
    let questions = asked.withLock { $0 }
    #expect(isSorted && questions > (name == "string" ? 2 : 20), "\(questions)")
  }

  @Test func aJoinTableIsGivenUpBetweenPieces() throws {
    let keys = [Int.column(of: (0..<1_100_000).map { $0 % 550_000 })]
    var checks = 0
    #expect(throws: ColumnarError.self) {
      _ = try JoinTable(keys: keys, nullsMatch: false) {
        checks += 1
        if checks == 2 { throw ColumnarError(.cancelled, "") }
      }
    }
    #expect(checks == 2)
    checks = 0
    let table = JoinTable(keys: keys, nullsMatch: false) { checks += 1 }
    #expect(checks == 3)
    let matches = table.probe([Int.column(of: [549_999])], kind: .inner)
    #expect(
      (0..<matches.build.count).map { matches.build.row(at: $0) }
        == [549_999, 1_099_999])
  }
}
