import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

/// Several files as one table: folders as columns, columns by name.
@Suite struct ParquetDatasetTests {
  static let folder = ParquetPruningQueryTests.folder

  static func rows(_ frame: LazyFrame, _ name: String) throws -> [Value] {
    Value.rows(of: try frame.collect().column(name))
  }

  static func error(_ body: () throws -> Void) -> ColumnarError? {
    #expect(throws: ColumnarError.self) { try body() }
  }

  /// A copy of a folder of the goldens, which is removed afterwards.
  static func copying(_ name: String, _ body: (String) throws -> Void) throws {
    let path = "/tmp/columnar-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  static func figures(_ frame: LazyFrame) throws -> String {
    let lines = try frame.explain(analyze: true).split(separator: "\n").map(String.init)
    return lines.last { $0.contains("Scan parquet") } ?? ""
  }

  @Test func foldersAreColumns() throws {
    let scan = LazyFrame.scan(parquet: "\(Self.folder)/hive")
    let frame = try scan.collect()
    #expect(frame.schema.names == ["number", "year", "place"])
    #expect(frame.schema.fields.map(\.type) == [.int64, .int64, .string])
    let counts = scan.groupBy("year", "place").aggregate(rowCount().as("n")).sort(by: "year")
    #expect(try Self.rows(counts, "year") == [.int(0), .int(1), .int(2)])
    #expect(try Self.rows(counts, "place") == [.string("a b/c"), .null, .string("ü")])
    for condition in [
      col("year") == 1, col("year") > 0, col("place").isNull(), col("place") == "ü",
      col("place") != "ü", col("year") == 0 && col("number") == 2,
      col("year") == 0 || col("number") == 2, col("year") == 9, col("place").isIn(["a b/c", "x"]),
      col("year") + 1 == 2, col("place").equalsMissing("ü"),
    ] {
      try ParquetQueryTests.expectSame(
        scan.filter(condition), frame.lazy.filter(condition), "\(condition)")
      try ParquetQueryTests.expectSame(
        scan.filter(condition).select("place"), frame.lazy.filter(condition).select("place"),
        "\(condition)")
    }
    let days = LazyFrame.scan(parquet: "\(Self.folder)/hive-polars/*/*.parquet")
    #expect(try days.collect().schema.fields.last?.type == .date)
    #expect(try days.filter(col("day") == "2024-01-02").collect().count == 50)
    #expect(try days.filter(col("day") > "2024-01-02").collect().count == 0)
  }

  @Test func filesArePrunedByTheirFolders() throws {
    let scan = LazyFrame.scan(parquet: "\(Self.folder)/hive")
    for (condition, read) in [
      (col("year") == 1, 1), (col("year") >= 1, 2), (col("place").isNull(), 1),
      (col("place") == "ü" || col("year") == 0, 2), (col("year") == 7, 0),
      (col("year") == 1 || col("number") == 1, 3),
      (col("number") >= 0 && (col("year") < 1 || col("year") > 1), 2),
    ] {
      let text = try Self.figures(scan.filter(condition))
      #expect(text.contains("files read \(read) of 3"), "\(condition): \(text)")
      if read < 3 { #expect(text.contains("pruned \(3 - read) by their paths")) }
    }
    // Nothing is decoded for what the folders tell.
    let only = try Self.figures(scan.select("year"))
    #expect(only.contains("files read 3 of 3") && !only.contains("pages"))
  }

  @Test func filesThatAreLeftOutAreNotOpened() throws {
    try Self.copying("hive") { path in
      let bad = "\(path)/year=2/place=%C3%BC/data_0.parquet"
      try Data("no parquet".utf8).write(to: URL(fileURLWithPath: bad))
      var files = FileSetOptions()
      files.columns = .ofFirstFile
      let scan = LazyFrame.scan(parquet: path, files: files)
      #expect(try scan.filter(col("year") < 2).select(rowCount().as("n")).collect().count == 1)
      #expect(try scan.filter(col("place") == "a b/c").collect().count > 0)
      let opened = Self.error { _ = try scan.collect() }
      #expect(opened?.message.contains(bad) == true)
      // To know the columns of all files, all are opened.
      let all = Self.error {
        _ = try LazyFrame.scan(parquet: path).filter(col("year") < 2).collect()
      }
      #expect(all?.message.contains(bad) == true)
    }
  }

  @Test func foldersOfOtherKeysAreAnError() throws {
    try Self.copying("hive") { path in
      let file = "\(path)/year=1/place=__HIVE_DEFAULT_PARTITION__/data_0.parquet"
      try FileManager.default.copyItem(atPath: file, toPath: "\(path)/other.parquet")
      let error = Self.error { _ = try LazyFrame.scan(parquet: path).collect() }
      #expect(error?.code == .typeMismatch)
      #expect(error?.message.contains("other.parquet") == true)
      var files = FileSetOptions()
      files.partitions = .none
      let plain = try LazyFrame.scan(parquet: path, files: files).collect()
      #expect(plain.schema.names == ["number"])
    }
    var files = FileSetOptions()
    files.partitionTypes = ["year": .string]
    let scan = LazyFrame.scan(parquet: "\(Self.folder)/hive", files: files)
    #expect(
      try Self.rows(scan.filter(col("year") == "1").select("year").limit(1), "year") == [
        .string("1")
      ])
    // Of files that are named, folders are columns when that is asked for.
    let named = "\(Self.folder)/hive/year=0/place=a%20b%2Fc/data_0.parquet"
    #expect(try LazyFrame.scan(parquet: named).collect().schema.names == ["number"])
    files = FileSetOptions()
    files.partitions = .hive
    let asked = try LazyFrame.scan(parquet: [named], files: files).collect()
    #expect(asked.schema.names == ["number", "year", "place"])
  }

