import ColumnarCore
import ColumnarTesting
import MiniParquet
import Testing

@testable import ColumnarIO

/// What page index and bloom filters leave out, in files of make_pruning.py.
@Suite struct ParquetPruningTests {
  static let folder = "\(ParquetTesting.folder)/Golden/pruning"

  static func file(_ name: String) throws -> ParquetFile {
    try ParquetFile(path: "\(folder)/\(name).parquet")
  }

  static func condition(
    _ file: ParquetFile, _ column: String, _ op: ComparisonOperator, _ value: Column
  ) throws -> RowCondition {
    let position = try file.columns.index(of: column)
    let typed = try value.cast(to: file.columns[position].type, strict: true)
    return .column(ColumnCondition(column: position, test: .compare(op, typed)))
  }

  static func number(_ value: Int) -> Column { Int.column(of: CollectionOfOne(value)) }

  /// The rows of a row group that are read under a condition.
  static func needed(
    _ file: ParquetFile, _ condition: RowCondition, group: Int = 0
  ) throws -> [Range<Int>] {
    let parts = ParquetPart.cut(
      file, group: group, columns: [0], rows: 1 << 17, condition: condition)
    return try parts[0].state.neededRows().ranges
  }

  /// The values of columns of a row group under a condition, and what was counted.
  static func values(
    _ file: ParquetFile, _ columns: [Int], _ condition: RowCondition, partRows: Int = 1 << 17,
    batchRows: Int = 7
  ) throws -> (values: [[Value]], counts: ScanCounts) {
    let counts = ScanCounts()
    var values = [[Value]](repeating: [], count: columns.count)
    for part in ParquetPart.cut(
      file, group: 0, columns: columns, rows: partRows, condition: condition, counts: counts)
    {
      try part.read(ReadRequest(columns: columns), batchRows: batchRows) { batch in
        for (k, column) in batch.columns.enumerated() { values[k] += Value.rows(of: column) }
        return true
      }
    }
    return (values, counts)
  }

  // MARK: Page index

