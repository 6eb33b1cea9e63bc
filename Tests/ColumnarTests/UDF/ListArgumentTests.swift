import Columnar
import Testing

/// Arrays as arguments: only nulls that a call would see are in the way of elements that take none.
@Suite struct ListArgumentTests {
  let count = UDF.row("count") { (values: [Int]) -> Int in values.count }
  let frame: DataFrame

  init() throws {
    frame = try DataFrame(["k": [1, 2, 3], "l": [[1], [2, 3], [nil]] as [[Int?]]])
  }

  @Test func nullsOfOtherRowsDontCount() throws {
    let sliced = try frame.slice(0..<2).lazy.select(count("l").as("n")).collect()
    #expect(try Array(sliced["n", as: Int.self]) == [1, 2])
    let filtered = try frame.lazy.filter(col("k") < 3).select(count("l").as("n")).collect()
    #expect(try Array(filtered["n", as: Int.self]) == [1, 2])
    #expect(try Array(frame.slice(1..<2)["l", as: [Int].self]) == [[2, 3]])
  }

  @Test func aNullInAListIsAnErrorAtItsRow() throws {
    let error = #expect(throws: ColumnarError.self) {
      try frame.lazy.select(count("l").as("n")).collect()
    }
    #expect(error?.code == .unexpectedNull && error?.row == 2, "\(String(describing: error))")
  }

  /// A null list of fixed size has null elements beneath it, which nobody asks for.
  @Test func nullFixedSizeListsHaveNoElements() throws {
    let length = UDF.row("length") { (x: [Float]?) -> Int in x?.count ?? -1 }
    let lists = try DataFrame(["v": [[1, 2], nil, [3, 4]] as [[Float]?]])
    let type = DataType.fixedSizeList(.float32, count: 2)
    let fixed = try lists.lazy.select(col("v").cast(to: type).as("v")).collect()
    let lengths = try fixed.lazy.select(length("v").as("n")).collect()
    #expect(try Array(lengths["n", as: Int.self]) == [2, -1, 2])
  }
}
