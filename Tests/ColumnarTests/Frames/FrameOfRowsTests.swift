import Columnar
import ColumnarCore
import Foundation
import Testing

/// Codable values as frames, and progress of writing.
@Suite struct FrameOfRowsTests {
  enum Kind: String, Codable, CaseIterable { case tea, coffee }
  struct Size: Codable, Equatable { var width: Double, height: Float? }
  struct Item: Codable, Equatable {
    var id: Int
    var name: String?
    var kind: Kind
    var tags: [String]
    var size: Size?
    var isNew: Bool
  }

  private static func item(_ k: Int) -> Item {
    let height: Float? = k % 7 == 0 ? nil : 1.5
    let size: Size? = k % 5 == 0 ? nil : Size(width: Double(k) / 8, height: height)
    let name: String? = k % 3 == 0 ? nil : "é \(k)"
    let tags = Array(repeating: "x", count: k % 4)
    return Item(
      id: k, name: name, kind: k % 2 == 0 ? .tea : .coffee, tags: tags, size: size, isNew: k > 50)
  }

  @Test func thereAndBack() throws {
    let items = (0..<100).map { Self.item($0) }
    let frame = try DataFrame(rows: items)
    #expect(
      frame.schema.description
        == "[id: int64, name: string, kind: string, tags: list[string], "
        + "size: struct[width: float64, height: float32], isNew: bool]")
    #expect(try frame.rows(as: Item.self) == items)
    #expect(try frame.lazy.filter(col("id") == 6).collect().rows(as: Item.self) == [items[6]])
    let none = try DataFrame(rows: [Item]())
    #expect(none.count == 0 && none.schema == frame.schema)
  }

  struct Twisted: Codable {
    var a: Int
    var inner: Inner
    struct Inner: Codable {
      var b: Int
      init(b: Int) { self.b = b }
      init(from decoder: any Decoder) throws {
        b = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .b)
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(b, forKey: b == 2 ? .c : .b)
      }
      enum Key: String, CodingKey { case b, c }
    }
  }
  @Test func errorsNameThePath() throws {
    let rows = [Twisted(a: 1, inner: .init(b: 1)), Twisted(a: 2, inner: .init(b: 2))]
    let error = try #require(throws: ColumnarError.self) { try DataFrame(rows: rows) }
    #expect(error.message.contains("inner") && error.message.contains("\"c\""))
    #expect(error.context == [.row(1)])
    #expect(throws: ColumnarError.self) { try DataFrame(rows: [1, 2]) }
    let deep = try #require(throws: ColumnarError.self) {
      try DataFrame(rows: [
        Forest(trees: [.init(leaves: [.init(b: 1)]), .init(leaves: [.init(b: 1), .init(b: 2)])])
      ])
    }
    #expect(deep.message.contains("trees.[1].leaves.[1]") && deep.message.contains("\"c\""))
    let endless = try #require(throws: ColumnarError.self) { try DataFrame(rows: [Node]()) }
    #expect(endless.message.contains("the type has itself as a part"))
  }

  struct Forest: Codable { var trees: [Tree] }
  struct Tree: Codable { var leaves: [Twisted.Inner] }
  struct Node: Codable { var children: [Node] }
  struct Grid: Codable, Equatable {
    var cells: [[Size]]
    var kinds: [Kind]
    var gaps: [Size?]?
  }

  @Test func listsOfStructs() throws {
    let grids = [
      Grid(cells: [], kinds: [.tea], gaps: nil),
      Grid(
        cells: [[], [Size(width: 1, height: 2), Size(width: 3, height: nil)]], kinds: [],
        gaps: [nil, Size(width: 4, height: nil)]),
      Grid(cells: [[Size(width: 5, height: 6)]], kinds: [.coffee, .tea], gaps: []),
    ]
    let frame = try DataFrame(rows: grids)
    #expect(
      frame.schema.description
        == "[cells: list[list[struct[width: float64, height: float32]]], kinds: list[string], "
        + "gaps: list[struct[width: float64, height: float32]]]")
    #expect(try frame.rows(as: Grid.self) == grids)
    #expect(try DataFrame(rows: [Grid]()).schema == frame.schema)
  }

  @Test func foundationValues() throws {
    let link = try #require(URL(string: "https://a.b/c?d=é"))
    let price = try #require(Decimal(string: "-12.345678901234567890123"))
    let documents = [
      RowsTests.Document(
        url: link, id: UUID(), price: price, bytes: Data([0, 255, 1]),
        at: Date(timeIntervalSince1970: 1.5), links: [link, link], previous: nil),
      RowsTests.Document(
        url: link, id: UUID(), price: 0, bytes: Data(), at: Date(timeIntervalSince1970: -1),
        links: [], previous: link),
    ]
    let frame = try DataFrame(rows: documents)
    #expect(
      frame.schema.description
        == "[url: string, id: string, price: string, bytes: binary, at: timestamp[us], "
        + "links: list[string], previous: string]")
    #expect(try frame.rows(as: RowsTests.Document.self) == documents)
  }

  @Test(arguments: ["jsonl", "parquet", "partitioned"])
  func writingTellsItsProgress(format: String) throws {
    final class Ear: RunListener {
      let detail = RunDetail.batches
      let rows = Monitor(0)
      func receive(_ event: RunEvent) {
        if case .batchFinished(let batch) = event.kind, event.node == "write" {
          rows.withLock { $0 += batch.items }
        }
      }
    }
    let ear = Ear()
    let engine: ColumnarEngine = .columnar(listeners: [ear])
    let frame = try DataFrame(["a": Array(0..<50_000)])
    let path = "/tmp/columnar-progress-\(UInt64.random(in: 0 ... .max)).\(format)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    switch format {
    case "jsonl": try frame.lazy.write(jsonLines: path, on: engine)
    case "parquet": try frame.lazy.write(parquet: path, on: engine)
    default:
      let keyed = frame.lazy.with((col("a") % 3).as("key"))
      try keyed.write(parquet: path, partitionedBy: ["key"], on: engine)
    }
    #expect(ear.rows.withLock { $0 } == 50_000)
  }
}