  @Test(arguments: ["pages-v1", "pages-v2"])
  func pagesThatAreNeeded(_ name: String) throws {
    let file = try Self.file(name)
    func condition(
      _ column: String, _ op: ComparisonOperator, _ value: Int
    ) throws -> RowCondition { try Self.condition(file, column, op, Self.number(value)) }
    func needed(_ condition: RowCondition) throws -> [Range<Int>] {
      try Self.needed(file, condition)
    }
    #expect(try needed(condition("number", .equal, 57)) == [50..<60])
    #expect(try needed(condition("number", .greaterOrEqual, 90)) == [90..<120])
    #expect(try needed(condition("number", .less, 10)) == [0..<10])
    #expect(try needed(condition("number", .greater, 500)) == [])
    #expect(try needed(condition("falling", .greater, 235)) == [0..<10])
    #expect(try needed(condition("date", .less, 25)) == [0..<30])
    #expect(try needed(condition("real", .less, 5)) == [0..<10])
    // The first page holds a NaN, which is greater than all else.
    #expect(try needed(condition("real", .greater, 55)).first?.lowerBound == 0)
    let nulls = try file.columns.index(of: "nulls")
    #expect(
      try needed(.column(ColumnCondition(column: nulls, test: .isNull))) == [40..<100])
    #expect(
      try needed(.column(ColumnCondition(column: nulls, test: .isNotNull)))
        == [0..<40, 100..<120])
    #expect(try needed(condition("nulls", .notEqual, 1000)) == [0..<40, 100..<120])
    #expect(try needed(condition("nulls", .equalMissing, 1000)) == [0..<120])
    let text = String.column(
      of: CollectionOfOne(String(repeating: "x", count: 70) + "00033"))
    #expect(try needed(Self.condition(file, "text", .equal, text)) == [30..<40])
    let (low, high) = (
      try condition("number", .less, 15), try condition("number", .greaterOrEqual, 110)
    )
    #expect(try needed(.any([low, high])) == [0..<20, 110..<120])
    #expect(try needed(.all([low, high])) == [])
    #expect(
      try needed(.all([.any([low, high]), condition("falling", .less, 235)]))
        == [0..<20, 110..<120])
    #expect(try needed(.any([low, .all([])])) == [0..<120])
    #expect(try needed(.never) == [])
    // Lists have no rows that a bound could be of.
    let list = try file.columns.index(of: "list")
    #expect(
      try needed(.column(ColumnCondition(column: list, test: .isNull))) == [0..<120])
  }

  @Test(arguments: ["pages-v1", "pages-v2"])
  func rowsOfPagesAreThose(_ name: String) throws {
    let file = try Self.file(name)
    let columns = Array(0..<file.columns.count)
    let whole = try Self.values(file, columns, .all([])).values
    func check(_ condition: RowCondition, _ rows: [Int], pages: Int) throws {
      for (partRows, batchRows) in [(1 << 17, 8192), (1 << 17, 3), (25, 7)] {
        let (found, counts) = try Self.values(
          file, columns, condition, partRows: partRows, batchRows: batchRows)
        for (k, values) in found.enumerated() {
          let note: Comment = "\(file.columns[k].name), \(partRows), \(batchRows)"
          #expect(values == rows.map { whole[k][$0] }, note)
        }
        // Eleven leaves of twelve pages each, of which the same are opened.
        #expect(counts[.pages] == 11 * 12)
        #expect(counts[.pagesOpened] == 11 * pages)
        #expect(counts[.pagesByPageIndex] == 11 * (12 - pages))
      }
    }
    let middle = try Self.condition(file, "number", .equal, Self.number(57))
    try check(middle, Array(50..<60), pages: 1)
    let ends = RowCondition.any([
      try Self.condition(file, "number", .less, Self.number(5)), middle,
      try Self.condition(file, "number", .greater, Self.number(115)),
    ])
    try check(ends, Array(0..<10) + Array(50..<60) + Array(110..<120), pages: 3)
    let (none, counts) = try Self.values(file, columns, .never)
    #expect(none.allSatisfy { $0.isEmpty })
    #expect(counts[.groupsByPageIndex] == 1)
    #expect(counts[.pages] == 0)
  }

  @Test func whatContradictsItselfIsNotUsed() throws {
    let bytes = try ParquetTesting.bytes("\(Self.folder)/pages-v2.parquet")
    let file = try Self.file("pages-v2")
    let chunk = file.metadata.rowGroups[0].chunks[0]
    let (index, offsets) = (try #require(chunk.columnIndex), try #require(chunk.offsetIndex))
    let condition = try Self.condition(file, "number", .equal, Self.number(57))
    func needed(_ change: (inout [UInt8]) throws -> Void) throws -> [Range<Int>] {
      var changed = bytes
      try change(&changed)
      return try Self.needed(try ParquetTesting.file(changed), condition)
    }
    #expect(try needed { _ in } == [50..<60])
    let all = [0..<120]
    func range(_ place: ParquetPlace) -> Range<Int> {
      place.offset..<(place.offset + (place.size ?? 0))
    }
    for place in [index, offsets] {
      for byte: UInt8 in [0, 0xFF, 0x19] {
        let found = try needed { bytes in for at in range(place) { bytes[at] = byte } }
        #expect(found == all)
      }
    }
    // Bounds of two pages change places: they are said to ascend.
    func bound(_ value: UInt8) throws -> Int {
      let text = [8, value, 0, 0, 0, 0, 0, 0, 0]
      return try #require(
        range(index).first { bytes[$0..<min(bytes.count, $0 + 9)].elementsEqual(text) })
    }
    let (first, second) = (try bound(20), try bound(50))
    let swapped = try needed { bytes in
      for k in 0..<9 { bytes.swapAt(first + k, second + k) }
    }
    #expect(swapped == all)
    // Any other byte makes an index that is not used, or one that says something else; never a trap,
    // and never rows that there are not.
    try PropertyTest.seeds(80) { generator in
      var changed = bytes
      for _ in 0..<generator.random.pick([1, 1, 3]) {
        let at = generator.random.int(in: range(generator.random.pick([index, offsets])))
        changed[at] = generator.random.pick([0, 1, 0x7F, 0x80, 0xFF, changed[at] ^ 0x10])
      }
      let damaged = try ParquetTesting.file(changed)
      let (found, _) = try Self.values(damaged, [0, 8, 9], condition)
      let numbers = found[0].map { value in if case .int(let x) = value { x } else { Int64(-1) } }
      #expect(numbers == numbers.sorted())
      #expect(found.allSatisfy { $0.count == numbers.count })
      for (number, pair) in zip(numbers, found[2]) {
        guard case .structure(let fields) = pair else { continue }
        #expect(fields.first == .int(number))
      }
    }
  }

  /// An offset index of a list that tells wrong rows of older pages, which tell none themselves.
  @Test func wrongRowsOfListsAreFound() throws {
    let bytes = try ParquetTesting.bytes("\(Self.folder)/pages-v1.parquet")
    let file = try Self.file("pages-v1")
    let list = try file.columns.index(of: "list")
    guard case .list(_, _, _, .leaf(let leaf, _)) = file.schema.nodes[list] else {
      throw ColumnarError(.internal, "no list")
    }
    let place = try #require(file.metadata.rowGroups[0].chunks[leaf].offsetIndex)
    let whole = try Self.values(file, [list], .all([])).values[0]
    let condition = try Self.condition(file, "number", .equal, Self.number(57))
    var errors = 0
    for at in place.offset..<(place.offset + (place.size ?? 0)) {
      for change: UInt8 in [2, 10] {
        var changed = bytes
        changed[at] = changed[at] &+ change
        do {
          let found = try Self.values(try ParquetTesting.file(changed), [list], condition).values[0]
          #expect(found == Array(whole[50..<60]))
        } catch let error as ColumnarError {
          #expect(error.code == .corruptFile)
          errors += 1
        }
      }
    }
    #expect(errors > 0)
  }

  @Test func listsOfAnIndexAreChecked() throws {
    func index(_ body: (inout MiniParquet.Thrift) -> Void) throws -> ParquetColumnIndex {
      var thrift = MiniParquet.Thrift()
      body(&thrift)
      thrift.end()
      var reader = ThriftReader(Buffer(copying: thrift.bytes), ParquetOrigin(name: "test"))
      return try ParquetColumnIndex(&reader, pages: 1)
    }
    func bounds(_ thrift: inout MiniParquet.Thrift, _ count: Int = 1) {
      for id in [2, 3] {
        thrift.list(id, 8, count)
        for _ in 0..<count { thrift.element("a") }
      }
    }
    #expect(throws: ColumnarError.self) { try index { _ in } }
    #expect(throws: ColumnarError.self) { try index { bounds(&$0) } }
    func offsets(_ pages: [(Int, Int, Int)]) throws -> ParquetOffsetIndex {
      var thrift = MiniParquet.Thrift()
      thrift.list(1, 12, pages.count)
      for page in pages {
        thrift.element {
          $0.integer(1, page.0)
          $0.integer(2, page.1)
          $0.integer(3, page.2)
        }
      }
      thrift.end()
      var reader = ThriftReader(Buffer(copying: thrift.bytes), ParquetOrigin(name: "test"))
      return try ParquetOffsetIndex(&reader, rowCount: 10)
    }
    #expect(try offsets([(4, 10, 0), (14, 10, 5)]).rows(of: 10) == [0..<5, 5..<10])
    for wrong in [
      [(4, 10, 1)], [(4, 10, 0), (14, 10, 0)], [(4, 10, 0), (13, 10, 5)], [(4, 0, 0)],
      [(4, 10, 0), (14, 10, 10)], [(-4, 10, 0)], [(Int.max - 5, 10, 0)], [(4, -1, 0)],
    ] {
      #expect(throws: ColumnarError.self, "\(wrong)") { try offsets(wrong) }
    }
  }

  // MARK: Bloom filters

  @Test func hashes() {
    let known: [(String, UInt64)] = [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ]
    for (text, hash) in known {
      #expect(Array(text.utf8).withUnsafeBytes { XXHash64.hash($0) } == hash, "\(text)")
    }
  }

  @Test func filtersKnowTheirValues() throws {
    let file = try Self.file("bloom")
    for (position, field) in file.columns.fields.enumerated() {
      for group in 0..<2 {
        var column = Column.empty(field.type)
        let part = ParquetPart.cut(file, group: group, columns: [position], rows: 1000)[0]
        try part.read(ReadRequest(columns: [position])) {
          column = $0.columns[0]
          return true
        }
        for row in 0..<column.count {
          let condition = RowCondition.column(
            ColumnCondition(
              column: position, test: .compare(.equal, column.slice(row..<(row + 1)))))
          #expect(file.exclusion(condition, group: group) == nil, "\(field.name), row \(row)")
        }
      }
    }
  }

  @Test func filtersExclude() throws {
    let file = try Self.file("bloom")
    func text(_ text: String) -> Column { String.column(of: CollectionOfOne(text)) }
    // Within the bounds of the first row group, but odd.
    let absent: [(String, Column)] = [
      ("int64", Self.number(101)), ("int32", Self.number(101)), ("int8", Self.number(-31)),
      ("uint16", Self.number(64_901)), ("float32", Self.number(101)),
      ("float64", Self.number(101)), ("string", text("text 101")),
      ("long", text("101 " + String(repeating: "x", count: 41))), ("binary", text("101")),
      ("fixed", text("000101")), ("date", Self.number(101)), ("time", Self.number(101)),
    ]
    for (name, value) in absent {
      let condition = try Self.condition(file, name, .equal, value)
      #expect(file.exclusion(condition, group: 0) == .groupsByBloomFilter, "\(name)")
      var options = ParquetReadOptions()
      options.usesBloomFilters = false
      let other = try ParquetFile(path: file.path, options: options)
      #expect(other.exclusion(condition, group: 0) == nil, "\(name)")
    }
    // Several values, all absent, some by bounds; and one that is there.
    func int(_ value: Int) throws -> RowCondition {
      try Self.condition(file, "int64", .equal, Self.number(value))
    }
    #expect(
      file.exclusion(.any([try int(1), try int(3), try int(1000)]), group: 0)
        == .groupsByBloomFilter)
    #expect(file.exclusion(.any([try int(1), try int(4)]), group: 0) == nil)
    #expect(file.exclusion(.any([try int(1), try int(4)]), group: 1) == .groupsByStatistics)
    // Zero of either sign is the other, NaN may be written in many ways.
    for zero in [0.0, -0.0] {
      let value = Double.column(of: CollectionOfOne(zero))
      for name in ["float64", "float32"] {
        let condition = try Self.condition(file, name, .equal, value)
        #expect(file.exclusion(condition, group: 0) == nil)
      }
    }
    let nan = Double.column(of: CollectionOfOne(Double.nan))
    let condition = try Self.condition(file, "float64", .equal, nan)
    #expect(file.exclusion(condition, group: 0) != .groupsByBloomFilter)
  }

  /// A table's column may be wider than that of one of its files.
  @Test func filtersTakeWiderValues() throws {
    let file = try Self.file("bloom")
    func exclusion(_ name: String, _ value: Column) throws -> ScanCounts.Item? {
      let position = try file.columns.index(of: name)
      return file.exclusion(
        .column(ColumnCondition(column: position, test: .compare(.equal, value))), group: 0)
    }
    #expect(try exclusion("int32", Self.number(101)) == .groupsByBloomFilter)
    #expect(try exclusion("int32", Self.number(100)) == nil)
    #expect(try exclusion("int8", Self.number(-30)) == nil)
    func real(_ value: Double) -> Column { Double.column(of: CollectionOfOne(value)) }
    #expect(try exclusion("float32", real(100.1)) == .groupsByBloomFilter)
    #expect(try exclusion("float32", real(100)) == nil)
    #expect(try exclusion("int32", real(100.5)) == .groupsByBloomFilter)
    #expect(try exclusion("int32", real(100)) == nil)
  }

  @Test func filtersOfOthers() throws {
    let file = try Self.file("bloom-duckdb")
    for (value, isThere) in [(100, true), (101, false), (398, true), (397, false)] {
      let condition = try Self.condition(file, "number", .equal, Self.number(value))
      #expect((file.exclusion(condition, group: 0) == nil) == isThere, "\(value)")
      let text = String.column(of: CollectionOfOne("text \(value)"))
      let same = try Self.condition(file, "string", .equal, text)
      #expect((file.exclusion(same, group: 0) == nil) == isThere, "\(value)")
    }
    guard let corpus = ParquetTesting.corpus else { return }
    let java = try ParquetFile(path: "\(corpus)/data/data_index_bloom_encoding_stats.parquet")
    for (text, isThere) in [("Hello", true), ("the quick", true), ("How about", false)] {
      let value = String.column(of: CollectionOfOne(text))
      let condition = try Self.condition(java, java.columns.names[0], .equal, value)
      #expect((java.exclusion(condition, group: 0) == nil) == isThere, "\(text)")
    }
  }

  @Test func headersOfFiltersAreChecked() throws {
    let bytes = try ParquetTesting.bytes("\(Self.folder)/bloom.parquet")
    let file = try Self.file("bloom")
    let place = try #require(file.metadata.rowGroups[0].chunks[0].bloomFilter)
    let present = try Self.condition(file, "int64", .equal, Self.number(100))
    let absent = try Self.condition(file, "int64", .equal, Self.number(101))
    var ignored = 0
    for at in place.offset..<(place.offset + 16) {
      for byte: UInt8 in [0, 0x15, 0x7F, 0x80, 0xFF] {
        var changed = bytes
        changed[at] = byte
        let damaged = try ParquetTesting.file(changed)
        #expect(damaged.exclusion(present, group: 0) == nil, "byte \(at - place.offset)")
        if damaged.exclusion(absent, group: 0) == nil { ignored += 1 }
      }
    }
    #expect(ignored > 30)
    // It may stand beyond the file, or reach beyond it.
    for place in [
      ParquetPlace(offset: -1, size: 100), .init(offset: bytes.count, size: 10),
      .init(offset: bytes.count - 10, size: 100), .init(offset: 0, size: nil),
      .init(offset: Int.max, size: Int.max), .init(offset: 10, size: -1),
    ] {
      #expect(place.bytes(in: file.bytes) == nil)
    }
  }
}
