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
}
