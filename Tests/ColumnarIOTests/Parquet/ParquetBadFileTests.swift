import ColumnarCore
import ColumnarTesting
import Foundation
import MiniParquet
import Testing

@testable import ColumnarIO

/// Damaged and lying files are an error or other values, never a trap and never much memory.
@Suite struct ParquetBadFileTests {
  static let expected: Set<ColumnarError.Code> = [
    .corruptFile, .unsupported, .resourcesExhausted, .duplicateName,
  ]

  /// Reads all that a file says it has, up to some rows, and looks at every value.
  static func read(_ file: ParquetFile, rows limit: Int = 10_000) throws {
    var left = limit
    for group in file.metadata.rowGroups.indices {
      let columns = Array(0..<file.columns.count)
      for part in ParquetPart.cut(file, group: group, columns: columns, rows: 1 << 17)
      where left > 0 {
        try part.read(ReadRequest(columns: columns), batchRows: 64) { batch in
          for column in batch.columns {
            let rows = Value.rows(of: column)
            #expect(rows.count == batch.count)
            let order = RowIndices((0..<Int32(batch.count)).reversed())
            #expect(Value.rows(of: column.taking(order)) == rows.reversed())
          }
          left -= batch.count
          return left > 0
        }
      }
    }
  }

  static func read(_ bytes: [UInt8]) throws { try read(ParquetTesting.file(bytes)) }

  static func golden(_ name: String) throws -> [UInt8] {
    try ParquetTesting.bytes("\(ParquetTesting.folder)/Golden/files/\(name).parquet")
  }

