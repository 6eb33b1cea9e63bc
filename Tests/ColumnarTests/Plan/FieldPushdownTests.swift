import ColumnarIO
import ColumnarTesting
import Foundation
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Queries over fields of structs in files read those fields alone, and give what they give with
/// the rule switched off.
@Suite struct FieldPushdownTests {
  static let person = DataType.structure([
    Field("name", .string), Field("age", .int64),
    Field("home", .structure([Field("street", .string), Field("zip", .int32)])),
    Field("pets", .list(.structure([Field("kind", .string), Field("legs", .int8)]))),
  ])
  static let types: [(String, DataType)] = [
    ("id", .int64), ("p", person), ("l", .list(person)),
    ("f", .fixedSizeList(.structure([Field("x", .float32), Field("y", .float32)]), count: 2)),
  ]

  static func withFiles(
    _ frame: DataFrame, _ body: (String, LazyFrame) throws -> Void
  ) throws {
    let folder = "/tmp/columnar-fields-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var options = ParquetWriteOptions()
    options.isDurable = false
    options.rowGroupRows = 100
    options.pageRows = 20
    try frame.write(parquet: "\(folder)/a.parquet", options: options)
    try body("parquet", .scan(parquet: "\(folder)/a.parquet"))
    for layout in [ArrowLayout.views, .offsets] {
      var options = ArrowWriteOptions(layout: layout)
      if layout == .offsets { options.compression = .zstd(level: 1) }
      try frame.write(arrow: "\(folder)/a.arrow", options: options)
      try body("arrow", .scan(arrow: "\(folder)/a.arrow"))
    }
    var text = JSONLinesWriteOptions()
    text.nonFinite = .text
    try frame.write(jsonLines: "\(folder)/a.jsonl", options: text)
    var lines = JSONLinesReadOptions()
    lines.schema = frame.schema
    try body("jsonl", .scan(jsonLines: "\(folder)/a.jsonl", options: lines))
  }

  static func frame(_ generator: inout ColumnGenerator, count: Int = 230) -> DataFrame {
    generator.onlySmallNumbers = true
    var columns = types.map { generator.column($0.1, count: count) }
    columns[0] = Int.column(of: Array(0..<count))
    let schema = Schema(unchecked: types.map { Field($0.0, $0.1) })
    return DataFrame(
      schema: schema, partitions: [[Batch(unchecked: schema, columns: columns, count: count)]])
  }

  /// Queries of all kinds that use fields; each ends in the order of the rows.
  static let queries: [(String, @Sendable (LazyFrame) -> LazyFrame)] = {
    let (age, name) = (col("p").field("age"), col("p").field("name"))
    let zip = col("p").field("home").field("zip")
    return [
      ("one", { $0.select(age) }),
      ("deep", { $0.select(zip, name) }),
      ("filter", { $0.filter(age > 3).select("id", name) }),
      ("filter only", { $0.filter(zip.isNotNull() && age < 90).select("id") }),
      ("null", { $0.filter(name.isNull() || age == 5).select("id", zip) }),
      ("struct of a field", { $0.select(col("p").field("home"), age) }),
      ("whole beside a field", { $0.select("p", age) }),
      ("presence", { $0.filter(col("p").isNotNull()).select("id") }),
      ("list", { $0.select(col("p").field("pets").list.count().as("n")) }),
      ("list element", { $0.select(col("l").list.element(at: 1).field("home").field("zip")) }),
      ("fixed list", { $0.select(col("f").list.last().field("y"), "id") }),
      ("with", { $0.with(age.as("a"), name.as("b")).filter(col("a") > 2).select("b", "id") }),
      ("renamed", { $0.select(col("p").as("q"), "id").filter(col("q").field("age") > 4) }),
      (
        "renamed field",
        { $0.select(col("p").as("q"), "id").sort(by: "id").select(col("q").field("age")) }
      ),
      ("sort", { $0.sort(by: age, col("id")).select("id", zip).limit(50) }),
      (
        "group",
        {
          $0.groupBy(zip.as("z")).aggregate(age.max().as("m"), rowCount().as("n"))
            .sort(by: "z", "m", "n")
        }
      ),
      (
        "join",
        { frame in
          frame.select("id", "p").join(
            frame.select("id", col("l").as("other")), on: "id"
          ).sort(by: "id").select(age, col("other").list.first().field("name").as("o"))
        }
      ),
      (
        "explode",
        {
          $0.select("id", "l").explode("l", keepEmpty: true)
            .select("id", col("l").field("home").field("street"), col("l").field("age"))
        }
      ),
      ("concat", { LazyFrame.concat([$0, $0]).select(age, "id") }),
      ("call", { $0.select(UDF.row("twice") { (x: Int) in x &* 2 }(age).as("t"), "id") }),
      ("limit", { $0.select("id", "p").limit(7, offset: 95).select(name) }),
      ("choice", { $0.select(when(col("id") > 9).then(age).otherwise(zip).as("c")) }),
      ("last resort", { $0.filter(col("p") == col("p")).select(age) }),
    ]
  }()