  @Test func numbersAreWidened() throws {
    let paths = ["narrow", "wide"].map { "\(Self.folder)/\($0).parquet" }
    for paths in [paths, paths.reversed()] {
      let scan = LazyFrame.scan(parquet: paths)
      let frame = try scan.collect()
      #expect(Set(frame.schema.names) == ["id", "x", "only", "none"])
      #expect(try frame.column("id").type == .int64)
      #expect(try frame.column("x").type == .float64)
      #expect(try frame.column("none").type == .string)
      #expect(try frame.column("only").nullCount == 5)
      #expect(try frame.column("none").nullCount == 5)
      for condition in [
        col("id") == 3, col("id") == lit(1 << 40), col("id") > 100, col("id") <= 4,
        col("x") == 0.75, col("x") == 0.3, col("x") > 1.0, col("none").isNull(),
        col("none") == "n", col("only").isNotNull() && col("id") != 0, col("only").isNull(),
      ] {
        try ParquetQueryTests.expectSame(
          scan.filter(condition), frame.lazy.filter(condition), "\(condition)")
        try ParquetQueryTests.expectSame(
          scan.filter(condition).select("none", "x"),
          frame.lazy.filter(condition).select("none", "x"), "\(condition)")
      }
    }
    let three = paths + ["\(Self.folder)/text.parquet"]
    let error = Self.error { _ = try LazyFrame.scan(parquet: three).collect() }
    #expect(error?.code == .typeMismatch)
    #expect(error?.message.contains("\"id\" is int64 in \"\(paths[1])\"") == true)
    #expect(error?.message.contains("string in \"\(three[2])\"") == true)
  }

  @Test func columnsOfTheFirstFile() throws {
    let paths = ["wide", "narrow"].map { "\(Self.folder)/\($0).parquet" }
    var files = FileSetOptions()
    files.columns = .ofFirstFile
    let frame = try LazyFrame.scan(parquet: paths, files: files).collect()
    #expect(frame.schema.names == ["none", "x", "id"])
    #expect(frame.count == 10)
    // The first one's numbers are too narrow for the second's.
    let error = Self.error {
      _ = try LazyFrame.scan(parquet: paths.reversed(), files: files).collect()
    }
    #expect(error?.code == .typeMismatch)
    files = FileSetOptions()
    files.missingColumns = .fail
    let missing = Self.error { _ = try LazyFrame.scan(parquet: paths, files: files).collect() }
    #expect(missing?.code == .columnNotFound)
    #expect(missing?.message.contains("\"only\"") == true)
    #expect(missing?.message.contains(paths[0]) == true)
  }

  @Test func pathsAsAColumn() throws {
    let paths = ["wide", "narrow"].map { "\(Self.folder)/\($0).parquet" }
    var files = FileSetOptions()
    files.pathColumn = "file"
    let scan = LazyFrame.scan(parquet: paths, files: files)
    let found = try Self.rows(scan.select("file"), "file")
    #expect(found == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map { Value.string(paths[$0]) })
    let one = scan.filter(col("file") == lit(paths[1]))
    #expect(try one.collect().count == 5)
    #expect(try Self.figures(one).contains("files read 1 of 2, pruned 1 by their paths"))
    files.pathColumn = "x"
    let error = Self.error { _ = try LazyFrame.scan(parquet: paths, files: files).collect() }
    #expect(error?.code == .duplicateName)
  }

  /// Decimals of different widths become one, and conditions on it leave out what they should.
  @Test func decimalsAreWidened() throws {
    let folder = try ToolFolder()
    for (k, type) in [DataType.decimal128(5, scale: 2), .decimal128(9, scale: 4)].enumerated() {
      let values = (0..<100).map { "\($0 + 50 * k).25" }
      try DataFrame(["d": values]).lazy.with(col("d").cast(to: type).as("d")).write(
        parquet: "\(folder.path)/\(k).parquet")
    }
    let scan = LazyFrame.scan(parquet: folder.path)
    #expect(try scan.schema()[0].type == .decimal128(9, scale: 4))
    let whole = try scan.collect()
    #expect(whole.count == 200)
    for text in ["0.25", "99.25", "100.25", "7", "149.2500", "-1", "10000"] {
      let value = try #require(Decimal128(text))
      for condition in [col("d") == value, col("d") < value, col("d") >= value] {
        let expected = try whole.lazy.filter(condition).collect().count
        #expect(try scan.filter(condition).collect().count == expected, "\(condition)")
      }
    }
  }

  @Test func whatWritersLeft() throws {
    let folder = try ToolFolder()
    var options = WriteParquetTests.options
    options.metadata = ["unit": "µm", "empty": ""]
    try DataFrame(["a": [1]]).write(parquet: folder.path + "/x.parquet", options: options)
    #expect(try ParquetSummary(folder.path + "/x.parquet").metadata == options.metadata)
  }
}
