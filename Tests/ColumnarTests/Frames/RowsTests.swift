import Foundation
import Testing

@testable import Columnar
@testable import ColumnarCore

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

  @Test func anIntegerBeyondDouble() throws {
    struct Wide: Decodable { var x: Double }
    struct Narrow: Decodable { var x: Float }
    let exact = 1 << 53
    let frame = try DataFrame(["x": [0, -exact, 1 << 62, exact + 1]])
    let error = try #require(throws: ColumnarError.self) { try frame.rows(as: Wide.self) }
    #expect(error.row == 3)
    #expect(error.message == "\"x\": 9007199254740993 does not fit into Double")
    #expect(try DataFrame(["x": [-exact, 1 << 62]]).rows(as: Wide.self)[1].x == 0x1p62)
    let narrow = try DataFrame(["x": [1 << 24, 1 << 24 + 1] as [UInt32]])
    let other = try #require(throws: ColumnarError.self) { try narrow.rows(as: Narrow.self) }
    #expect(other.row == 1 && other.message == "\"x\": 16777217 does not fit into Float")
  }

  struct Document: Codable, Equatable {
    var url: URL
    var id: UUID
    var price: Decimal
    var bytes: Data
    var at: Date
    var links: [URL]
    var previous: URL?
  }

  @Test func foundationValuesFromText() throws {
    let frame = try DataFrame([
      "url": ["https://example.org/a?b=c#d"], "id": ["C3F4B1E2-0000-4000-8000-0123456789AB"],
      "price": ["-12.345678901234567890123"], "bytes": ["AQID"], "at": ["1970-01-02T00:00:01.5"],
      "links": [["https://a.b", "c/d"]], "previous": [nil] as [String?],
    ])
    let row = try #require(frame.rows(as: Document.self).first)
    #expect(
      row.url.absoluteString == "https://example.org/a?b=c#d" && row.url.host() == "example.org")
    #expect(row.id.uuidString == "C3F4B1E2-0000-4000-8000-0123456789AB")
    #expect("\(row.price)" == "-12.345678901234567890123")
    #expect(row.bytes == Data([1, 2, 3]))
    #expect(row.at == Date(timeIntervalSince1970: 86_401.5))
    #expect(row.links.map(\.absoluteString) == ["https://a.b", "c/d"] && row.previous == nil)
  }

  @Test func foundationValuesOfTheirOwnColumns() throws {
    struct Row: Decodable {
      var count: Decimal
      var part: Decimal
      var bytes: Data
      var at: Date
      var day: Date
    }
    let day = CalendarDate(daysSinceEpoch: 1)
    let frame = try DataFrame([
      "count": [9_007_199_254_740_993], "part": [0.1], "bytes": [Binary([1, 2])],
      "at": [Date(timeIntervalSince1970: 2)], "day": [day],
    ])
    let row = try #require(frame.rows(as: Row.self).first)
    #expect("\(row.count) \(row.part)" == "9007199254740993 0.1")
    #expect(row.bytes == Data([1, 2]))
    #expect(row.at.timeIntervalSince1970 == 2 && row.day.timeIntervalSince1970 == 86_400)
  }

  @Test func textThatIsNoSuchValue() throws {
    struct WithURL: Decodable { var x: URL }
    struct WithDecimal: Decodable { var x: Decimal }
    struct WithData: Decodable { var x: Data }
    struct WithDate: Decodable { var x: Date }
    struct WithID: Decodable { var x: UUID }
    func message<Row: Decodable>(_ type: Row.Type, _ text: String) throws -> String {
      let frame = try DataFrame(["x": [text]])
      let error = #expect(throws: ColumnarError.self) { try frame.rows(as: type) }
      #expect(error?.code == .typeMismatch && error?.row == 0)
      return error?.message ?? ""
    }
    #expect(try message(WithURL.self, "") == "\"x\": \"\" cannot be read as URL")
    #expect(try message(WithDecimal.self, "12 apples").hasSuffix("cannot be read as Decimal"))
    #expect(try message(WithData.self, "***").hasSuffix("cannot be read as Data"))
    #expect(try message(WithDate.self, "soon").hasSuffix("\"soon\" cannot be read as Date"))
    #expect(try message(WithID.self, "1").contains("UUID"))
    struct Numbers: Decodable { var x: URL }
    let numbers = try DataFrame(["x": [1]])
    let error = try #require(throws: ColumnarError.self) { try numbers.rows(as: Numbers.self) }
    #expect(error.code == .typeMismatch)
  }

  struct Place: Codable, Equatable {
    struct Point: Codable, Equatable {
      var x: Double
      var y: Int?
    }
    var name: String
    var at: Point
    var before: Point?
    var path: [Point]
  }

  @Test func structsInside() throws {
    let points = Column(
      fields: [Field("x", .int64), Field("y", .int64)],
      children: [Int.column(of: [1, 2, 3]), Int?.column(of: [nil, 5, 6])], count: 3)
    let frame = try DataFrame(columns: [
      ("name", .constant(String.column(of: ["p"]), count: 2)), ("at", points.slice(1..<3)),
      ("before", points.withValidity(Bitmap([false, true, true])).slice(0..<2)),
      (
        "path",
        Column(listOf: points, offsets: Buffer(copying: [0, 0, 2] as [Int64]), count: 2)
      ),
    ])
    #expect(
      try frame.rows(as: Place.self) == [
        Place(name: "p", at: .init(x: 2, y: 5), before: nil, path: []),
        Place(
          name: "p", at: .init(x: 3, y: 6), before: .init(x: 2, y: 5),
          path: [.init(x: 1, y: nil), .init(x: 2, y: 5)]),
      ])
  }
}
