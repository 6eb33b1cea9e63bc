import Columnar
import ColumnarCore
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
  struct Grid: Codable { var cells: [[Size]] }

  @Test func errorsNameThePath() throws {
    let rows = [Twisted(a: 1, inner: .init(b: 1)), Twisted(a: 2, inner: .init(b: 2))]
    let error = try #require(throws: ColumnarError.self) { try DataFrame(rows: rows) }
    #expect(error.message.contains("inner") && error.message.contains("\"c\""))
    #expect(error.context == [.row(1)])
    #expect(throws: ColumnarError.self) { try DataFrame(rows: [1, 2]) }
    let nested = try #require(throws: ColumnarError.self) { try DataFrame(rows: [Grid(cells: [])]) }
    #expect(nested.message.contains("cells"))
  }

  @Test func writingTellsItsProgress() throws {
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
    let frame = try DataFrame(["a": Array(0..<50_000)])
    let path = "/tmp/columnar-progress-\(UInt64.random(in: 0 ... .max)).jsonl"
    defer { TestFile.remove(path) }
    try frame.lazy.write(jsonLines: path, on: .columnar(listeners: [ear]))
    #expect(ear.rows.withLock { $0 } == 50_000)
  }
}
