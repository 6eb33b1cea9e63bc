import Columnar
import Testing

@Suite struct LazyFrameTests {
  let frame: DataFrame

  init() throws {
    frame = try DataFrame([
      "a": [1, 2, 3, 4, 5], "b": ["x", nil, "z", "x", "z"] as [String?],
      "v": [1.5, 2.5, nil, 4.5, 5.5] as [Double?],
    ])
  }

  @Test func filterAndCompute() throws {
    let result = try frame.lazy.filter(col("a") > 2).with((col("a") * 10).as("tens")).collect()
    #expect(result.schema.names == ["a", "b", "v", "tens"])
    #expect(try Array(result["tens", as: Int.self]) == [30, 40, 50])
    #expect(try Array(result["v", as: Double?.self]) == [nil, 4.5, 5.5])
  }

  @Test func groupsAndAggregates() throws {
    let result = try frame.lazy.groupBy("b", maintainOrder: true)
      .aggregate(col("a").sum().as("sum"), col("v").mean().as("mean"), rowCount().as("n")).collect()
    #expect(try Array(result["b", as: String?.self]) == ["x", nil, "z"])
    #expect(try Array(result["sum", as: Int.self]) == [5, 2, 8])
    #expect(try Array(result["mean", as: Double?.self]) == [3.0, 2.5, 5.5])
    #expect(try Array(result["n", as: Int.self]) == [2, 1, 2])
  }

  @Test func sortsStably() throws {
    let result = try frame.lazy.sort(by: "b", descending: true).select("a").collect()
    #expect(try Array(result["a", as: Int.self]) == [3, 5, 1, 4, 2])
  }

  @Test func joins() throws {
    let names = try DataFrame(["b": ["x", "z"], "name": ["ex", "zed"]])
    let inner = try frame.lazy.join(names.lazy, on: "b").collect()
    #expect(try Array(inner["name", as: String.self]) == ["ex", "zed", "ex", "zed"])
    let left = try frame.lazy.join(names.lazy, on: "b", kind: .left).collect()
    #expect(try Array(left["name", as: String?.self]) == ["ex", nil, "zed", "ex", "zed"])
  }

  @Test func rowFunctions() throws {
    let scaled = UDF.row("scaled") { (a: Int, v: Double?) -> Double? in v.map { $0 * Double(a) } }
    let text = UDF.row("text") { (b: String) in b + "!" }
    let result = try frame.lazy.select(scaled("a", "v").as("s"), text("b").as("t")).collect()
    #expect(try Array(result["s", as: Double?.self]) == [1.5, 5, nil, 18, 27.5])
    #expect(try Array(result["t", as: String?.self]) == ["x!", nil, "z!", "x!", "z!"])
  }

  @Test func limitConcatDistinct() throws {
    let twice = LazyFrame.concat([frame.lazy, frame.lazy])
    #expect(try twice.collect().count == 10)
    #expect(try Array(twice.limit(3, offset: 4).collect()["a", as: Int.self]) == [5, 1, 2])
    #expect(try twice.distinct("b").collect().count == 3)
    #expect(try twice.distinct().collect().count == 5)
  }
}
