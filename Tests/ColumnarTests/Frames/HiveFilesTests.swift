import Columnar
import ColumnarTesting
import Foundation
import Testing

/// Folders named `key=value` as columns, of files in any format.
@Suite struct HiveFilesTests {
  /// Files in folders of keys year and place; what they hold differs a little.
  private func folder(
    _ ending: String, _ write: (DataFrame, String) throws -> Void
  ) throws -> ToolFolder {
    let folder = try ToolFolder()
    for (k, (year, place)) in [
      (2023, "a%20b"), (2024, "__HIVE_DEFAULT_PARTITION__"), (2024, "ü"),
    ].enumerated() {
      let path = "\(folder.path)/year=\(year)/place=\(place)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      var frame = try DataFrame(["n": [10 * k, 10 * k + 1, 10 * k + 2], "t": ["x", "y", "z"]])
      if k == 1 { frame = try frame.query { $0.with(lit(1.5).as("extra")) } }
      try write(frame, "\(path)/part\(ending)")
    }
    return folder
  }

  private func formats() throws -> [(String, ToolFolder, (String, FileSetOptions) -> LazyFrame)] {
    [
      ("csv", try folder(".csv") { try $0.write(csv: $1) }, { .scan(csv: $0, files: $1) }),
      ("csv", try folder(".csv.gz") { try $0.write(csv: $1) }, { .scan(csv: $0, files: $1) }),
      (
        "jsonl", try folder(".jsonl") { try $0.write(jsonLines: $1) },
        { .scan(jsonLines: $0, files: $1) }
      ),
      ("arrow", try folder(".arrow") { try $0.write(arrow: $1) }, { .scan(arrow: $0, files: $1) }),
      (
        "parquet", try folder(".parquet") { try $0.write(parquet: $1) },
        { .scan(parquet: $0, files: $1) }
      ),
    ]
  }

  private func scanned(_ frame: LazyFrame) throws -> String {
    try frame.explain(analyze: true).split(separator: "\n").map(String.init)
      .last { $0.contains("Scan ") } ?? ""
  }

