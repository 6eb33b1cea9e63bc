import Columnar
import Glibc
import Testing

@Suite struct CSVFileTests {
  /// A file of that content below the temporary folder, gone at the end.
  private func withFile<R>(_ text: String, _ body: (String) throws -> R) throws -> R {
    let path = "/tmp/columnar-\(getpid())-\(UInt64.random(in: 0 ... .max)).csv"
    defer { unlink(path) }
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
    return try body(path)
  }

  @Test func badRowsGoToTheRejects() throws {
    var options = CSVReadOptions()
    options.badRows = .collect()
    options.schemaOverrides = ["n": .int64]
    try withFile("n,s\n1,one\nx,two\n3\n4,four\n") { path in
      let file = try CSVFile(path, options: options)
      let result = try file.lazy.collect()
      #expect(try Array(result["n", as: Int.self]) == [1, 4])
      let rejects = file.rejects
      #expect(rejects.schema.names == ["file", "line", "column", "text", "reason"])
      #expect(try Array(rejects["file", as: String.self]) == [path, path])
      #expect(try Array(rejects["line", as: Int.self]) == [3, 4])
    }
  }

  @Test func aBadRowIsAnErrorOtherwise() throws {
    var options = CSVReadOptions()
    options.schemaOverrides = ["n": .int64]
    try withFile("n,s\n1,one\nx,two\n") { path in
      let error = try #require(throws: ColumnarError.self) {
        try LazyFrame.scan(csv: path, options: options).collect()
      }
      #expect(error.description.contains("line 3") && error.description.contains("\"n\""))
    }
  }

  @Test func conditionsAndLimitsReachTheFile() throws {
    try withFile("a,b,c\n" + (0..<50).map { "\($0),x,y\n" }.joined()) { path in
      let frame = LazyFrame.scan(csv: path).filter(col("a") > 10).select("b", "a").limit(2)
      #expect(try Array(frame.collect()["a", as: Int.self]) == [11, 12])
      let plan = try frame.explain()
      #expect(plan.contains("Scan csv \(path) [a, b] where (a > 10) limit 2"))
    }
  }

  @Test func aMissingFileIsAnErrorWhenTheQueryRuns() throws {
    let frame = LazyFrame.scan(csv: "/nowhere/at/all.csv").select("a")
    let error = try #require(throws: ColumnarError.self) { try frame.collect() }
    #expect(error.code == .io && error.message.contains("/nowhere/at/all.csv"))
  }
}
