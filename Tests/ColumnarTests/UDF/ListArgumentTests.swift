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

  /// Lists of numbers are copied as bytes: windows begin where they should, in every width, also in
  /// lists of fixed size.
  @Test func listsOfNumbersComeWhole() throws {
    try roundTrip([[1, 2], [], [3], [4, 5, 6]] as [[Int8]])
    try roundTrip([[1, 2], [], [3], [-4, .max, .min]] as [[Int]])
    try roundTrip([[1.5], [2, 3], [], [-0.0, .infinity]] as [[Float]])
    try roundTrip([[1, nil], [], [nil, 3]] as [[Double?]])
    try roundTrip([[[1], []], [], [[2, 3], [4]]] as [[[Int32]]])
    let type = DataType.fixedSizeList(.int32, count: 2)
    let pairs: [[Int32]] = [[1, 2], [3, 4], [5, 6], [7, 8]]
    let fixed = try DataFrame(["v": pairs]).lazy.select(col("v").cast(to: type).as("v")).collect()
    #expect(try Array(fixed["v", as: [Int32].self]) == pairs)
    #expect(try Array(fixed.slice(2..<4)["v", as: [Int32].self]) == Array(pairs[2...]))
  }

  private func roundTrip<Element: ColumnValue & Equatable>(_ lists: [[Element]]) throws {
    let same = UDF.row("same") { (list: [Element]) in list }
    let frame = try DataFrame(["v": lists])
    for start in 0..<lists.count {
      let window = frame.slice(start..<lists.count)
      #expect(try Array(window["v", as: [Element].self]) == Array(lists[start...]))
      let called = try window.lazy.select(same("v").as("v")).collect()
      #expect(try Array(called["v", as: [Element].self]) == Array(lists[start...]))
    }
  }

  /// Where an element was null before, further lists of numbers are valid.
  @Test func nullsBetweenListsOfNumbers() throws {
    let odd = UDF.row("odd") { (n: Int) -> [Float]? in n % 2 == 0 ? nil : [Float(n), 0] }
    let made = try frame.lazy.select(odd("k").as("v")).collect()
    #expect(try Array(made["v", as: [Float]?.self]) == [[1, 0], nil, [3, 0]])
  }
}
