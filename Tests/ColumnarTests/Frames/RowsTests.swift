import Columnar
import Testing

/// Rows as values of Codable types.
@Suite struct RowsTests {
  struct Flight: Codable, Equatable {
    var carrier: String
    var delay: Double?
    var legs: [Int]
    var seats: Int16
    var early: Bool
  }

  let frame: DataFrame

  init() throws {
    frame = try DataFrame([
      "carrier": ["UA", "AA"], "delay": [1.5, nil] as [Double?], "legs": [[1, 2], []] as [[Int]],
      "seats": [180, 90], "early": [true, false],
    ])
  }

  @Test func everyKindOfValue() throws {
    #expect(
      try frame.rows(as: Flight.self) == [
        Flight(carrier: "UA", delay: 1.5, legs: [1, 2], seats: 180, early: true),
        Flight(carrier: "AA", delay: nil, legs: [], seats: 90, early: false),
      ])
  }

  @Test func aMissingColumnIsNamed() throws {
    struct Wrong: Decodable { var carier: String }
    let error = try #require(throws: ColumnarError.self) { try frame.rows(as: Wrong.self) }
    #expect(error.code == .columnNotFound)
    #expect(
      error.message == "There is no column for the key \"carier\". Did you mean \"carrier\"?")
  }

  @Test func aNullUnderAKeyThatIsNotOptional() throws {
    struct Strict: Decodable { var delay: Double }
    let error = try #require(throws: ColumnarError.self) { try frame.rows(as: Strict.self) }
    #expect(error.row == 1)
    #expect(
      error.message
        == "The value of \"delay\" is null, but Double is not optional. Make it optional or fill the nulls."
    )
  }

  @Test func aNumberThatDoesNotFit() throws {
    struct Narrow: Decodable { var seats: Int8 }
    let error = try #require(throws: ColumnarError.self) { try frame.rows(as: Narrow.self) }
    #expect(error.row == 0 && error.message == "\"seats\": 180 does not fit into Int8")
  }

  @Test func aDoubleBeyondFloat() throws {
    struct Narrow: Decodable { var x: Float }
    let frame = try DataFrame(["x": [1, .infinity, 1e300]])
    let error = try #require(throws: ColumnarError.self) { try frame.rows(as: Narrow.self) }
    #expect(error.row == 2 && error.message == "\"x\": 1e+300 does not fit into Float")
  }
}
