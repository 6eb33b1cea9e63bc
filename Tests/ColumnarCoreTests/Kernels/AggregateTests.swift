import Testing

@testable import ColumnarCore

@Suite struct AggregateTests {
  private static let functions: [AggregateFunction] = [
    .rowCount, .count, .sum, .mean, .min, .max, .first, .last, .nUnique, .std(ddof: 1),
    .variance(ddof: 0),
  ]

  private func number(_ cell: Cell) -> Double {
    switch cell {
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    case .double(let bits): Double(bitPattern: bits)
    default: .nan
    }
  }

  /// The aggregate of one group's values in row order.
  private func naive(_ function: AggregateFunction, _ values: [Cell], _ result: DataType) -> Cell {
    let present = values.filter { $0 != .null }
    switch function {
    case .rowCount: return .int(Int64(values.count))
    case .count: return .int(Int64(present.count))
    case .nUnique: return .int(Int64(Set(present).count))
    case .first: return values.first ?? .null
    case .last: return values.last ?? .null
    case .min: return present.min { Cell.precedes($0, $1) } ?? .null
    case .max: return present.max { Cell.precedes($0, $1) } ?? .null
    case .sum:
      switch result.physical {
      case .float64: return .number(present.reduce(0) { $0 + number($1) })
      case .uint64:
        return .uint(
          present.reduce(0) { if case .uint(let value) = $1 { $0 + value } else { $0 } })
      default:
        return .int(present.reduce(0) { if case .int(let value) = $1 { $0 + value } else { $0 } })
      }
    case .mean:
      guard !present.isEmpty else { return .null }
      let mean = present.reduce(0) { $0 + number($1) } / Double(present.count)
      return result == .float64 ? .number(mean) : .int(Int64(mean))
    case .std(let ddof), .variance(let ddof):
      guard present.count > ddof, !present.isEmpty else { return .null }
      let mean = present.reduce(0) { $0 + number($1) } / Double(present.count)
      let squares = present.reduce(0) { $0 + (number($1) - mean) * (number($1) - mean) }
      let variance = squares / Double(present.count - ddof)
      if case .std = function { return .number(variance.squareRoot()) }
      return .number(variance)
    }
  }

  private func close(_ a: Cell, _ b: Cell) -> Bool {
    guard case .double(let x) = a, case .double(let y) = b else { return a == b }
    let (p, q) = (Double(bitPattern: x), Double(bitPattern: y))
    // Sums over infinities may come out as NaN or infinite depending on grouping; both are then not
    // finite.
    if !p.isFinite || !q.isFinite { return p.isNaN == q.isNaN || !(p.isFinite || q.isFinite) }
    return abs(p - q) <= 1e-9 * max(1, abs(p), abs(q))
  }

  /// Batches go to two accumulators in turn, out of order in the second, whose states are then
  /// merged.
  private func check(_ function: AggregateFunction, _ type: DataType, seed: UInt64) throws {
    guard let result = try? function.resultType(for: type) else {
      #expect(throws: ColumnarError.self) { try function.makeAccumulator(for: type) }
      return
    }
    var random = Random(seed)
    let groups = 9
    var expected = [[Cell]](repeating: [], count: groups)
    var batches: [(Column, [UInt32], Int64)] = []
    var firstRow: Int64 = 0
    for _ in 0..<6 {
      let count = [0, 1, 70, 300][random.below(4)]
      let values = randomColumn(type, count, random.below(2) == 0 ? .few : .many, &random)
      // The last group stays empty.
      let ids = (0..<count).map { _ in UInt32(random.below(groups - 1)) }
      for (row, value) in cells(values).enumerated() { expected[Int(ids[row])].append(value) }
      batches.append((values, ids, firstRow))
      firstRow += Int64(count)
    }
    let all = try function.makeAccumulator(for: type)
    let odd = try function.makeAccumulator(for: type)
    let even = try function.makeAccumulator(for: type)
    for accumulator in [all, odd, even] { accumulator.grow(to: groups) }
    for (k, batch) in batches.enumerated() {
      try all.update(batch.0, groups: batch.1, firstRow: batch.2)
      if k % 2 == 0 { try even.update(batch.0, groups: batch.1, firstRow: batch.2) }
    }
    for (k, batch) in batches.enumerated().reversed() where k % 2 == 1 {
      try odd.update(batch.0, groups: batch.1, firstRow: batch.2)
    }
    let wanted = expected.map { naive(function, $0, result) }
    let what = "\(function) of \(type), seed \(seed)"
    let single = try all.finish()
    #expect(single.type == result)
    #expect(zip(cells(single), wanted).allSatisfy(close), "\(what): \(cells(single)) \(wanted)")
    let state = odd.partialState()
    #expect(state.map(\.type) == odd.stateTypes)
    // The groups of the other accumulator are numbered the other way round.
    let reversed = try function.makeAccumulator(for: type)
    reversed.grow(to: groups)
    let renumbered = (0..<groups).map { UInt32(groups - 1 - $0) }
    try reversed.merge(even.partialState(), groups: renumbered)
    try reversed.merge(state, groups: renumbered)
    let merged = cells(try reversed.finish()).reversed()
    #expect(zip(merged, wanted).allSatisfy(close), "merged \(what): \(merged) \(wanted)")
    #expect(merged.count == groups)
  }

