import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct RowRangesTests {
  @Test func asSetsOfRows() {
    PropertyTest.seeds(60) { generator in
      func some(_ generator: inout ColumnGenerator) -> (RowRanges, Set<Int>) {
        var (ranges, rows, at) = (RowRanges(), Set<Int>(), 0)
        for _ in 0..<generator.random.int(in: 0..<7) {
          at += generator.random.int(in: 0..<5)
          let range = at..<(at + generator.random.int(in: 0..<5))
          ranges.append(range)
          rows.formUnion(range)
          at = range.upperBound
        }
        return (ranges, rows)
      }
      let (a, x) = some(&generator)
      let (b, y) = some(&generator)
      func check(_ ranges: RowRanges, _ rows: Set<Int>) {
        #expect(ranges.ranges.flatMap { Array($0) } == rows.sorted())
        #expect(ranges.count == rows.count)
        #expect(ranges.isEmpty == rows.isEmpty)
        #expect(ranges.ranges.allSatisfy { !$0.isEmpty })
        for low in 0..<40 {
          let range = low..<(low + 3)
          #expect(ranges.overlaps(range) == !rows.isDisjoint(with: range))
        }
      }
      check(a, x)
      check(a.intersection(b), x.intersection(y))
      check(a.union(b), x.union(y))
    }
  }
}
