import Columnar
import Testing

@Suite struct RowUDFTests {
  let frame: DataFrame

  init() throws {
    frame = try DataFrame([
      "a": [1, 2, 3], "b": [10, 20, 30], "x": [0.5, nil, 2.5] as [Double?],
      "s": ["one", nil, "drei mal so lang wie eins"] as [String?],
      "t": [true, false, nil] as [Bool?],
    ])
  }

  @Test func everyArity() throws {
    let f0 = UDF.row("f0") { 7 }
    let f1 = UDF.row("f1") { (a: Int) in a }
    let f2 = UDF.row("f2") { (a: Int, b: Int) in a + b }
    let f3 = UDF.row("f3") { (a: Int, b: Int, c: Int) in a + b + c }
    let f4 = UDF.row("f4") { (a: Int, b: Int, c: Int, d: Int) in a + b + c + d }
    let f5 = UDF.row("f5") { (a: Int, b: Int, c: Int, d: Int, e: Int) in a + b + c + d + e }
    let f6 = UDF.row("f6") { (a: Int, b: Int, c: Int, d: Int, e: Int, f: Int) in
      a + b + c + d + e + f
    }
    let f7 = UDF.row("f7") { (a: Int, b: Int, c: Int, d: Int, e: Int, f: Int, g: Int) in
      a + b + c + d + e + f + g
    }
    let f8 = UDF.row("f8") { (a: Int, b: Int, c: Int, d: Int, e: Int, f: Int, g: Int, h: Int) in
      a + b + c + d + e + f + g + h
    }
    let result = try frame.lazy.select(
      f0(), f1("a"), f2("a", "b"), f3("a", "b", "a"), f4("a", "b", "a", "b"),
      f5("a", "b", "a", "b", "a"), f6("a", "b", "a", "b", "a", "b"),
      f7("a", "b", "a", "b", "a", "b", "a"), f8("a", "b", "a", "b", "a", "b", "a", "b")
    ).collect()
    let last = try result.batch.columns.map { try ColumnView<Int>($0)[2] }
    #expect(last == [7, 3, 33, 36, 66, 69, 99, 102, 132])
  }

  @Test func nullsSkipCallsUnlessOptional() throws {
    let calls = CallRecorder()
    let strict = UDF.row("strict") { (x: Double, s: String) in calls.call { "\(x) \(s)" } }
    let open = UDF.row("open") { (x: Double?, s: String?) in "\(x ?? -1) \(s ?? "-")" }
    let result = try frame.lazy.select(strict("x", "s"), open("x", "s")).collect()
    #expect(
      try Array(result["strict", as: String?.self])
        == ["0.5 one", nil, "2.5 drei mal so lang wie eins"])
    #expect(
      try Array(result["open", as: String.self])
        == ["0.5 one", "-1.0 -", "2.5 drei mal so lang wie eins"])
    #expect(calls.calls == 2)
  }

  @Test func resultsOfEveryKind() throws {
    let bools = UDF.row("bools") { (a: Int) in a > 1 }
    let optionalBools = UDF.row("optionalBools") { (a: Int) in a > 2 ? nil : a > 1 }
    let floats = UDF.row("floats") { (a: Int) in a == 2 ? nil : Float(a) }
    let lists = UDF.row("lists") { (a: Int) in Array(repeating: Float(a), count: a) }
    let words = UDF.row("words") { (s: String?) in s?.split(separator: " ").map(String.init) }
    let result = try frame.lazy.select(
      bools("a"), optionalBools("a"), floats("a"), lists("a"), words("s")
    ).collect()
    #expect(try Array(result["bools", as: Bool.self]) == [false, true, true])
    #expect(try Array(result["optionalBools", as: Bool?.self]) == [false, true, nil])
    #expect(try Array(result["floats", as: Float?.self]) == [1, nil, 3])
    #expect(try Array(result["lists", as: [Float].self]) == [[1], [2, 2], [3, 3, 3]])
    let expected = [["one"], nil, ["drei", "mal", "so", "lang", "wie", "eins"]]
    #expect(try Array(result["words", as: [String]?.self]) == expected)
  }

  @Test func literalsAreConstantsAndNumbersWiden() throws {
    let norm = UDF.row("norm") { (v: Double, mean: Double, std: Double) in (v - mean) / std }
    let result = try frame.lazy.select(norm("a", lit(2.0), lit(4.0)).as("z")).collect()
    #expect(try Array(result["z", as: Double.self]) == [-0.25, 0, 0.25])
  }

  @Test func wrongTypeNamesFunctionAndBothTypes() throws {
    let f = UDF.row("f") { (s: String) in s }
    let error = try #require(throws: ColumnarError.self) { try frame.lazy.select(f("a")).explain() }
    #expect(error.code == .typeMismatch)
    #expect(
      error.message.hasPrefix(
        "Argument 1 of \"f\" is a column of int64, but the closure takes String"))
  }

  @Test func throwingNamesRowAndInputs() throws {
    struct TooLarge: Error {}
    let f = UDF.row("check") { (a: Int, s: String?) throws -> Int in
      if a == 3 { throw TooLarge() }
      return a
    }
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.select(f("a", "s")).collect()
    }
    #expect(error.code == .udf && error.row == 2 && error.underlying is TooLarge)
    #expect(
      error.message
        == "\"check\" failed: TooLarge(). The inputs were (3, \"drei mal so lang wie eins\").")
  }

  /// Several threads fail at once; the lowest row is reported, in every run.
  @Test func theLowestFailingRowIsReported() throws {
    struct Bad: Error {}
    let f = UDF.row("f") { (a: Int) throws -> Int in
      if a >= 70_003 { throw Bad() }
      return a
    }
    let many = try DataFrame(["a": Array(0..<300_000)])
    for _ in 0..<5 {
      let error = try #require(throws: ColumnarError.self) {
        try many.lazy.filter(col("a") % 2 == 1).select(f("a")).collect(on: .columnar(threads: 4))
      }
      #expect(error.row == 35_001)
    }
  }
}