  /// An error that a file may give: it names the file, and where in it what is wrong stands.
  static func expectTold(_ error: any Error, _ path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let error = error as? ColumnarError, expected.contains(error.code) else {
      Issue.record("\(name): \(error)")
      return
    }
    #expect(error.message.contains(name), "\(error)")
    if error.code == .corruptFile { #expect(error.message.contains("at byte"), "\(error)") }
  }

  /// Every file of the folder, also those that are added to it; each is an error, but for one.
  @Test func badFilesOfTheCorpus() throws {
    guard let corpus = ParquetTesting.corpus else { return }
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/bad_data")
      .filter { $0.hasSuffix(".parquet") }
    #expect(names.count >= 4)
    for name in names.sorted() {
      let path = "\(corpus)/bad_data/\(name)"
      do {
        try Self.read(ParquetFile(path: path), rows: .max)
        // Codes of no bits, which once crashed a reader, and are the dictionary's one value.
        #expect(!Self.isBad.contains(name), "\(name) was read")
      } catch { Self.expectTold(error, path) }
    }
  }

  /// Files that no reader should take for good.
  private static let isBad = [
    "ARROW-GH-41317.parquet", "ARROW-GH-47662.parquet", "ARROW-RS-GH-6229-LEVELS.parquet",
  ]

  @Test func truncation() throws {
    let bytes = try Self.golden("flat-int96")
    for length in 0..<bytes.count {
      #expect(throws: ColumnarError.self, "\(length) bytes") {
        try Self.read(Array(bytes[..<length]))
      }
    }
    // The footer is there, and what it tells of is not.
    let size = bytes.count - 8
    let footer = Int(bytes[size]) | Int(bytes[size + 1]) << 8
    let data = size - footer
    for length in stride(from: 4, to: data, by: 3) {
      #expect(throws: ColumnarError.self, "\(length) bytes of data") {
        try Self.read(Array(bytes[..<length] + bytes[data...]))
      }
    }
  }

  @Test(arguments: [
    "flat-none", "flat-zstd", "flat-v2-snappy", "nested-v1", "nested-pages-v2", "encodings-1",
    "encodings-2", "repeated-text", "fallback", "flat-int96",
  ])
  func flippedBits(_ name: String) throws {
    let whole = try Self.golden(name)
    try PropertyTest.seeds(20) { generator in
      var bytes = whole
      for _ in 0..<generator.random.pick([1, 1, 2, 8]) {
        // Half of them in the footer, which is where the sizes are.
        let from = generator.random.int(in: 0..<2) == 0 ? 0 : bytes.count * 2 / 3
        bytes[generator.random.int(in: from..<bytes.count)] ^=
          1 << UInt8(generator.random.int(in: 0..<8))
      }
      do { try Self.read(bytes) } catch let error as ColumnarError {
        #expect(Self.expected.contains(error.code), "\(error)")
      }
    }
  }

  @Test(arguments: [0, 0x7F, 0xFF] as [UInt8])
  func overwrittenBytes(_ value: UInt8) throws {
    let bytes = try Self.golden("repeated-text")
    for at in 0..<bytes.count {
      var damaged = bytes
      damaged[at] = value
      do { try Self.read(damaged) } catch let error as ColumnarError {
        #expect(Self.expected.contains(error.code), "\(error)")
      }
    }
  }

  // MARK: Lies

  private func expect(
    _ code: ColumnarError.Code, _ file: MiniParquet, _ text: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: ColumnarError.self, sourceLocation: location) {
      try Self.read(file.file)
    }
    #expect(error?.code == code, "\(error?.message ?? "")", sourceLocation: location)
    #expect(
      error?.message.contains(text) == true, "\(error?.message ?? "")", sourceLocation: location)
  }

  @Test func theSmallestFile() throws {
    let mini = MiniParquet(
      rows: 2, values: 2, page: MiniParquet.run(1, 2) + [7, 0, 0, 0, 8, 0, 0, 0])
    let file = try ParquetTesting.file(mini.file)
    #expect(try ParquetTesting.values(of: file) == [[.int(7), .int(8)]])
  }

  /// fastparquet says so of columns without nulls.
  @Test func aRepetitionThatIsATruthValue() throws {
    let required = MiniParquet(
      repetition: 0, repetitionIsBool: true, rows: 2, values: 2, page: [7, 0, 0, 0, 8, 0, 0, 0])
    let optional = MiniParquet(
      repetition: 1, repetitionIsBool: true, rows: 2, values: 2,
      page: MiniParquet.run(1, 2) + [7, 0, 0, 0, 8, 0, 0, 0])
    for mini in [required, optional] {
      let file = try ParquetTesting.file(mini.file)
      #expect(try ParquetTesting.values(of: file) == [[.int(7), .int(8)]])
    }
  }

  @Test func aBillionNullsTakeNoMemory() throws {
    let count = 2_000_000_000
    try Self.read(MiniParquet(rows: count, values: count, page: MiniParquet.run(0, count)).file)
  }

  @Test func aBillionElementsInOneRow() {
    let count = 2_000_000_000
    expect(
      .resourcesExhausted,
      MiniParquet(
        repetition: 2, rows: 1, values: count,
        page: MiniParquet.run(1, count) + MiniParquet.run(1, count)), "a page has")
  }

  @Test func pagesThatSayTheyAreLarge() {
    let page = MiniParquet.run(1, 1) + [1, 2, 3, 4]
    for codec in [1, 2, 4, 5, 6, 7] {
      for size in [1 << 20, 1 << 29, Int(Int32.max)] {
        let error = #expect(throws: ColumnarError.self) {
          try Self.read(
            MiniParquet(physical: 6, codec: codec, unpackedSize: size, page: page).file)
        }
        #expect(
          [.corruptFile, .resourcesExhausted].contains(error?.code), "\(codec), \(size)")
      }
    }
    expect(.corruptFile, MiniParquet(codec: 6, unpackedSize: 1 << 29, page: page), "1 values")
    expect(.corruptFile, MiniParquet(unpackedSize: 100, page: page), "is said to have 100")
    expect(.unsupported, MiniParquet(codec: 3, page: page), "LZO")
  }

  @Test func countsThatAreNotTrue() {
    expect(.corruptFile, MiniParquet(rows: 5, values: 4, page: MiniParquet.run(0, 4)), "5 rows")
    expect(.corruptFile, MiniParquet(rows: 5, values: 5, page: MiniParquet.run(0, 4)), "fewer")
    expect(
      .corruptFile, MiniParquet(rows: 2, values: 2, page: MiniParquet.run(1, 2) + [1, 0, 0, 0]),
      "fewer values")
    expect(
      .corruptFile, MiniParquet(physical: 6, page: MiniParquet.run(1, 1) + [9, 0, 0, 0, 65]),
      "beyond its page")
    expect(
      .corruptFile,
      MiniParquet(
        encoding: 8, page: MiniParquet.run(1, 1) + [1, 2, 1],
        dictionary: (bytes: [1, 0, 0, 0], count: 1)), "code 1 of a dictionary of 1")
    expect(
      .corruptFile,
      MiniParquet(
        encoding: 8, page: MiniParquet.run(1, 1) + [0, 2],
        dictionary: (bytes: [1, 0, 0, 0], count: Int(Int32.max))), "dictionary of 4 bytes")
    expect(
      .corruptFile, MiniParquet(encoding: 8, page: MiniParquet.run(1, 1) + [0, 2]),
      "no dictionary")
    // A block of 2^31 differences, all of no bits.
    expect(
      .corruptFile,
      MiniParquet(
        encoding: 5,
        page: MiniParquet.run(1, 1) + [0x80, 0x80, 0x80, 0x80, 0x08, 1, 1, 0, 0, 0]), "blocks")
  }

  @Test func levelsPackedTheOldWay() throws {
    // 1 0 1 1, from the highest bit down.
    let mini = MiniParquet(
      rows: 4, values: 4, levelEncoding: 4,
      page: [0b1011_0000, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0])
    #expect(
      try ParquetTesting.values(of: ParquetTesting.file(mini.file))
        == [[.int(1), .null, .int(2), .int(3)]])
  }

  @Test func metadataThatNestsTooDeep() {
    // An unknown field 15 of a hundred structs, one in the other.
    let footer = [UInt8](repeating: 0xFC, count: 100) + [UInt8](repeating: 0, count: 101)
    let bytes =
      Array("PAR1".utf8) + footer + [UInt8(footer.count), 0, 0, 0] + Array("PAR1".utf8)
    let error = #expect(throws: ColumnarError.self) { try Self.read(bytes) }
    #expect(error?.code == .corruptFile)
    #expect(error?.message.contains("nests too deep") == true)
  }

  @Test func encryptedFilesAreNamed() {
    let error = #expect(throws: ColumnarError.self) {
      try Self.read(Array("PARE".utf8) + [UInt8](repeating: 0, count: 20) + Array("PARE".utf8))
    }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("encrypted") == true)
    #expect(error?.message.contains("scan(systemArrow:options:) with its footerKey") == true)
  }

  /// ORC files are no Parquet and no Arrow: the errors say who reads them.
  @Test func orcFilesAreNamed() {
    let bytes = Array("ORC".utf8) + [UInt8](repeating: 7, count: 40) + Array("ORC".utf8)
    let errors = [
      #expect(throws: ColumnarError.self) { try Self.read(bytes) },
      #expect(throws: ColumnarError.self) {
        try ArrowFileReader(Buffer(copying: bytes), path: "x.orc")
      },
    ]
    for error in errors {
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains("is an ORC file") == true)
      #expect(error?.message.contains("LazyFrame.scan(systemArrow:)") == true)
      let isBuilt = SystemArrow.libraries.contains(.cxx)
      #expect(error?.message.contains("trait LibArrow") == !isBuilt)
    }
  }
}