  @Test(arguments: functions)
  func grouped(_ function: AggregateFunction) throws {
    for type in keyTypes + [.duration()] {
      for seed in 1...8 as ClosedRange<UInt64> { try check(function, type, seed: seed) }
    }
  }

  @Test(arguments: functions)
  func global(_ function: AggregateFunction) throws {
    for type in keyTypes {
      guard let result = try? function.resultType(for: type) else { continue }
      for seed in 1...8 as ClosedRange<UInt64> {
        var random = Random(seed)
        let accumulator = try function.makeAccumulator(for: type)
        accumulator.grow(to: 1)
        var expected: [Cell] = []
        for _ in 0..<4 {
          let column = randomColumn(type, [0, 1, 200, 77][random.below(4)], .few, &random)
          try accumulator.updateAll(column, firstRow: Int64(expected.count))
          expected += cells(column)
        }
        let value = cells(try accumulator.finish())
        #expect(
          close(value[0], naive(function, expected, result)), "\(function) of \(type), seed \(seed)"
        )
      }
    }
  }

  @Test func nestedFirstAndUnique() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      for asList in [true, false] {
        var random = Random(seed)
        let column = nestedColumn(80, asList: asList, &random)
        let ids = (0..<80).map { _ in UInt32(random.below(5)) }
        for function in [AggregateFunction.first, .last, .nUnique] {
          let accumulator = try function.makeAccumulator(for: column.type)
          accumulator.grow(to: 5)
          try accumulator.update(column, groups: ids, firstRow: 0)
          let values = cells(column)
          let wanted = (0..<5).map { group in
            naive(
              function, values.indices.filter { ids[$0] == group }.map { values[$0] }, column.type)
          }
          #expect(cells(try accumulator.finish()) == wanted)
        }
      }
    }
  }

  @Test func sumsThatPassThroughOverflow() throws {
    let values = Column(
      type: .int64, values: Buffer(copying: [Int64.max, 1, -1, .min, .max]), count: 5)
    let accumulator = try AggregateFunction.sum.makeAccumulator(for: .int64)
    try accumulator.updateAll(values, firstRow: 0)
    #expect(cells(try accumulator.finish()) == [.int(.max - 1)])
    try accumulator.updateAll(values.slice(0..<2), firstRow: 0)
    let error = #expect(throws: ColumnarError.self) { try accumulator.finish() }
    #expect(error?.code == .overflow)
    let unsigned = try AggregateFunction.sum.makeAccumulator(for: .uint64)
    unsigned.grow(to: 1)
    let large = Column(type: .uint64, values: Buffer(copying: [UInt64.max, 1]), count: 2)
    try unsigned.update(large, groups: [0, 0], firstRow: 0)
    #expect(throws: ColumnarError.self) { try unsigned.finish() }
  }

  @Test func varianceFarFromZero() throws {
    let values = (0..<1000).map { 1e9 + Double($0 % 10) }
    let column = Column(type: .float64, values: Buffer(copying: values), count: 1000)
    let accumulator = try AggregateFunction.variance(ddof: 0).makeAccumulator(for: .float64)
    accumulator.grow(to: 1)
    try accumulator.update(column, groups: [UInt32](repeating: 0, count: 1000), firstRow: 0)
    let result = PrimitiveView<Double>(try accumulator.finish())[0]
    #expect(abs(result - 8.25) < 1e-6)
  }
}
