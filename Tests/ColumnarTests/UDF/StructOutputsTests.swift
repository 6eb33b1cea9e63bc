import ColumnarTesting
import Foundation
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Functions whose result is a struct: a column for each of its keys.
@Suite struct StructOutputsTests {
  enum Kind: String, Codable, CaseIterable, Sendable { case short, long }

  struct Place: Codable, Equatable, Sendable {
    var line: Int32
    var note: String?
  }

  struct Parts: Codable, Equatable, Sendable {
    var head: String
    var count: Int
    var half: Double?
    var letters: [String]
    var kind: Kind
    var other: Kind?
    var place: Place
    var further: Place?
    var isLong: Bool

    enum CodingKeys: String, CodingKey {
      case head, count, half, letters, kind, other, place, further
      case isLong = "is_long"
    }

    init(_ text: String) {
      head = String(text.prefix(1))
      count = text.count
      half = count % 2 == 0 ? Double(count) / 2 : nil
      letters = text.map(String.init)
      isLong = count > 3
      kind = isLong ? .long : .short
      other = isLong ? .long : nil
      place = Place(line: Int32(count), note: isLong ? text : nil)
      further = isLong ? place : nil
    }
  }

  static let texts = ["one", "three", "", "four"]

  @Test func aColumnForEachKeyInTheirOrder() throws {
    let parts = UDF.row("parts", outputs: Parts.self) { (text: String) in Parts(text) }
    let frame = try DataFrame(["text": Self.texts])
    for engine in KindTesting.engines {
      let result = try frame.lazy.select(parts("text")).collect(on: engine)
      #expect(
        result.schema.fields.map(\.name) == [
          "head", "count", "half", "letters", "kind", "other", "place", "further", "is_long",
        ])
      let place = DataType.structure([Field("line", .int32), Field("note", .string)])
      #expect(
        result.schema.fields.map(\.type) == [
          .string, .int64, .float64, .list(.string), .string, .string, place, place, .bool,
        ])
      // What was written is what the same type reads.
      #expect(try result.rows(as: Parts.self) == Self.texts.map(Parts.init))
    }
  }

  @Test func nilIsANullInEachColumn() throws {
    let parts = UDF.row("parts", outputs: Place.self) { (text: String) in
      text.isEmpty ? nil : Place(line: 1, note: text)
    }
    let frame = try DataFrame(["text": ["a", "", nil, "b"] as [String?]])
    for engine in KindTesting.engines {
      let result = try frame.lazy.with(parts("text")).collect(on: engine)
      #expect(try Array(result["line", as: Int32?.self]) == [1, nil, nil, 1])
      #expect(try Array(result["note", as: String?.self]) == ["a", nil, nil, "b"])
    }
  }

  @Test func batchesAndStates() throws {
    let batch = UDF.batch("batch", outputs: Place.self) { (v: ColumnView<Int32>) in
      v.map { Place(line: $0 * 2, note: nil) }
    }
    let state = State { "state" }
    let row = UDF.row("row", outputs: Parts.self, state: state) { (v: Int32, s: String) in
      Parts(s + "\(v)")
    }
    let frame = try DataFrame(["v": [1, 2, 3] as [Int32]])
    for engine in KindTesting.engines {
      let result = try frame.lazy.with(batch("v"), row("v")).collect(on: engine)
      #expect(try Array(result["line", as: Int32.self]) == [2, 4, 6])
      #expect(try Array(result["note", as: String?.self]) == [nil, nil, nil])
      #expect(try Array(result["count", as: Int.self]) == [6, 6, 6])
    }
  }

  /// Fails while it is encoded, after some of its keys.
  struct Fragile: Codable, Sendable {
    var value: Int
    var note: String

    init(_ value: Int) { (self.value, note) = (value, "\(value)") }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(value, forKey: .value)
      if value % 3 == 1 { throw KindPolicyTests.Bad() }
      try container.encode(note, forKey: .note)
    }
  }

  @Test func whatCannotBeEncodedFailsLikeACall() throws {
    let frame = try DataFrame(["v": Array(0..<7)])
    for engine in KindTesting.engines {
      let fragile = UDF.row(
        "fragile", outputs: Fragile.self, options: UDFOptions(onError: .collect)
      ) { (v: Int) in Fragile(v) }
      let result = try frame.lazy.select(fragile("v")).collect(on: engine)
      #expect(try Array(result["value", as: Int?.self]) == [0, nil, 2, 3, nil, 5, 6])
      #expect(try Array(result["note", as: String?.self]) == ["0", nil, "2", "3", nil, "5", "6"])
      #expect(try Array(result.failures["row", as: Int?.self]) == [1, 4])
    }
  }

  struct Tree: Codable, Sendable {
    var name: String
    var next: [Tree]
  }
  struct Chain: Codable, Sendable { var next: Box? }
  final class Box: Codable, Sendable {
    let chain: Chain
    init(chain: Chain) { self.chain = chain }
  }
  struct Tally: Codable, Sendable { var counts: [String: Int] }
  enum Bare: String, Codable, Sendable { case one, two }
  struct Bared: Codable, Sendable { var bare: Bare }
  struct Empty: Codable, Sendable {}
  struct Unlike: Codable, Sendable {
    var a: Int
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Other.self)
      try container.encode(a, forKey: .b)
    }
    enum CodingKeys: CodingKey { case a }
    enum Other: CodingKey { case b }
  }

  private func message<Row: Codable & Sendable>(_ type: Row.Type) throws -> String {
    let f = UDF.row("f", outputs: type) { (_: Int) -> Row? in nil }
    let frame = try DataFrame(["v": [1]]).lazy
    let error = try #require(throws: ColumnarError.self) { try frame.select(f("v")).schema() }
    #expect(error.code == .typeMismatch && error.context.contains(.node("f")))
    return error.message
  }

  @Test func typesThatAreNoColumnsAreErrorsBeforeAnyRow() throws {
    #expect(try message(Tree.self).contains("has itself as a part"))
    #expect(try message(Chain.self).contains("has itself as a part"))
    #expect(try message(Tally.self).contains("\"counts\": it has no keys"))
    #expect(try message(Bared.self).contains("CaseIterable"))
    #expect(try message(Empty.self).contains("has no keys"))
    #expect(try message(Int.self).contains("is one value"))
    #expect(try message([Int].self).contains("is one value"))
    let unlike = UDF.row("unlike", outputs: Unlike.self) { (v: Int) in Unlike(a: v) }
    let error = try #require(throws: ColumnarError.self) {
      try DataFrame(["v": [1]]).lazy.select(unlike("v")).collect()
    }
    #expect(error.message.contains("the key \"b\" is encoded, but never decoded"))
  }
}
