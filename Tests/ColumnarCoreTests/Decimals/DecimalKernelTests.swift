import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Decimal columns")
struct DecimalKernelTests {
  static let wide = DataType.decimal128(38, scale: 20)

  static func column(_ texts: [String?], _ type: DataType) throws -> Column {
    var builder = BytesBuilder(capacity: texts.count)
    for text in texts { if let text { builder.append(text) } else { builder.appendNull() } }
    return try builder.finish().cast(to: type, strict: true)
  }

  static func texts(_ column: Column) -> [String] {
    (0..<column.count).map { column.text(at: $0) }
  }

  @Test func types() throws {
    #expect("\(DataType.decimal128(10, scale: 2))" == "decimal128[10, 2]")
    for (precision, scale) in [(0, 0), (39, 0), (5, 6), (5, -1)] {
      let error = #expect(throws: ColumnarError.self) {
        try DataType.decimal(precision: precision, scale: scale)
      }
      #expect(error?.code == .unsupported)
    }
    #expect(
      DataType.common(.decimal128(5, scale: 2), .decimal128(6, scale: 4))
        == .decimal128(7, scale: 4))
    #expect(DataType.common(.decimal128(5, scale: 2), .int64) == .decimal128(21, scale: 2))
    #expect(DataType.common(.decimal128(5, scale: 2), .float32) == .float64)
    #expect(
      DataType.common(.decimal128(38), .decimal128(38, scale: 5)) == .decimal128(38, scale: 5))
    #expect(DataType.common(.decimal128(5), .string) == nil)
    let divided = try ArithmeticOperator.divide.resultType(.decimal128(5, scale: 2), .int8)
    #expect(divided == .float64)
    #expect(throws: ColumnarError.self) {
      try ArithmeticOperator.wrappingAdd.resultType(.decimal128(5), .decimal128(5))
    }
    #expect(throws: ColumnarError.self) {
      try ArithmeticOperator.multiply.resultType(
        .decimal128(38, scale: 30), .decimal128(38, scale: 9))
    }
  }

  @Test func mixedArithmetic() throws {
    let a = try Self.column(["1.25", nil, "-3.10"], .decimal128(5, scale: 2))
    let ints = Column(type: .int64, values: Buffer(copying: [2, 3, 4] as [Int64]), count: 3)
    #expect(try Self.texts(a.arithmetic(.multiply, ints)) == ["2.50", "null", "-12.40"])
    #expect(try Self.texts(ints.arithmetic(.subtract, a)) == ["0.75", "null", "7.10"])
    #expect(try Self.texts(a.arithmetic(.divide, ints)) == ["0.625", "null", "-0.775"])
    #expect(try Self.texts(a.negated()) == ["-1.25", "null", "3.10"])
    #expect(try Self.texts(a.absolute()) == ["1.25", "null", "3.10"])
    #expect(try Self.texts(a.cast(to: .int8, strict: true)) == ["1", "null", "-3"])
    #expect(try Self.texts(a.cast(to: .bool, strict: true)) == ["true", "null", "true"])
    let flags = Column(bits: Bitmap([true, false]))
    #expect(
      try Self.texts(flags.cast(to: .decimal128(3, scale: 1), strict: true)) == ["1.0", "0.0"])
    let error = #expect(throws: ColumnarError.self) {
      let top = try Self.column(
        ["1", nil, "99999999999999999999999999999999999999"], .decimal128(38))
      _ = try top.arithmetic(.add, ints)
    }
    #expect(error?.code == .overflow && error?.row == 2)
    #expect(error?.message.contains("99999999999999999999999999999999999999 + 4") == true)
    let division = #expect(throws: ColumnarError.self) {
      _ = try a.arithmetic(.integerDivide, Self.column(["1", "1", "0"], .decimal128(3)))
    }
    #expect(division?.row == 2 && division?.message.contains("division by zero") == true)
    let misfit = #expect(throws: ColumnarError.self) {
      try Self.column(["1", "200"], .decimal128(3)).cast(to: .int8, strict: true)
    }
    #expect(misfit?.row == 1 && misfit?.message.contains("200") == true)
  }

  @Test func sortingAndExtremes() throws {
    try PropertyTest.seeds(80) { generator in
      for type in [Self.wide, .decimal128(9, scale: 2)] {
        let column = generator.column(type, count: generator.rowCount(upTo: 300))
        let rows = Value.rows(of: column)
        let descending = generator.random.chance(0.5)
        let expected = Oracle.sortedRows(
          by: [(rows, descending, false)], count: rows.count)
        let order = Sorting.order([SortKey(column, descending: descending)])
        #expect(
          (0..<order.count).map { order.row(at: $0) } == expected, "seed \(generator.seed)")
        let sorted = Sorting.sortedValues(column, descending: descending, nullsFirst: false)
        #expect(Value.rows(of: sorted) == expected.map { rows[$0] }, "seed \(generator.seed)")
        let several = Sorting.order([
          SortKey(column, descending: descending),
          SortKey(generator.column(.int8, count: rows.count, nulls: 0, form: .constant)),
          SortKey(column),
        ])
        #expect((0..<several.count).map { rows[several.row(at: $0)] } == expected.map { rows[$0] })
        let top = Sorting.topK([SortKey(column, descending: descending)], 5)
        #expect((0..<top.count).map { top.row(at: $0) } == Array(expected.prefix(5)))
        for function in [AggregateFunction.min, .max] {
          let accumulator = try function.makeAccumulator(for: type)
          try accumulator.updateAll(column, firstRow: 0)
          let values = rows.compactMap { if case .decimal(let x) = $0 { x } else { nil } }
          let best = function == .min ? values.min() : values.max()
          #expect(
            try Value.rows(of: accumulator.finish()) == [best.map { .decimal($0) } ?? .null],
            "seed \(generator.seed)")
        }
      }
    }
  }

  @Test func topOfMany() {
    var generator = ColumnGenerator(seed: 7)
    let column = generator.column(Self.wide, count: 5000, nulls: 0.1, form: .plain)
    let whole = Sorting.order([SortKey(column, descending: true)])
    let top = Sorting.topK([SortKey(column, descending: true)], 20)
    #expect((0..<20).map { top.row(at: $0) } == (0..<20).map { whole.row(at: $0) })
  }

  @Test func groupsAndHashes() {
    PropertyTest.seeds(60) { generator in
      let column = generator.column(Self.wide, count: generator.rowCount(upTo: 200))
      let rows = Value.rows(of: column)
      let table = GroupTable(keyTypes: [column.type])
      let groups = table.assign([column])
      var numbers: [Value: UInt32] = [:]
      let expected = rows.map { value -> UInt32 in
        if let known = numbers[value] { return known }
        numbers[value] = UInt32(numbers.count)
        return UInt32(numbers.count - 1)
      }
      #expect((0..<rows.count).map { groups.pointer[$0] } == expected, "seed \(generator.seed)")
      let hashes = RowHash.hash([column])
      let words = hashes.pointer(as: UInt64.self)
      for (a, b) in zip(rows.indices, rows.indices.dropFirst()) {
        #expect((words[a] == words[b]) == (rows[a] == rows[b]), "seed \(generator.seed)")
      }
    }
  }

  @Test func sums() throws {
    let type = DataType.decimal128(38, scale: 2)
    let top = "999999999999999999999999999999999999.99"
    // In the middle the sum leaves 128 bits.
    let column = try Self.column([top, top, top, nil, "-" + top, "-" + top, "1.00"], type)
    for isGrouped in [true, false] {
      for (function, expected) in [
        (AggregateFunction.sum, "1000000000000000000000000000000000000.99")
      ] {
        let accumulator = try function.makeAccumulator(for: type)
        try Self.fill(accumulator, column, isGrouped)
        let error = #expect(throws: ColumnarError.self, "\(expected)") { try accumulator.finish() }
        #expect(error?.code == .overflow)
      }
    }
    let fitting = try Self.column([top, top, nil, "-" + top, "-0.99"], type)
    for isGrouped in [true, false] {
      let accumulator = try AggregateFunction.sum.makeAccumulator(for: type)
      try Self.fill(accumulator, fitting, isGrouped)
      // And by way of its state.
      let other = try AggregateFunction.sum.makeAccumulator(for: type)
      other.grow(to: 1)
      var group: UInt32 = 0
      try other.merge(accumulator.partialState(), groups: &group)
      #expect(try other.finish().text(at: 0) == "999999999999999999999999999999999999.00")
    }
    let mean = try AggregateFunction.mean.makeAccumulator(for: type)
    try mean.updateAll(Self.column(["0.10", "0.20", "0.30", nil], type), firstRow: 0)
    #expect(try mean.finish().text(at: 0) == "0.2")
    let nothing = try AggregateFunction.sum.makeAccumulator(for: type)
    try nothing.updateAll(Self.column([nil], type), firstRow: 0)
    #expect(try nothing.finish().text(at: 0) == "0.00")
    let deviation = try AggregateFunction.std(ddof: 0).makeAccumulator(for: type)
    try deviation.updateAll(Self.column(["1.00", "3.00"], type), firstRow: 0)
    #expect(try deviation.finish().text(at: 0) == "1.0")
  }

  private static func fill(
    _ accumulator: any GroupAccumulator, _ column: Column, _ isGrouped: Bool
  ) throws {
    guard isGrouped else { return try accumulator.updateAll(column, firstRow: 0) }
    accumulator.grow(to: 1)
    let groups = [UInt32](repeating: 0, count: column.count)
    try accumulator.update(column, groups: groups, firstRow: 0)
  }

  @Test func foreignMemoryIsAligned() throws {
    var bytes = [UInt8](repeating: 0, count: 8)
    withUnsafeBytes(of: [Int128(-5), 7]) { _ in }
    for value in [Int128(-5), 7] { withUnsafeBytes(of: value) { bytes += $0 } }
    let whole = Buffer(copying: bytes)
    let column = Column(type: .decimal128(5), values: whole.slice(8..<40), count: 2)
    #expect(Self.texts(column) == ["-5", "7"])
    #expect(UInt(bitPattern: column.storage.values.start) % 16 == 0)
  }

  @Test func stableKeysTellScalesApart() throws {
    let seed = StableKey(low: 1, high: 2)
    let keys = try [DataType.decimal128(5), .decimal128(5, scale: 1), .decimal128(6)].map { type in
      let column = Column(type: type, values: Buffer(copying: [Int128(12)]), count: 1)
      let key = try #require(StableKeys.keys(of: [column], count: 1, seed: seed))
      return key.withBytes { Array($0) }
    }
    #expect(Set(keys).count == 3)
    let high = Column(
      type: .decimal128(38), values: Buffer(copying: [Int128(1) << 70, Int128(1) << 71]), count: 2)
    let found = try #require(StableKeys.keys(of: [high], count: 2, seed: seed))
    found.withBytes { #expect(Array($0[0..<16]) != Array($0[16..<32])) }
  }
}
