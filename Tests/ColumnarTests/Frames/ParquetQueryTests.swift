import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@Suite struct ParquetQueryTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../ColumnarIOTests/Parquet/Golden/files").standardized.path

  static func path(_ name: String) -> String { "\(folder)/\(name).parquet" }

  /// The values of all columns.
  static func values(_ frame: DataFrame) throws -> [[Value]] {
    try frame.schema.names.map { Value.rows(of: try frame.column($0)) }
  }

  static func expectSame(
    _ a: LazyFrame, _ b: LazyFrame, _ note: Comment, _ location: SourceLocation = #_sourceLocation
  ) throws {
    for threads in [1, 3] {
      let found = try a.collect(on: .columnar(threads: threads))
      let expected = try b.collect()
      #expect(found.schema == expected.schema, note, sourceLocation: location)
      #expect(try values(found) == values(expected), note, sourceLocation: location)
    }
  }

  @Test func filtersGiveWhatTheyGiveInMemory() throws {
    let conditions: [(String, Expr)] = [
      ("number", col("number") >= 120), ("small", col("small") < 3), ("real", col("real") > 70.0),
      ("nan", col("real").isNaN()), ("text", col("text") == "00120 and more than twelve bytes"),
      ("null", col("nulls").isNull()), ("not null", col("nulls").isNotNull()),
      ("both", col("number") > 20 && col("nulls") < 130 && col("flag")),
      ("either", col("number") < 3 || col("nulls") == 150), ("none", col("number") < 0),
      ("turned", 30 > col("number")), ("constant", col("number") != 17),
    ]
    let scan = LazyFrame.scan(parquet: Self.path("sorted"))
    let whole = try scan.collect()
    #expect(whole.count == 200)
    #expect(whole.partitions.count == 4)
    for (name, condition) in conditions {
      try Self.expectSame(
        scan.filter(condition), whole.lazy.filter(condition), "\(name), all columns")
      try Self.expectSame(
        scan.filter(condition).select("text", "nulls"),
        whole.lazy.filter(condition).select("text", "nulls"), "\(name), other columns")
      try Self.expectSame(
        scan.filter(condition).limit(7, offset: 2),
        whole.lazy.filter(condition).limit(7, offset: 2),
        "\(name), some rows")
    }
  }

  @Test(arguments: ["flat-groups", "nested-pages-v2", "nested-pages", "encodings-2", "fallback"])
  func projectionLimitAndCount(_ name: String) throws {
    let scan = LazyFrame.scan(parquet: Self.path(name))
    let whole = try scan.collect()
    for name in whole.schema.names {
      try Self.expectSame(scan.select(name), whole.lazy.select(name), "\(name)")
    }
    for count in [0, 1, 5, 31, 1000] {
      try Self.expectSame(scan.limit(count), whole.lazy.limit(count), "\(count)")
    }
    let count = try scan.select(rowCount().as("n")).collect()
    #expect(try Array(count["n", as: Int.self]) == [whole.count])
  }

  @Test func nothingIsDecodedToCount() throws {
    // Everything but the footer is damaged.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: Self.path("sorted")))
    let footer =
      bytes.count - 8
      - Int(bytes[bytes.count - 8]) - Int(bytes[bytes.count - 7]) << 8
    for at in 4..<footer { bytes[at] = 0xFF }
    let path = "/tmp/columnar-\(getpid())-count.parquet"
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    let scan = LazyFrame.scan(parquet: path)
    #expect(
      try Array(scan.select(rowCount().as("n")).collect()["n", as: Int.self]) == [200])
    let error = #expect(throws: ColumnarError.self) { try scan.collect() }
    #expect(error?.code == .corruptFile)
    // Nor where statistics leave out everything.
    #expect(try scan.filter(col("number") > 1000).collect().count == 0)
  }

  @Test func severalFilesAreJoinedByName() throws {
    let names = ["flat-groups", "flat-gzip", "flat-lz4", "flat-zstd"]
    let each = try names.map { try LazyFrame.scan(parquet: Self.path($0)).collect() }
    let expected = LazyFrame.concat(each.map(\.lazy))
    try Self.expectSame(
      .scan(parquet: names.map(Self.path)), expected, "a list of files")
    try Self.expectSame(
      .scan(parquet: "\(Self.folder)/flat-[glz]*.parquet"), expected, "a pattern")
    let condition = col("int32") > 0 && col("text").isNotNull()
    try Self.expectSame(
      .scan(parquet: names.map(Self.path)).filter(condition), expected.filter(condition), "a filter"
    )
    try Self.expectSame(
      .scan(parquet: names.map(Self.path)).limit(70, offset: 50),
      expected.limit(70, offset: 50), "a limit")
  }

  @Test func columnsThatAFileLacksAreNull() throws {
    let both = LazyFrame.scan(parquet: [Self.path("repeated-text"), Self.path("sorted")])
    let frame = try both.collect()
    #expect(frame.count == 1200)
    #expect(frame.schema.names.prefix(3) == ["text", "run", "number"])
    #expect(try frame.column("number").nullCount == 1000)
    #expect(try frame.column("run").nullCount == 200)
    #expect(try both.filter(col("number").isNull()).select("run").collect().count == 1000)
    #expect(try both.filter(col("number") == 3).collect().count == 1)
    #expect(try both.filter(col("run").isNull()).select("number").collect().count == 200)
  }

  @Test func errorsSayWhatToDo() throws {
    func error(_ scan: LazyFrame) -> ColumnarError? {
      #expect(throws: ColumnarError.self) { try scan.collect() }
    }
    let types = error(.scan(parquet: [Self.path("nested-v1"), Self.path("encodings-1")]))
    #expect(types?.code == .typeMismatch)
    #expect(types?.message.contains("\"plain\"") == true)
    let missing = error(.scan(parquet: "\(Self.folder)/*.none"))
    #expect(missing?.code == .io)
    let none = error(.scan(parquet: "/nowhere.parquet"))
    #expect(none?.code == .io)
    let wrong = error(.scan(parquet: "\(Self.folder)/../files.json"))
    #expect(wrong?.code == .corruptFile)
  }
}
