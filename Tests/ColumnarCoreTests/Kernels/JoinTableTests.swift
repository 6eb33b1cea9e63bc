import Testing

@testable import ColumnarCore

@Suite struct JoinTableTests {
  private struct Pair: Equatable {
    let probe: Int32
    let build: Int32
  }

  private func naive(
    _ build: [Column], _ probe: [Column], _ kind: JoinKind, nullsMatch: Bool
  ) -> [Pair] {
    var index: [[Cell]: [Int32]] = [:]
    for (row, key) in rows(build).enumerated() where nullsMatch || !key.contains(.null) {
      index[key, default: []].append(Int32(row))
    }
    var result: [Pair] = []
    for (row, key) in rows(probe).enumerated() {
      let matches = index[key] ?? []
      switch kind {
      case .inner: result += matches.map { Pair(probe: Int32(row), build: $0) }
      case .left where matches.isEmpty: result.append(Pair(probe: Int32(row), build: -1))
      case .left: result += matches.map { Pair(probe: Int32(row), build: $0) }
      case .semi: if !matches.isEmpty { result.append(Pair(probe: Int32(row), build: 0)) }
      case .anti: if matches.isEmpty { result.append(Pair(probe: Int32(row), build: 0)) }
      }
    }
    return result
  }

  private func pairs(_ matches: JoinMatches, _ kind: JoinKind) -> [Pair] {
    let onlyProbe = kind == .semi || kind == .anti
    if !onlyProbe { #expect(matches.build.count == matches.probe.count) }
    return (0..<matches.probe.count).map {
      Pair(probe: matches.probe.pointer[$0], build: onlyProbe ? 0 : matches.build.pointer[$0])
    }
  }

  private func check(_ build: [Column], _ probe: [Column], _ what: String) {
    for nullsMatch in [true, false] {
      let table = JoinTable(keys: build, nullsMatch: nullsMatch)
      for kind in [JoinKind.inner, .left, .semi, .anti] {
        let expected = naive(build, probe, kind, nullsMatch: nullsMatch)
        #expect(
          pairs(table.probe(probe, kind: kind), kind) == expected,
          "\(kind), nulls match \(nullsMatch), \(what)")
        for limit in [1 + what.count % 3, 64] {
          var cursor = table.makeCursor(probe)
          var sliced: [Pair] = []
          while !cursor.isFinished {
            let matches = table.probe(&cursor, kind: kind, limit: limit)
            #expect(matches.probe.count <= limit)
            sliced += pairs(matches, kind)
          }
          #expect(sliced == expected, "\(kind), slices of \(limit), \(what)")
        }
      }
    }
  }

  @Test(arguments: keyTypes, Spread.allCases)
  func singleKey(_ type: DataType, _ spread: Spread) {
    for seed in 1...3 as ClosedRange<UInt64> {
      var random = Random(seed)
      for (build, probe) in [(0, 10), (1, 40), (90, 120), (60, 0)] {
        check(
          [randomColumn(type, build, spread, &random)],
          [randomColumn(type, probe, spread, &random)],
          "\(type), \(spread), \(build) and \(probe) rows, seed \(seed)")
      }
    }
  }

  @Test func severalKeys() {
    for types in [[DataType.int32, .string], [.float64, .bool, .int64], [.string, .string]] {
      for seed in 1...5 as ClosedRange<UInt64> {
        var random = Random(seed)
        check(
          types.map { randomColumn($0, 80, .few, &random) },
          types.map { randomColumn($0, 60, .few, &random) }, "\(types), seed \(seed)")
      }
    }
  }

  @Test func uniqueKeys() {
    var random = Random(3)
    var keys = (0..<5000).map { Int64($0) << 20 }
    keys.shuffle(using: &random)
    let build = Column(type: .int64, values: Buffer(copying: keys), count: 5000)
    let probes = (0..<800).map { _ in Int64(random.below(10_000)) << 20 }
    check(
      [build], [Column(type: .int64, values: Buffer(copying: probes), count: 800)], "unique keys")
  }

  /// Enough rows that the table is given its size from a sample, with keys twice only behind the
  /// sample.
  @Test func largeBuild() {
    let count = 100_000
    let keys = (0..<count).map { Int64($0 < 90_000 ? $0 : $0 - 90_000) }
    let table = JoinTable(
      keys: [Column(type: .int64, values: Buffer(copying: keys), count: count)], nullsMatch: false)
    let probe = Column(
      type: .int64, values: Buffer(copying: [Int64(5), 89_999, 100_000, -1]), count: 4)
    let matches = table.probe([probe], kind: .inner)
    #expect(
      pairs(matches, .inner) == [
        Pair(probe: 0, build: 5), Pair(probe: 0, build: 90_005), Pair(probe: 1, build: 89_999),
      ])
  }

  @Test func probesFromTwoThreads() {
    var random = Random(9)
    let build = plainColumn(.string, 3000, .many, &random)
    let probe = plainColumn(.string, 2000, .many, &random)
    let table = JoinTable(keys: [build], nullsMatch: false)
    let expected = table.probe([probe], kind: .inner).probe.count
    twoThreads.run(8) { _ in
      #expect(table.probe([probe], kind: .inner).probe.count == expected)
    }
  }
}
