import Columnar
import Glibc
import Testing

@Suite struct WriteCSVTests {
  /// A file of its own below the temporary folder, gone at the end.
  func withPath<R>(_ name: String, _ body: (String) throws -> R) rethrows -> R {
    let path = "/tmp/columnar-\(getpid())-\(name)"
    defer { unlink(path) }
    return try body(path)
  }

  @Test(arguments: [1, 2, 4], ["rows.csv", "rows.csv.gz"])
  func rowsStayInOrder(_ threads: Int, _ name: String) throws {
    let many = try DataFrame(["a": Array(0..<300_000), "s": (0..<300_000).map { "row \($0)" }])
    try withPath("\(threads)-\(name)") { path in
      try many.lazy.filter(col("a") % 3 == 0).write(csv: path, on: .columnar(threads: threads))
      let read = try LazyFrame.scan(csv: path).collect()
      #expect(try Array(read["a", as: Int.self]) == Array(stride(from: 0, to: 300_000, by: 3)))
      #expect(try read["s", as: String.self].last == "row 299997")
    }
  }

  @Test func aFailedQueryLeavesTheOldFile() throws {
    struct Bad: Error {}
    let fails = UDF.row("fails") { (a: Int) throws -> Int in
      if a == 200_000 { throw Bad() }
      return a
    }
    let many = try DataFrame(["a": Array(0..<300_000)])
    try withPath("kept.csv") { path in
      try DataFrame(["old": [1]]).write(csv: path)
      #expect(throws: ColumnarError.self) {
        try many.lazy.select(fails("a").as("b")).write(csv: path)
      }
      #expect(try LazyFrame.scan(csv: path).collect().schema.names == ["old"])
    }
  }
}
