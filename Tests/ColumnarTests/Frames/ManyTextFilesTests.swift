import Columnar
import Foundation
import Testing

/// Several files of text as one frame.
@Suite struct ManyTextFilesTests {
  @Test func columnsAreJoinedByName() throws {
    let folder = try ToolFolder()
    _ = try folder.file("1.csv", "a,b\n1,x\n2,y\n")
    _ = try folder.file("2.csv", "b,a,c\nz,2.5,true\n")
    _ = try folder.file("3.csv", "a,b\n4,5\n")
    for path in [folder.path, folder.path + "/*.csv"] {
      let frame = LazyFrame.scan(csv: path)
      #expect(try frame.schema().description == "[a: float64, b: string, c: bool]")
      let result = try frame.collect()
      #expect(try Array(result["a", as: Double.self]) == [1, 2, 2.5, 4])
      #expect(try Array(result["b", as: String.self]) == ["x", "y", "z", "5"])
      #expect(try Array(result["c", as: Bool?.self]) == [nil, nil, true, nil])
      #expect(try frame.filter(col("c")).select("b").collect().count == 1)
      #expect(try frame.filter(col("a") > 1).select("b").limit(2).collect().count == 2)
      #expect(try frame.select(rowCount().as("n")).collect()["n", as: Int.self].first == 4)
    }
  }

  @Test func linesOfSeveralFiles() throws {
    let folder = try ToolFolder()
    _ = try folder.file("1.jsonl", "{\"a\":1,\"o\":{\"x\":1}}\n")
    _ = try folder.file("2.jsonl", "{\"a\":\"one\",\"o\":{\"x\":2.5}}\n")
    let result = try LazyFrame.scan(jsonLines: folder.path + "/?.jsonl").collect()
    #expect(result.schema.description == "[a: string, o: struct[x: float64]]")
    #expect(try Array(result["a", as: String.self]) == ["1", "one"])
    _ = try folder.file("3.jsonl", "{\"a\":[1],\"o\":{\"x\":2.5}}\n")
    let error = try #require(throws: ColumnarError.self) {
      try LazyFrame.scan(jsonLines: folder.path + "/*.jsonl").collect()
    }
    #expect(error.code == .typeMismatch && error.message.contains("Column \"a\" is list[int64]"))
    let none = try #require(throws: ColumnarError.self) {
      try LazyFrame.scan(jsonLines: folder.path + "/*.nothing").collect()
    }
    #expect(none.message.contains("No file matches"))
  }

  /// What is packed in a folder counts as well, and a type may be stated for a column that only some
  /// files have.
  @Test func packedFilesAndStatedTypes() throws {
    let folder = try ToolFolder()
    _ = try folder.file("1.csv", "a,b\n1,x\n")
    try DataFrame(["a": [2], "c": [3]]).write(csv: folder.path + "/2.csv.gz")
    try DataFrame(["a": [4]]).write(csv: folder.path + "/3.csv.zst")
    var options = CSVReadOptions()
    options.schemaOverrides = ["c": .float64, "b": .string]
    let result = try LazyFrame.scan(csv: folder.path, options: options).collect()
    #expect(result.schema.description == "[a: int64, b: string, c: float64]")
    #expect(try Array(result["a", as: Int.self]) == [1, 2, 4])
    options.schemaOverrides = ["cc": .float64]
    let error = #expect(throws: ColumnarError.self) {
      try LazyFrame.scan(csv: folder.path, options: options).collect()
    }
    #expect(error?.message.contains("None of the 3 files") == true)
  }

  @Test func badRowsOfSeveralFiles() throws {
    let folder = try ToolFolder()
    _ = try folder.file("1.csv", "a,b\n1,x\n2\n3,y\n")
    _ = try folder.file("2.csv", "a,b\n4,z\n")
    _ = try folder.file("3.csv", "a,b\n5,z\nsix,z\n")
    var options = CSVReadOptions()
    options.schemaOverrides = ["a": .int64]
    options.badRows = .collect(limit: 1)
    let file = try CSVFile(folder.path, options: options)
    #expect(file.rejects.count == 0 && file.schema.names == ["a", "b"])
    #expect(try Array(file.lazy.collect()["a", as: Int.self]) == [1, 3, 4, 5])
    let rejects = file.rejects
    #expect(rejects.schema.names == ["file", "line", "column", "text", "reason"])
    #expect(
      try Array(rejects["file", as: String.self])
        == ["\(folder.path)/1.csv", "\(folder.path)/3.csv"])
    #expect(try Array(rejects["line", as: Int.self]) == [3, 3])
    #expect(try Array(rejects["column", as: String?.self]) == [nil, "a"])

    _ = try folder.file("1.ndjson", "{\"a\":1}\n{\n")
    _ = try folder.file("2.jsonl", "{\"a\":2}\n[]\n")
    var lines = JSONLinesReadOptions()
    lines.badRows = .collect()
    let opened = try JSONLinesFile(folder.path, options: lines)
    #expect(try opened.lazy.collect().count == 2)
    #expect(try Array(opened.rejects["line", as: Int.self]) == [2, 2])
  }
}
