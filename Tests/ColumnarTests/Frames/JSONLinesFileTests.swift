import Columnar
import Glibc
import Testing

@Suite struct JSONLinesFileTests {
  /// A path of its own below the temporary folder, gone at the end.
  private func withPath<R>(_ name: String, _ body: (String) throws -> R) rethrows -> R {
    let path = "/tmp/columnar-\(getpid())-\(UInt64.random(in: 0 ... .max))-\(name)"
    defer { unlink(path) }
    return try body(path)
  }

  @Test(arguments: [1, 3], ["rows.jsonl", "rows.jsonl.gz", "rows.jsonl.zst"])
  func rowsStayInOrder(_ threads: Int, _ name: String) throws {
    let many = try DataFrame([
      "a": Array(0..<60_000), "s": (0..<60_000).map { $0 % 7 == 0 ? nil : "row \($0)" },
      "l": (0..<60_000).map { Array(repeating: Double($0) / 8, count: $0 % 4) },
    ])
    try withPath(name) { path in
      let written = try many.lazy.filter(col("a") % 3 == 0)
        .write(jsonLines: path, on: .columnar(threads: threads))
      #expect(written.rows == 20_000)
      let frame = LazyFrame.scan(jsonLines: path).filter(col("a") > 50_000).select("s", "a", "l")
      let read = try frame.collect(on: .columnar(threads: threads))
      #expect(read.schema.description == "[s: string, a: int64, l: list[float64]]")
      #expect(try Array(read["a", as: Int.self]) == Array(stride(from: 50_001, to: 60_000, by: 3)))
      #expect(try Array(read["s", as: String?.self])[1] == "row 50004")
      // 50,007 leaves 3 when divided by 4.
      #expect(try Array(read["l", as: [Double].self])[2] == [6250.875, 6250.875, 6250.875])
      #expect(try frame.limit(2).collect().count == 2)
      #expect(
        try frame.explain().contains("Scan jsonl \(path) [a, s, l] where (a > 50000)"))
    }
  }

  @Test func badRowsGoToTheRejects() throws {
    var options = JSONLinesReadOptions()
    options.badRows = .collect()
    options.schemaOverrides = ["n": .int64]
    try withPath("x.jsonl") { path in
      #expect(TestFile.write("{\"n\":1}\n{\"n\":\"x\"}\n{\"n\":\n{\"n\":4}\n", path))
      let file = try JSONLinesFile(path, options: options)
      #expect(try Array(file.lazy.collect()["n", as: Int.self]) == [1, 4])
      #expect(try Array(file.rejects["line", as: Int.self]) == [2, 3])
      #expect(try Array(file.rejects["column", as: String?.self]) == ["n", nil])
      #expect(try DataFrame(jsonLines: path, options: options).count == 2)
    }
  }

  @Test func aFailedQueryLeavesTheOldFile() throws {
    struct Bad: Error {}
    let fails = UDF.row("fails") { (a: Int) throws -> Int in
      if a == 20_000 { throw Bad() }
      return a
    }
    let many = try DataFrame(["a": Array(0..<30_000)])
    try withPath("kept.jsonl") { path in
      try DataFrame(["old": [1]]).write(jsonLines: path)
      #expect(throws: ColumnarError.self) {
        try many.lazy.select(fails("a").as("b")).write(jsonLines: path)
      }
      #expect(throws: ColumnarError.self) {
        try DataFrame(["a": [Double.nan]]).write(jsonLines: path)
      }
      #expect(try DataFrame(jsonLines: path).schema.names == ["old"])
    }
  }

  @Test func structsComeAndGo() throws {
    struct Item: Codable, Equatable { var name: String, tags: [String], size: Size? }
    struct Size: Codable, Equatable { var width: Double, height: Double? }
    let items = [
      Item(name: "a", tags: ["x", "é"], size: Size(width: 1, height: nil)),
      Item(name: "b", tags: [], size: nil),
    ]
    try withPath("x.jsonl") { path in
      #expect(
        TestFile.write(
          "{\"name\":\"a\",\"tags\":[\"x\",\"é\"],\"size\":{\"width\":1,\"height\":null}}\n"
            + "{\"name\":\"b\",\"tags\":[],\"size\":null}\n", path))
      var options = JSONLinesReadOptions()
      options.schemaOverrides = [
        "size": .structure([Field("width", .float64), Field("height", .float64)])
      ]
      let frame = try DataFrame(jsonLines: path, options: options)
      #expect(try frame.rows(as: Item.self) == items)
    }
  }
}
