import Testing

@testable import ColumnarCore

@Suite struct SortingTests {
  /// A stable sort of row numbers by cells.
  private func naive(_ keys: [SortKey]) -> [Int32] {
    let columns = keys.map { cells($0.column) }
    let count = keys.first?.column.count ?? 0
    return (0..<count).sorted { a, b in
      for (k, key) in keys.enumerated() {
        let (x, y) = (columns[k][a], columns[k][b])
        if x == y { continue }
        if x == .null { return key.nullsFirst }
        if y == .null { return !key.nullsFirst }
        return key.descending ? Cell.precedes(y, x) : Cell.precedes(x, y)
      }
      return a < b
    }.map { Int32($0) }
  }

  private func check(_ keys: [SortKey], _ what: String) {
    let expected = naive(keys)
    for parallel in [Parallel.serial, twoThreads] {
      let order = Sorting.order(keys, parallel: parallel)
      #expect((0..<order.count).map { order.pointer[$0] } == expected, "order, \(what)")
      for k in [0, 3, expected.count / 2] {
        let top = Sorting.topK(keys, k, parallel: parallel)
        #expect(
          (0..<top.count).map { top.pointer[$0] } == Array(expected.prefix(k)), "top \(k), \(what)")
      }
    }
    guard keys.count == 1 else { return }
    let key = keys[0]
    let sorted = Sorting.sortedValues(
      key.column, descending: key.descending, nullsFirst: key.nullsFirst)
    #expect(
      cells(sorted) == cells(key.column.taking(RowIndices(expected))), "values, \(what)")
  }

  @Test(arguments: keyTypes, Spread.allCases)
  func singleKey(_ type: DataType, _ spread: Spread) {
    for seed in 1...5 as ClosedRange<UInt64> {
      var random = Random(seed)
      for count in [0, 1, 2, 65, 400] {
        let column = randomColumn(type, count, spread, &random)
        let key = SortKey(
          column, descending: random.below(2) == 0, nullsFirst: random.below(2) == 0)
        check([key], "\(type), \(spread), \(count) rows, seed \(seed)")
      }
    }
  }

  @Test func severalKeys() {
    let combinations: [[DataType]] = [
      [.int8, .int32], [.bool, .date, .uint16], [.string, .int64], [.float64, .string],
      [.int64, .float64], [.string, .string], [.null, .int32],
    ]
    for (k, types) in combinations.enumerated() {
      for seed in 1...8 as ClosedRange<UInt64> {
        var random = Random(seed * 57 + UInt64(k))
        let keys = types.map {
          SortKey(
            randomColumn($0, 400, .few, &random), descending: random.below(2) == 0,
            nullsFirst: random.below(2) == 0)
        }
        check(keys, "\(types), seed \(seed)")
      }
    }
  }

  @Test func nestedKeys() {
    for seed in 1...6 as ClosedRange<UInt64> {
      var random = Random(seed)
      let lists = nestedColumn(200, asList: true, &random)
      check([SortKey(lists)], "lists, seed \(seed)")
      check([SortKey(lists, nullsFirst: true)], "lists, nulls first, seed \(seed)")
    }
  }

  /// More rows than a cache holds, so that the first scatter, its recursion and the fallback run.
  @Test(arguments: 0..<8)
  func large(_ shape: Int) {
    var random = Random(UInt64(shape) + 77)
    let count = 400_000
    var values = [Int64]()
    values.reserveCapacity(count)
    for row in 0..<count {
      switch shape {
      case 0: values.append(Int64(bitPattern: random.next()))
      case 1: values.append(Int64(random.next() & 7))
      case 2: values.append(Int64(count - row))
      // Clusters that differ only far down, beside a few values far up.
      case 3: values.append(Int64(random.next() & 0xFFFF) | (row % 1000 == 0 ? 1 << 60 : 0))
      case 4: values.append(Int64(random.next() & 0xFF) | Int64(random.next() & 0xFF) << 55)
      case 5: values.append(Int64(row % 2 == 0 ? 5 : Int64.min + 3))
      case 6: values.append(row == 7 ? -1 : Int64(row))
      default: values.append(Int64(random.next() & 0xFFFF_FFFF) * Int64(random.next() & 3))
      }
    }
    let column = Column(type: .int64, values: Buffer(copying: values), count: count)
    let expected = values.sorted()
    for parallel in [Parallel.serial, twoThreads] {
      let sorted = Sorting.sortedValues(
        column, descending: false, nullsFirst: false, parallel: parallel)
      let view = PrimitiveView<Int64>(sorted)
      #expect((0..<count).allSatisfy { view[$0] == expected[$0] }, "values, shape \(shape)")
      let order = Sorting.order([SortKey(column, descending: true)], parallel: parallel)
      var wrong = 0
      for k in 1..<count {
        let (a, b) = (Int(order.pointer[k - 1]), Int(order.pointer[k]))
        if values[a] < values[b] || (values[a] == values[b] && a >= b) { wrong += 1 }
      }
      #expect(wrong == 0, "order, shape \(shape)")
    }
  }

  /// Top rows of more rows than candidates are kept, ties among them.
  @Test(arguments: [DataType.int64, .float64, .string], Spread.allCases)
  func topOfMany(_ type: DataType, _ spread: Spread) {
    var random = Random(21)
    let column = randomColumn(type, 30_000, spread, &random)
    let other = randomColumn(.int16, 30_000, .few, &random)
    for keys in [
      [SortKey(column, descending: true)], [SortKey(column, nullsFirst: true), SortKey(other)],
    ] {
      let order = Sorting.order(keys)
      for k in [1, 100, 3000] {
        let top = Sorting.topK(keys, k)
        #expect(top.count == k)
        #expect((0..<k).allSatisfy { top.pointer[$0] == order.pointer[$0] }, "\(type), \(spread)")
      }
    }
  }

  /// Runs of equal beginnings that are sorted by all threads together.
  @Test func manyTextsWithOneBeginning() {
    let count = 300_000
    var random = Random(8)
    let texts = (0..<count).map { _ in 100_000_000_000 + random.below(1 << 30) }
    var builder = BytesBuilder(capacity: count)
    for value in texts { builder.append("\(value)") }
    let column = builder.finish()
    for parallel in [Parallel.serial, twoThreads] {
      let order = Sorting.order([SortKey(column)], parallel: parallel)
      var wrong = 0
      for k in 1..<count {
        let (a, b) = (Int(order.pointer[k - 1]), Int(order.pointer[k]))
        if texts[a] > texts[b] || (texts[a] == texts[b] && a >= b) { wrong += 1 }
      }
      #expect(wrong == 0)
    }
  }

  @Test func longEqualTexts() {
    let long = String(repeating: "abcdefgh", count: 3000)
    var builder = BytesBuilder()
    for row in 0..<60 { builder.append(row % 3 == 0 ? long : long + "\(row % 5)") }
    check([SortKey(builder.finish())], "long texts")
  }

  @Test func growingTexts() {
    var builder = BytesBuilder()
    for row in 0..<300 { builder.append(String(repeating: "a", count: (row * 7919) % 300 * 8)) }
    check([SortKey(builder.finish(), descending: true)], "growing texts")
  }
}
