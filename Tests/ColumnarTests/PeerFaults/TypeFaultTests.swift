import Testing

@testable import Columnar
@testable import ColumnarCore

/// What goes wrong elsewhere with the types of results.
///
/// Lists, dates, structs: `ResultTypeTests`, `OutputsUDFTests`.
@Suite struct TypeFaultTests {
  @Test(
    "Polars #15322: result types are guessed from the first values; here they are the closure's, whatever comes first"
  )
  func typesAreNotGuessed() throws {
    let half = UDF.row("half") { (x: Int) -> Double? in x < 40 ? nil : Double(x) / 2 }
    let list = UDF.row("list") { (x: Int) -> [String] in x < 40 ? [] : ["\(x)"] }
    let none = UDF.row("none") { (_: Int) -> String? in nil }
    let frame = try DataFrame(["x": Array(0..<80)]).lazy
    let query = frame.select(half("x").as("h"), list("x").as("l"), none("x").as("n"))
    let expected = [Field("h", .float64), Field("l", .list(.string)), Field("n", .string)]
    for engine in [ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 7)] {
      for count in [80, 40, 1, 0] {
        let result = try frame.limit(count).select(
          half("x").as("h"), list("x").as("l"), none("x").as("n")
        ).collect(on: engine)
        #expect(result.schema.fields == expected)
      }
      let result = try query.collect(on: engine)
      let halves = (0..<80).map { $0 < 40 ? nil : Double($0) / 2 }
      #expect(try Array(result["h", as: Double?.self]) == halves)
      #expect(try result["l", as: [String].self][41] == ["41"])
      #expect(try Array(result["n", as: String?.self]) == [String?](repeating: nil, count: 80))
    }
  }

  @Test(
    "Daft #5745: some UDFs don't work in some places; here row, batch, async and multi-output ones do wherever an expression stands"
  )
  func functionsStandAnywhere() throws {
    let row = UDF.row("f") { (x: Int) in x % 5 }
    let batch = UDF.batch("f") { (xs: ColumnView<Int>) in xs.map { $0 % 5 } }
    let exact = UDF.batch("f", options: .init(batchSize: 4)) { (xs: ColumnView<Int>) in
      xs.map { $0 % 5 }
    }
    let waiting = UDF.async("f") { (x: Int) async in x % 5 }
    let frame = try DataFrame(["x": Array(0..<50), "y": (0..<50).map { $0 % 3 }]).lazy
    func queries(_ f: Expr) -> [LazyFrame] {
      [
        frame.select(f.as("r")), frame.filter(f > 2 && col("y") > 0), frame.sort(by: f),
        frame.groupBy(f.as("k")).aggregate(rowCount().as("n")).sort(by: "k"),
        frame.groupBy("y").aggregate(f.sum().as("s"), (f * 2).max().as("m")).sort(by: "y"),
        frame.join(frame.limit(4), leftOn: [f], rightOn: ["x"]).sort(by: "x"),
        frame.with(when(col("y") == 1).then(f).otherwise(f + 1).as("w")),
        frame.repartition(3, by: f).sort(by: "x"),
      ]
    }
    let engine = ColumnarEngine(threads: 2, batchRows: 7)
    let expected = try queries(col("x") % 5).map { try $0.collect(on: engine) }
    for (name, f) in [
      ("row", row("x")), ("batch", batch("x")), ("exact", exact("x")), ("async", waiting("x")),
    ] {
      for (number, query) in queries(f).enumerated() {
        let result = try query.collect(on: engine)
        #expect("\(result)" == "\(expected[number])", "\(name), \(number)")
      }
    }
  }

  @Test(
    "Polars #25541: a UDF per row means something else among aggregates; here it must be aggregated"
  )
  func rowFunctionsAreNoAggregates() throws {
    let f = UDF.row("f") { (x: Int) in x }
    let frame = try DataFrame(["k": [1, 1], "x": [1, 2]]).lazy
    let error = try #require(throws: ColumnarError.self) {
      try frame.groupBy("k").aggregate(f("x").as("r")).collect()
    }
    #expect(error.code == .invalidPlan)
  }
}