  @Test func resultsAreThoseWithoutTheRule() throws {
    try PropertyTest.seeds(2) { generator in
      let frame = Self.frame(&generator)
      try Self.withFiles(frame) { format, scan in
        for (name, query) in Self.queries {
          let note: Comment = "\(name), \(format), seed \(generator.seed)"
          let expected = try ParquetQueryTests.values(query(frame.lazy).collect())
          for disabled in [[], ["fieldPushdown"], ["projectionPushdown"], ["all"]] as [Set<String>]
          {
            let engine = ColumnarEngine(threads: 2, disabledRules: disabled)
            let found = try query(scan).collect(on: engine)
            #expect(try ParquetQueryTests.values(found) == expected, "\(note), \(disabled)")
            #expect(found.schema == (try query(frame.lazy).schema()), "\(note), \(disabled)")
          }
        }
      }
    }
  }

  /// What the scan's line of the plan says is read.
  static func read(_ frame: LazyFrame) throws -> String {
    let line = try frame.explain().split(separator: "\n").last { $0.contains("Scan ") } ?? ""
    return line.firstIndex(of: "[").map { String(line[$0...]) } ?? ""
  }

  @Test func onlyTheFieldsThatAreUsedAreRead() throws {
    var generator = ColumnGenerator(seed: 5)
    let frame = Self.frame(&generator, count: 40)
    try Self.withFiles(frame) { format, scan in
      func query(_ name: String) throws -> LazyFrame {
        try #require(Self.queries.first { $0.0 == name }).1(scan)
      }
      for (name, columns) in [
        ("one", "[p{age}]"), ("deep", "[p{name, home{zip}}]"), ("filter", "[id, p{name, age}]"),
        ("whole beside a field", "[p]"), ("list", "[p{pets{legs}}]"),
        ("list element", "[l{home{zip}}]"), ("fixed list", "[id, f{y}]"),
        ("renamed field", "[id, p{age}]"), ("explode", "[id, l{age, home{street}}]"),
        ("concat", "[id, p{age}]"), ("presence", "[id]"), ("last resort", "[p]"),
      ] {
        let text = try Self.read(query(name))
        // Of a filter's columns those that are looked at for nothing else are not listed.
        #expect(text.hasPrefix(columns), "\(format), \(name): \(text)")
      }
    }
  }

  @Test func pagesOfOtherFieldsAreNotOpened() throws {
    let count = 1000
    let text = String.column(of: (0..<count).map { "a text that is long enough, \($0)" })
    let structs = Column(
      fields: [Field("n", .int64), Field("t", .string)],
      children: [Int.column(of: Array(0..<count)), text], count: count)
    let schema = Schema(unchecked: [Field("s", structs.type)])
    let frame = DataFrame(
      schema: schema, partitions: [[Batch(unchecked: schema, columns: [structs], count: count)]])
    try Self.withFiles(frame) { format, scan in
      let analyzed = try scan.select(col("s").field("n").sum().as("n")).explain(analyze: true)
      if format == "parquet" {
        // 10 row groups of 5 pages; those of the text are not even counted.
        #expect(analyzed.contains("pages read 50 of 50"), "\(analyzed)")
      }
      let sum = try scan.select(col("s").field("n").sum().as("n")).collect()
      #expect(try Array(sum["n", as: Int.self]) == [count * (count - 1) / 2])
    }
  }

