import Testing

@testable import Columnar
@testable import ColumnarCore

/// Plans whose expressions would grow without bound, or that are very deep.
@Suite struct LargePlanTests {
  @Test func aConditionOnWhatDoublesStaysSmall() throws {
    var frame = try DataFrame(["x": [1.0, -1.0]]).lazy
    for _ in 0..<40 { frame = frame.with((col("x") + col("x")).as("x")) }
    let result = try frame.filter(col("x") > 0).collect()
    #expect(try Array(result["x", as: Double.self]) == [Double(1 << 40)])
  }

  @Test func manySteps() throws {
    var frame = try DataFrame(["x": [0, 1]]).lazy
    for step in 0..<500 { frame = frame.with((col("x") + step % 3).as("x")) }
    let expected = (0..<500).reduce(0) { $0 + $1 % 3 }
    let result = try frame.filter(col("x") > expected).collect()
    #expect(try Array(result["x", as: Int.self]) == [expected + 1])
  }
}
