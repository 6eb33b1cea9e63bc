import Testing

@testable import ColumnarCore

@Suite struct GroupTableTests {
  /// Numbers rows in a Dictionary.
  private struct Naive {
    var numbers: [[Cell]: UInt32] = [:]
    var keys: [[Cell]] = []
    mutating func assign(_ rows: [[Cell]]) -> [UInt32] {
      rows.map { row in
        if let number = numbers[row] { return number }
        numbers[row] = UInt32(keys.count)
        keys.append(row)
        return UInt32(keys.count - 1)
      }
    }
  }

  private func check(
    _ types: [DataType], seed: UInt64, batches: [Int],
    _ make: (Int, Int, inout Random) -> Column
  ) {
    var random = Random(seed)
    let table = GroupTable(keyTypes: types)
    var naive = Naive()
    for count in batches {
      let columns = types.indices.map { make($0, count, &random) }
      let hashes = random.below(2) == 0 ? RowHash.hash(columns) : nil
      let ids = table.assign(columns, hashes: hashes)
      let expected = naive.assign(rows(columns))
      #expect(
        (0..<count).map { ids.pointer[$0] } == expected, "types \(types), seed \(seed)")
      let probe = types.indices.map { make($0, 60, &random) }
      let found = table.find(probe)
      #expect(
        (0..<60).map { found.pointer[$0] }
          == rows(probe).map { naive.numbers[$0] ?? GroupIDs.absent },
        "find, types \(types), seed \(seed)")
    }
    #expect(table.groupCount == naive.keys.count)
    #expect(rows(table.keys()) == naive.keys, "keys, types \(types), seed \(seed)")
    #expect(table.keys().map(\.type) == types)
  }

  @Test(arguments: keyTypes, Spread.allCases)
  func singleKey(_ type: DataType, _ spread: Spread) {
    for seed in 1...6 as ClosedRange<UInt64> {
      check([type], seed: seed, batches: [1, 0, 300, 1000, 257]) { _, count, random in
        randomColumn(type, count, spread, &random)
      }
    }
  }

  @Test func severalKeys() {
    let combinations: [[DataType]] = [
      [.int32, .int32], [.string, .int64], [.float64, .bool, .string], [.date, .null],
      [.int64, .int64, .int64], [.binary, .string],
    ]
    for (k, types) in combinations.enumerated() {
      for seed in 1...5 as ClosedRange<UInt64> {
        check(types, seed: seed * 31 + UInt64(k), batches: [200, 1, 500]) { column, count, random in
          randomColumn(types[column], count, .few, &random)
        }
      }
    }
  }

  @Test func nestedKeys() {
    for seed in 1...6 as ClosedRange<UInt64> {
      for asList in [true, false] {
        var random = Random(seed)
        let type = nestedColumn(1, asList: asList, &random).type
        check([type], seed: seed, batches: [100, 1, 300]) { _, count, random in
          nestedColumn(count, asList: asList, &random)
        }
      }
    }
  }

  @Test func manyGroupsGrowTheTable() {
    for type in [DataType.int32, .int64, .string] {
      var random = Random(5)
      let values = plainColumn(type, 60_000, .many, &random)
      let table = GroupTable(keyTypes: [type])
      var naive = Naive()
      for start in stride(from: 0, to: 60_000, by: 7_000) {
        let part = values.slice(start..<min(60_000, start + 7_000))
        let ids = table.assign([part])
        #expect((0..<part.count).map { ids.pointer[$0] } == naive.assign(rows([part])))
      }
      #expect(rows(table.keys()) == naive.keys)
    }
  }

  /// Several keys go from a cascade of tables to encoded rows when there are many groups.
  @Test func manyGroupsOfSeveralKeys() {
    var random = Random(6)
    let columns = [
      plainColumn(.int64, 150_000, .many, &random), plainColumn(.string, 150_000, .few, &random),
      plainColumn(.float32, 150_000, .few, &random),
    ]
    let table = GroupTable(keyTypes: columns.map(\.type))
    var naive = Naive()
    for part in [0..<20_000, 20_000..<130_000, 130_000..<150_000] {
      let keys = columns.map { $0.slice(part) }
      let ids = table.assign(keys)
      #expect((0..<part.count).map { ids.pointer[$0] } == naive.assign(rows(keys)))
    }
    #expect(table.groupCount > 1 << 16)
    #expect(rows(table.keys()) == naive.keys)
    let found = table.find(columns.map { $0.slice(0..<500) })
    #expect(
      (0..<500).map { found.pointer[$0] }
        == rows(columns.map { $0.slice(0..<500) }).map { naive.numbers[$0] ?? GroupIDs.absent })
  }

  @Test func withoutKeysAllRowsAreOneGroup() {
    let table = GroupTable(keyTypes: [])
    #expect(table.groupCount == 0)
    #expect(table.keys().isEmpty)
  }
}