  /// Comparisons of fields leave row groups and pages out.
  @Test func comparisonsOfFieldsPrune() throws {
    let count = 1000
    let validity = Bitmap((0..<count).map { $0 / 100 != 3 })
    let structs = Column(
      fields: [Field("n", .int64), Field("t", .string)],
      children: [
        Int.column(of: Array(0..<count)), String.column(of: (0..<count).map { "\($0)" }),
      ], validity: validity, count: count)
    let schema = Schema(unchecked: [Field("s", structs.type)])
    let frame = DataFrame(
      schema: schema, partitions: [[Batch(unchecked: schema, columns: [structs], count: count)]])
    try Self.withFiles(frame) { format, scan in
      let n = col("s").field("n")
      for condition in [
        n == 457, n > 990, n < 0, n.isNull(), n.isNotNull() && n < 250, n == 310,
        n >= 299 && n <= 401,
      ] {
        let found = try scan.filter(condition).select(n, col("s").field("t")).collect()
        let wanted = try frame.lazy.filter(condition).select(n, col("s").field("t")).collect()
        #expect(
          try ParquetQueryTests.values(found) == ParquetQueryTests.values(wanted), "\(condition)")
      }
      guard format == "parquet" else { return }
      let text = try scan.filter(n == 457).select(col("s").field("t")).explain(analyze: true)
      #expect(text.contains("9 by statistics"), "\(text)")
    }
  }

  /// Where one input of a concat cannot leave fields out, none does; of files and memory together
  /// the result is the same.
  @Test func concatOfFilesAndMemory() throws {
    var generator = ColumnGenerator(seed: 11)
    let frame = Self.frame(&generator, count: 30)
    try Self.withFiles(frame) { format, scan in
      let age = col("p").field("age")
      for inputs in [[scan, frame.lazy], [frame.lazy, scan], [scan, scan.limit(20)]] {
        // A sort puts the structs of all inputs into one column.
        let found = LazyFrame.concat(inputs).filter(age.isNotNull()).sort(by: "id")
          .select(age, "id")
        let rows = try inputs[1].select("id").collect().count
        let expected = LazyFrame.concat([frame.lazy, frame.lazy.limit(rows)])
          .filter(age.isNotNull()).sort(by: "id").select(age, "id")
        #expect(
          try ParquetQueryTests.values(found.collect())
            == ParquetQueryTests.values(expected.collect()), "\(format)")
      }
      let nested = LazyFrame.concat([scan, LazyFrame.concat([scan, frame.lazy])])
      #expect(try nested.select(age).collect().count == 90, "\(format)")
      let read = try Self.read(LazyFrame.concat([scan, scan.limit(20)]).select(age))
      #expect(read.hasPrefix("[p{age}]"), "\(format): \(read)")
    }
  }

  /// Of objects whose other keys are not used, not even their values are looked at.
  @Test func keysThatAreNotUsedAreNotParsed() throws {
    let folder = try ToolFolder()
    let path = try folder.file(
      "a.jsonl",
      """
      {"o":{"a":1,"b":[{"c":1,"d":"x"},null,{"d":"y"}]},"n":1}
      {"o":{"b":null,"a":"no number"},"n":2}
      {"o":{"b":[{"d":7,"c":2}],"a":3},"n":3}
      {"n":4}

      """)
    var options = JSONLinesReadOptions()
    options.schemaOverrides = [
      "o": .structure([
        Field("a", .int64),
        Field("b", .list(.structure([Field("c", .int64), Field("d", .string)]))),
      ])
    ]
    let scan = LazyFrame.scan(jsonLines: path, options: options)
    let first = col("o").field("b").list.first().field("c")
    #expect(throws: ColumnarError.self) { try scan.collect() }
    #expect(
      try Array(scan.select(first.as("c")).collect()["c", as: Int?.self]) == [1, nil, 2, nil])
    let counts = scan.filter(col("n") > 1).select(col("o").field("b").list.count().as("k"))
    #expect(try Array(counts.collect()["k", as: Int?.self]) == [nil, 1, nil])
    let filtered = scan.filter(first.isNotNull()).select("n", first.as("c"))
    #expect(try Array(filtered.collect()["n", as: Int.self]) == [1, 3])
  }
}