  @Test func foldersAreColumnsOfAllFormats() throws {
    for (format, folder, scan) in try formats() {
      let frame = scan(folder.path, FileSetOptions())
      let whole = try frame.collect()
      #expect(
        whole.schema.description
          == "[n: int64, t: string, extra: float64, year: int64, place: string]", "\(format)")
      #expect(try Array(whole["n", as: Int.self]) == [0, 1, 2, 10, 11, 12, 20, 21, 22])
      #expect(
        try Array(whole["place", as: String?.self])
          == [0, 0, 0, 1, 1, 1, 2, 2, 2].map { ["a b", nil, "ü"][$0] })
      for (condition, files) in [
        (col("year") == 2023, 1), (col("year") > 2023, 2), (col("place").isNull(), 1),
        (col("place") == "ü" || col("year") == 2023, 2), (col("year") == 7, 0),
        (col("year") == 2024 && col("n") > 11, 2), (col("year") == 2023 || col("n") == 21, 3),
        // A sum may be too large, so it is not asked before the file is read.
        (col("year") + 1 == 2024, 3),
      ] {
        let note: Comment = "\(format), \(condition)"
        for query: (LazyFrame) -> LazyFrame in [
          { $0.filter(condition) }, { $0.filter(condition).select("place", "n") },
          { $0.filter(condition).select("year").limit(2) },
        ] {
          try ParquetQueryTests.expectSame(query(frame), query(whole.lazy), note)
        }
        let text = try scanned(frame.filter(condition))
        #expect(text.contains("files read \(files) of 3"), "\(note): \(text)")
      }
      #expect(
        try frame.select(rowCount().as("n")).collect()["n", as: Int.self].first == 9, "\(format)")
    }
  }

  @Test func patternsNamedFilesAndOptions() throws {
    for (format, folder, scan) in try formats() {
      let note: Comment = "\(format)"
      let one = "\(folder.path)/year=2024/place=ü/*"
      #expect(
        try scan(one, FileSetOptions()).schema().names == ["n", "t", "year", "place"], note)
      let named = try FileManager.default.contentsOfDirectory(
        atPath: "\(folder.path)/year=2024/place=ü")[0]
      let path = "\(folder.path)/year=2024/place=ü/\(named)"
      #expect(try scan(path, FileSetOptions()).schema().names == ["n", "t"], note)
      var files = FileSetOptions()
      files.partitions = .hive
      files.partitionTypes = ["year": .string]
      files.pathColumn = "file"
      let asked = try scan(path, files).collect()
      #expect(asked.schema.names == ["n", "t", "year", "place", "file"], note)
      #expect(try Array(asked["year", as: String.self]) == ["2024", "2024", "2024"], note)
      #expect(try Array(asked["file", as: String.self]).allSatisfy { $0 == path }, note)
      files = FileSetOptions()
      files.partitions = .none
      #expect(try scan(folder.path, files).schema().names == ["n", "t", "extra"], note)
      files.missingColumns = .fail
      let error = try #require(throws: ColumnarError.self) {
        try scan(folder.path, files).collect()
      }
      #expect(error.code == .columnNotFound && error.message.contains("\"extra\""), note)
      files = FileSetOptions()
      files.partitionTypes = ["month": .int64]
      #expect(throws: ColumnarError.self, note) { try scan(one, files).collect() }
    }
  }

  /// With the columns of the first file, those that a filter leaves out are not even opened.
  @Test func filesThatAreLeftOutAreNotOpened() throws {
    for (format, folder, scan) in try formats() {
      let note: Comment = "\(format)"
      let bad = "\(folder.path)/year=2024/place=ü"
      let name = try FileManager.default.contentsOfDirectory(atPath: bad)[0]
      try Data("{\"n\": \n\"".utf8).write(to: URL(fileURLWithPath: "\(bad)/\(name)"))
      var files = FileSetOptions()
      files.columns = .ofFirstFile
      let frame = scan(folder.path, files)
      #expect(try frame.schema().names == ["n", "t", "year", "place"], note)
      let kept = try frame.filter(col("year") < 2024 || col("place").isNull()).collect()
      #expect(try Array(kept["n", as: Int.self]) == [0, 1, 2, 10, 11, 12], note)
      // Read as CSV it is but a row without numbers.
      #expect(throws: ColumnarError.self, note) { try frame.select("n", "t").collect() }
    }
  }

  /// What a folder says takes the place of what stands in the file.
  @Test func foldersTakeTheFilesPlace() throws {
    let folder = try ToolFolder()
    for year in [1, 2] {
      let path = "\(folder.path)/year=\(year)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data("year,n\nx\(year),\(year)\n".utf8).write(to: URL(fileURLWithPath: "\(path)/a.csv"))
    }
    let frame = try LazyFrame.scan(csv: folder.path).collect()
    #expect(frame.schema.description == "[year: int64, n: int64]")
    #expect(try Array(frame["year", as: Int.self]) == [1, 2])
    var options = CSVReadOptions()
    options.badRows = .collect()
    let file = try CSVFile(folder.path, options: options)
    #expect(try file.lazy.filter(col("year") == 2).collect().count == 1)
    #expect(file.rejects.count == 0)
  }

  @Test func objectsOfSeveralFilesHaveTheKeysOfAll() throws {
    let folder = try ToolFolder()
    _ = try folder.file("1.jsonl", "{\"o\":{\"x\":1,\"in\":[{\"a\":1}]}}\n{\"o\":null}\n")
    _ = try folder.file("2.jsonl", "{\"o\":{\"y\":true,\"x\":2.5,\"in\":[{\"b\":\"q\"}]}}\n")
    let frame = LazyFrame.scan(jsonLines: folder.path)
    let type = "struct[x: float64, in: list[struct[a: int64, b: string]], y: bool]"
    #expect(try frame.schema().description == "[o: \(type)]")
    let texts = try frame.collect().column("o")
    #expect(
      Value.rows(of: texts) == [
        .structure([.double(1), .list([.structure([.int(1), .null])]), .null]), .null,
        .structure([.double(2.5), .list([.structure([.null, .string("q")])]), .bool(true)]),
      ])
    // Of the first file: what others have besides is left out.
    var files = FileSetOptions()
    files.columns = .ofFirstFile
    _ = try folder.file("2.jsonl", "{\"o\":{\"y\":true,\"x\":2,\"in\":[{\"b\":\"q\"}]}}\n")
    let first = try LazyFrame.scan(jsonLines: folder.path, files: files).collect()
    #expect(
      first.schema.description == "[o: struct[x: int64, in: list[struct[a: int64]]]]")
    #expect(first.count == 3)
  }
}