@Suite struct RowHashTests {
  @Test(arguments: keyTypes)
  func equalValuesHashEqual(_ type: DataType) {
    for seed in 1...8 as ClosedRange<UInt64> {
      var random = Random(seed)
      var known: [Cell: UInt64] = [:]
      for _ in 0..<6 {
        let column = randomColumn(type, 150, .few, &random)
        let hashes = RowHash.hash([column])
        for (row, value) in cells(column).enumerated() {
          let hash = hashes.pointer(as: UInt64.self)[row]
          #expect(known[value] ?? hash == hash, "\(type), seed \(seed), row \(row)")
          known[value] = hash
        }
      }
      #expect(Set(known.values).count == known.count)
    }
  }

  @Test func partitions() {
    var random = Random(4)
    let column = randomColumn(.int64, 1000, .many, &random)
    let hashes = RowHash.hash([column])
    for bits in [0, 1, 4, 8] {
      let split = HashPartitions(hashes: hashes, count: 1000, bits: bits)
      #expect(split.starts.count == (1 << bits) + 1)
      var seen: [Int32] = []
      for partition in 0..<(1 << bits) {
        let rows = (0..<split[partition].count).map { split[partition].pointer[$0] }
        #expect(rows == rows.sorted())
        #expect(
          rows.allSatisfy {
            Int(hashes.pointer(as: UInt64.self)[Int($0)] >> (64 - bits)) == partition
          })
        seen += rows
      }
      #expect(seen.sorted() == (0..<1000).map { Int32($0) })
    }
  }

  /// Both ends of the hash spread evenly, also for keys that are far from random.
  @Test(arguments: [0, 1, 3, 8, 16, 31, 40, 52])
  func spreads(_ shift: Int) {
    let count = 4096
    let columns = [
      Column(
        type: .int64, values: Buffer(copying: (0..<count).map { Int64($0) << Int64(shift) }),
        count: count),
      Column(
        type: .float64,
        values: Buffer(copying: (0..<count).map { Double($0) * Double(1 << (shift & 15)) }),
        count: count),
    ]
    for column in columns {
      let hashes = RowHash.hash([column])
      var top = [Int](repeating: 0, count: 16)
      var low = [Int](repeating: 0, count: 4096)
      var both = [Int](repeating: 0, count: 256)
      for row in 0..<count {
        let hash = hashes.pointer(as: UInt64.self)[row]
        top[Int(hash >> 60)] += 1
        low[Int(hash & 4095)] += 1
        both[Int((hash >> 60) << 4 | hash & 15)] += 1
      }
      #expect(top.allSatisfy { $0 > 180 && $0 < 340 }, "top bits, shift \(shift): \(top)")
      #expect((low.max() ?? 0) <= 9, "low bits, shift \(shift)")
      #expect((both.max() ?? 0) < 50, "top and low bits together, shift \(shift)")
    }
  }
}
