import Testing

@testable import Columnar
@testable import ColumnarCore

/// What is kept from one row's decoding for the next.
@Suite struct RowCellsTests {
  @Test(arguments: [1, 2, 3, 4, 7]) func keysInAnyOrderOfColumns(step: Int) throws {
    struct Row: Decodable, Equatable {
      var a: Int
      var b: String?
      var c: Double
      var d: [Int]
    }
    let columns: [(String, Column)] = [
      ("a", Int.column(of: [1, 2, 3])), ("b", String?.column(of: [nil, "y", nil])),
      ("x", Bool.column(of: [true, false, true])), ("c", Double.column(of: [0.5, 1.5, 2.5])),
      ("d", [Int].column(of: [[], [1], [1, 2]])),
    ]
    let turned = columns.indices.map { columns[($0 * 3 + step) % columns.count] }
    #expect(
      try DataFrame(columns: turned).rows(as: Row.self) == [
        Row(a: 1, b: nil, c: 0.5, d: []), Row(a: 2, b: "y", c: 1.5, d: [1]),
        Row(a: 3, b: nil, c: 2.5, d: [1, 2]),
      ])
  }

  @Test func oneColumnAsSeveralTypes() throws {
    struct Row: Decodable, Equatable {
      enum CodingKeys: String, CodingKey { case x }
      var whole: Int
      var double: Double
      var narrow: Int16?
      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        whole = try values.decode(Int.self, forKey: .x)
        double = try values.decode(Double.self, forKey: .x)
        narrow = try values.decodeIfPresent(Int16.self, forKey: .x)
      }
    }
    let rows = try DataFrame(["x": [7, -3]]).rows(as: Row.self)
    #expect(rows.map(\.whole) == [7, -3] && rows.map(\.double) == [7, -3])
    #expect(rows.map(\.narrow) == [7, -3])
  }

  @Test func aNullAfterManyValues() throws {
    struct Row: Decodable { var x: String }
    let texts: [String?] = ["a", "a text that is longer than fifteen bytes", nil]
    let frame = try DataFrame(["x": texts])
    let error = try #require(throws: ColumnarError.self) { try frame.rows(as: Row.self) }
    #expect(error.row == 2 && error.code == .typeMismatch)
    let before = try frame.lazy.limit(2).collect().rows(as: Row.self)
    #expect(before.map(\.x) == texts.compactMap { $0 })
  }

  @Test func ofColumnsOfOneNameTheFirst() throws {
    struct Row: Decodable, Equatable {
      struct Pair: Decodable, Equatable { var x: Int }
      var pair: Pair
    }
    let pairs = Column(
      fields: [Field("x", .int64), Field("x", .int64)],
      children: [Int.column(of: [1, 2]), Int.column(of: [3, 4])], count: 2)
    let rows = try DataFrame(columns: [("pair", pairs)]).rows(as: Row.self)
    #expect(rows.map(\.pair.x) == [1, 2])
  }

  @Test func aListThatAnotherRowCannotHave() throws {
    struct Row: Decodable { var x: [Int] }
    let lists: [[Int?]] = [[1, 2], [3, nil]]
    let frame = try DataFrame(["x": lists])
    let first = try frame.lazy.limit(1).collect().rows(as: Row.self)
    #expect(first.map(\.x) == [[1, 2]])
    let error = try #require(throws: ColumnarError.self) { try frame.rows(as: Row.self) }
    #expect(error.row == 1)
  }
}
