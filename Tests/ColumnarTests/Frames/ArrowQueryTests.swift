import Columnar
import Glibc
import Testing

@Suite struct ArrowQueryTests {
  func withPath<R>(_ name: String, _ body: (String) throws -> R) rethrows -> R {
    let path = "/tmp/columnar-\(getpid())-\(name)"
    defer { unlink(path) }
    return try body(path)
  }

  @Test(arguments: [1, 2, 4], [ArrowWriteOptions.Format.file, .stream])
  func rowsStayInOrder(_ threads: Int, _ format: ArrowWriteOptions.Format) throws {
    let many = try DataFrame([
      "a": Array(0..<300_000), "s": (0..<300_000).map { "a row that is long, \($0)" },
    ])
    try withPath("\(threads)-\(format).arrow") { path in
      let options = ArrowWriteOptions(format: format)
      try many.lazy.filter(col("a") % 3 == 0)
        .write(arrow: path, options: options, on: .columnar(threads: threads))
      let read = try LazyFrame.scan(arrow: path).collect()
      #expect(try Array(read["a", as: Int.self]) == Array(stride(from: 0, to: 300_000, by: 3)))
      #expect(try read["s", as: String.self].last == "a row that is long, 299997")
      let some = try LazyFrame.scan(arrow: path).filter(col("a") >= 299_000).select("s").limit(2)
        .collect(on: .columnar(threads: threads))
      #expect(
        try Array(some["s", as: String.self])
          == ["a row that is long, 299001", "a row that is long, 299004"])
      #expect(try LazyFrame.scan(arrow: path).limit(5).collect().count == 5)
    }
  }

  @Test func dictionariesAreGrouped() throws {
    let frame = try DataFrame([
      "k": (0..<20_000).map { ["red", "green", "a long name of a colour"][$0 % 3] },
      "v": Array(0..<20_000),
    ])
    try withPath("groups.arrow") { path in
      try frame.write(arrow: path, options: ArrowWriteOptions(dictionaryColumns: ["k"]))
      let sums = try LazyFrame.scan(arrow: path).groupBy("k").aggregate(col("v").sum().as("v"))
        .sort(by: "k")
        .collect()
      let expected = try frame.lazy.groupBy("k").aggregate(col("v").sum().as("v")).sort(by: "k")
        .collect()
      #expect(try Array(sums["k", as: String.self]) == Array(expected["k", as: String.self]))
      #expect(try Array(sums["v", as: Int.self]) == Array(expected["v", as: Int.self]))
    }
  }

  @Test func aFailedQueryLeavesTheOldFile() throws {
    struct Bad: Error {}
    let fails = UDF.row("fails") { (a: Int) throws -> Int in
      if a == 200_000 { throw Bad() }
      return a
    }
    let many = try DataFrame(["a": Array(0..<300_000)])
    try withPath("kept.arrow") { path in
      try DataFrame(["old": [1]]).write(arrow: path)
      #expect(throws: ColumnarError.self) {
        try many.lazy.select(fails("a").as("b")).write(arrow: path)
      }
      #expect(try LazyFrame.scan(arrow: path).collect().schema.names == ["old"])
    }
  }

  @Test func whatIsNoArrowFileIsAnError() throws {
    try withPath("text.arrow") { path in
      try DataFrame(["a": [1]]).write(csv: path)
      let error = #expect(throws: ColumnarError.self) { try LazyFrame.scan(arrow: path).collect() }
      #expect(error?.code == .corruptFile)
    }
    #expect(throws: ColumnarError.self) { try LazyFrame.scan(arrow: "/nowhere.arrow").collect() }
  }
}
