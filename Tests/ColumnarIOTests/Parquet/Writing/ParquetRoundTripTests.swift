import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct ParquetRoundTripTests {
  typealias Write = ParquetWriteTesting

  /// Types of which any value comes back; seconds are tested on their own.
  static let types: [DataType] =
    ColumnGenerator.allTypes.filter { $0 != .timestamp(.second, zone: "UTC") } + [
      .timestamp(.nanosecond), .timestamp(.millisecond, zone: "UTC"), .list(.list(.string)),
      .list(.fixedSizeList(.string, count: 2)), .fixedSizeList(.bool, count: 0),
      .list(.structure([Field("d", .date), Field("n", .null)])),
      .structure([Field("s", .structure([Field("b", .binary)])), Field("t", .list(.string))]),
      .fixedSizeList(.list(.bool), count: 2),
      .list(.structure([Field("a", .list(.list(.int32))), Field("b", .float64)])),
    ]

  @Test func columnsOfEveryTypeComeBack() throws {
    try PropertyTest.seeds(4) { generator in
      for type in Self.types {
        let count = generator.rowCount(upTo: 130)
        let column = generator.column(type, count: count)
        let options = Write.options(&generator.random)
        let note = "\(type), \(count) rows, \(options), seed \(generator.seed)"
        let file = try Write.written([Write.batch([column])], options)
        let back = try ParquetTesting.values(of: file)[0].map(\.notation)
        let wanted = Write.notations(column)
        if back != wanted {
          let row = zip(back, wanted).enumerated().first { $1.0 != $1.1 }
          Issue.record("\(note): \(back.count) rows; \(row.map { "\($0)" } ?? "")")
        }
      }
    }
  }

  @Test func batchesAreJoinedAndCut() throws {
    try PropertyTest.seeds(6) { generator in
      let types: [DataType] = [.int64, .string, .list(.int32), .bool]
      let batches = (0..<generator.random.int(in: 1..<6)).map { _ in
        let count = generator.rowCount(upTo: 150)
        return Write.batch(types.map { generator.column($0, count: count) }, count: count)
      }
      var options = Write.options(&generator.random)
      options.rowGroupRows = generator.random.pick([50, 128, 1000])
      options.rowGroupBytes = 1 << 28
      let file = try Write.written(batches, options)
      let rows = batches.reduce(0) { $0 + $1.count }
      #expect(file.metadata.rowCount == rows)
      let groups = file.metadata.rowGroups.map(\.rowCount)
      #expect(groups.dropLast().allSatisfy { $0 == options.rowGroupRows }, "\(groups)")
      let values = try ParquetTesting.values(of: file)
      for k in types.indices {
        #expect(
          values[k].map(\.notation) == batches.flatMap { Write.notations($0.columns[k]) },
          "column \(k), seed \(generator.seed)")
      }
    }
  }

  /// Numbers without a pattern.
  private static func mixed(_ k: Int) -> Int {
    var x = UInt64(k) &* 0x9E37_79B9_7F4A_7C15
    x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
    return Int((x ^ x >> 27) >> 11)
  }

  /// Many values of few kinds, of many, in runs and in order: each of the encodings is met.
  @Test func longColumnsComeBack() throws {
    let rows = 0..<40_000
    let mixed = rows.map(Self.mixed)
    let columns: [(ParquetEncoding, Column)] = [
      (.rleDictionary, Int.column(of: mixed.map { $0 % 100 })),
      (.deltaBinaryPacked, Int.column(of: rows.map { $0 * 1000 + mixed[$0] % 63 })),
      (.plain, Int.column(of: mixed.map { $0 &* $0 })),
      (.rleDictionary, Int32.column(of: rows.map { Int32($0 / 5000) })),
      (.rleDictionary, Double.column(of: mixed.map { Double($0 % 50) })),
      (.rle, Bool.column(of: rows.map { $0 / 1000 % 2 == 0 })),
      (.plain, Bool.column(of: mixed.map { $0 % 2 == 0 })),
      (.rleDictionary, String.column(of: mixed.map { "value \($0 % 300)" })),
      (.deltaByteArray, String.column(of: rows.map { "https://example.org/\(100_000 + $0)" })),
      (.rleDictionary, String?.column(of: mixed.map { $0 % 3 == 0 ? nil : "\($0 % 7)" })),
    ]
    var options = ParquetWriteOptions(compression: .none)
    options.pageRows = 6000
    let file = try Write.written([Write.batch(columns.map(\.1))], options)
    let values = try ParquetTesting.values(of: file)
    for (k, (encoding, column)) in columns.enumerated() {
      #expect(values[k] == Value.rows(of: column), "column \(k)")
      let encodings = file.metadata.rowGroups[0].chunks[k].encodings
      #expect(encodings.contains(encoding), "column \(k) is written as \(encodings)")
    }
    // Taken apart only where pages are packed.
    let random = Double.column(of: mixed.map { Double($0 % 100_000_000) / 1e6 })
    let packed = try Write.written([Write.batch([random])], ParquetWriteOptions())
    #expect(packed.metadata.rowGroups[0].chunks[0].encodings.contains(.byteStreamSplit))
    #expect(try ParquetTesting.values(of: packed)[0] == Value.rows(of: random))
  }

  /// Batches that are coded by dictionaries of their own, with nulls, as scans of files give them.
  @Test func dictionariesAreJoined() throws {
    try PropertyTest.seeds(10) { generator in
      let type = generator.random.pick([DataType.string, .int32, .binary])
      let batches = (0..<4).map { _ in
        Write.batch([generator.column(type, count: 120, nulls: 0.2, form: .dictionary)])
      }
      var options = Write.options(&generator.random)
      options.rowGroupRows = 1000
      options.rowGroupBytes = 1 << 28
      let values = try ParquetTesting.values(of: Write.written(batches, options))[0]
      #expect(
        values.map(\.notation) == batches.flatMap { Write.notations($0.columns[0]) },
        "seed \(generator.seed)")
    }
  }

  @Test func floatsKeepTheirBits() throws {
    let bits: [UInt64] = [
      0, 1 << 63, 0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0001, 0x7FF0_0000_0000_0001,
      0x7FF0_0000_0000_0000, 1,
    ]
    let many = (0..<700).map { Double(bitPattern: bits[$0 % bits.count]) }
    let file = try Write.written([Write.batch([Double.column(of: many)])])
    let part = try #require(
      ParquetPart.cut(file, group: 0, columns: [0], rows: 1000).first)
    var found: [UInt64] = []
    try part.read(ReadRequest(columns: [0]), batchRows: 1000) { batch in
      let view = PrimitiveView(batch.columns[0], as: Double.self)
      found += (0..<batch.count).map { view[$0].bitPattern }
      return true
    }
    #expect(found == many.map(\.bitPattern))
  }

  @Test func nothingComesBackAsNothing() throws {
    let schema = try Schema([Field("a", .int64), Field("b", .list(.string))])
    let empty = try Write.written([], schema: schema)
    #expect(empty.metadata.rowCount == 0 && empty.columns.names == ["a", "b"])
    let rows = Batch(unchecked: Schema(unchecked: []), columns: [], count: 7)
    #expect(try Write.written([rows]).metadata.rowCount == 7)
  }

  /// Parquet has no durations, zones and fixed sizes: the Arrow schema says what they are.
  @Test func typesComeBackByTheArrowSchema() throws {
    let types: [DataType] =
      [
        .duration(.second), .timestamp(.microsecond, zone: "Europe/Berlin"),
        .list(.structure([Field("d", .duration(.nanosecond)), Field("s", .string)])),
      ] + Self.types
    var generator = ColumnGenerator(seed: 5)
    let batch = Write.batch(types.map { generator.column($0, count: 20) })
    #expect(try Write.written([batch]).columns.fields.map(\.type) == types)
    var options = ParquetWriteOptions()
    options.writesArrowSchema = false
    let plain = try Write.written([batch], options).columns.fields.map(\.type)
    #expect(plain[0] == .int64 && plain[1] == .timestamp(.microsecond, zone: "UTC"))
  }

  static func seconds(_ values: [Int64], zone: String? = nil) -> Column {
    Column(
      type: .timestamp(.second, zone: zone), values: Buffer(copying: values), count: values.count)
  }

  /// Up to the last that milliseconds have room for; what lies beyond is refused by its value.
  @Test(arguments: [nil, "Asia/Tokyo"])
  func secondsAreWrittenAsMilliseconds(_ zone: String?) throws {
    let most = Int64.max / 1000
    let values: [Int64] = [5, -3, 0, most, -most, most - 1, 1]
    var options = ParquetWriteOptions()
    for arrow in [true, false] {
      options.writesArrowSchema = arrow
      let file = try Write.written([Write.batch([Self.seconds(values, zone: zone)])], options)
      let type = DataType.timestamp(
        arrow ? .second : .millisecond, zone: zone.map { arrow ? $0 : "UTC" })
      #expect(file.columns[0].type == type)
      let wanted = values.map { Value.int(arrow ? $0 : $0 * 1000) }
      #expect(try ParquetTesting.values(of: file)[0] == wanted)
    }
    for far in [.max, .min, most + 1, -most - 1] {
      let error = #expect(throws: ColumnarError.self) {
        try Write.written([Write.batch([Self.seconds([1, far], zone: zone)])])
      }
      #expect(error?.code == .overflow && error?.message.contains("\(far) seconds") == true)
    }
  }

  /// Statistics and the page index are of milliseconds, conditions of seconds.
  @Test func secondsAreFoundByTheirBounds() throws {
    let values = (0..<200).map { Int64($0) * 10 - 1000 }
    var options = ParquetWriteOptions()
    options.rowGroupRows = 50
    options.pageRows = 10
    let file = try Write.written([Write.batch([Self.seconds(values)])], options)
    for (value, groups) in [(-1000, 1), (-501, 0), (-500, 1), (990, 1), (991, 0)] as [(Int64, Int)]
    {
      let condition = RowCondition.column(
        ColumnCondition(column: 0, test: .compare(.equal, Self.seconds([value]))))
      let kept = (0..<4).filter { file.exclusion(condition, group: $0) == nil }
      #expect(kept.count == groups || value % 10 != 0, "\(value)")
      for group in kept {
        let parts = ParquetPart.cut(
          file, group: group, columns: [0], rows: 1000, condition: condition)
        #expect(try parts[0].state.neededRows().count <= 10)
      }
    }
  }

  /// Null lists take no room in the file; what a size asks for here is bounded.
  @Test func listsOfFixedSizeComeBack() throws {
    let elements = Int.column(of: Array(0..<12))
    for validity in [nil, [true, false, true, true]] as [[Bool]?] {
      let lists = Column(
        fixedSizeListOf: elements, size: 3, validity: validity.map { Bitmap($0) }, count: 4)
      let back = try #require(Self.read(try Write.written([Write.batch([lists])])).first)
      #expect(back.type == lists.type && Value.rows(of: back) == Value.rows(of: lists))
    }
    let huge = Column(
      fixedSizeListOf: .nulls(100 << 24), size: 1 << 24,
      validity: Bitmap(repeating: false, count: 100), count: 100)
    let file = try Write.written([Write.batch([huge])])
    let error = #expect(throws: ColumnarError.self) { try Self.read(file) }
    #expect(error?.code == .resourcesExhausted)
  }

  private static func read(_ file: ParquetFile) throws -> [Column] {
    var columns: [Column] = []
    for part in ParquetPart.cut(file, group: 0, columns: [0], rows: 1 << 17) {
      try part.read(ReadRequest(columns: [0])) { batch in
        columns += batch.columns
        return true
      }
    }
    return columns
  }

  @Test func whatHasNoFormIsRefused() throws {
    func message(_ type: DataType) -> String? {
      do {
        _ = try ParquetWriter(
          path: "/tmp/never.parquet", schema: Schema(unchecked: [Field("c", .list(type))]))
        return nil
      } catch { return (error as? ColumnarError)?.message }
    }
    #expect(
      message(.structure([]))
        == "Column \"c.list.element\" is a struct without fields, which Parquet has no form for. "
        + "Drop the column.")
    #expect(message(.opaque(Int.self))?.contains("cannot be written to Parquet files") == true)
  }

  @Test func optionsAreChecked() throws {
    func fails(_ change: (inout ParquetWriteOptions) -> Void) -> ColumnarError.Code? {
      var options = ParquetWriteOptions()
      change(&options)
      do {
        _ = try ParquetWriter(
          path: "/tmp/never.parquet", schema: Schema(unchecked: [Field("name", .bool)]),
          options: options)
        return nil
      } catch { return (error as? ColumnarError)?.code }
    }
    #expect(fails { $0.compression = .zstd(level: 23) } == .invalidPlan)
    #expect(fails { $0.compression = .gzip(level: 0) } == .invalidPlan)
    #expect(fails { $0.pageRows = 0 } == .invalidPlan)
    #expect(fails { $0.rowGroupRows = 1 << 40 } == .invalidPlan)
    #expect(fails { $0.bloomFilters = [.init("nam")] } == .columnNotFound)
    #expect(fails { $0.bloomFilters = [.init("name")] } == .unsupported)
    #expect(fails { $0.bloomFilters = [.init("name", falsePositives: 1)] } == .invalidPlan)
    #expect(fails { $0.sortedColumns = [.init("nam")] } == .columnNotFound)
  }
}
