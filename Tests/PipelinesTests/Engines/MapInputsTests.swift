import Columnar
import ColumnarCore
import Foundation
import Pipelines
import Testing

/// What can be mapped over, and how results are read.
@Suite struct MapInputsTests {
  let x = Input<Int>("x")
  let y = Input<Double>("y", default: 0.5)

  private func pipeline() throws -> (Node<Double>, Pipeline) {
    let node = Node("sum", from: x, y) { Double($0) + $1 }
    return (node, try Pipeline("p", outputs: node))
  }

  @Test func anySequence() throws {
    let (sum, p) = try pipeline()
    let expected = [1.5, 2.5, 3.5]
    let column: ColumnView<Int> = try DataFrame(["x": [1, 2, 3]])["x"]
    let inputs: [any Sendable] = [
      [1, 2, 3], 1...3, 1..<4, [1, 2, 3][...], ContiguousArray([1, 2, 3]),
      (1...3).lazy.map { $0 } as [Int],
      stride(from: 1, to: 4, by: 1), column, column.column, [1, 2, 3] as [Int32],
    ]
    for engine in eachEngine {
      let p = try p.on(engine)
      for input in inputs {
        #expect(try Array(p.map(["x": input], over: "x")[sum]) == expected, "\(type(of: input))")
      }
      for binding in [
        x.each([1, 2, 3]), x.each(1...3), x.each(1..<4),
        x.each(elementsOf: stride(from: 1, to: 4, by: 1)),
        x.each(column: column), x.each(in: try DataFrame(["x": [1, 2, 3]])),
      ] {
        #expect(try Array(p.map(binding)[sum]) == expected)
      }
    }
    for wrong in ["abc", 5, ["a": 1], 1.5] as [any Sendable] {
      #expect(
        agreedMessage(p) { _ = try $0.map(["x": wrong], over: "x") }.contains(
          "over: names \"x\", but what was given for it is no list of items"), "\(wrong)")
    }
  }

  @Test func frames() throws {
    let (sum, p) = try pipeline()
    let frame = try DataFrame([
      "x": [1, 2, 3], "y": [0, 10, 20] as [Double], "other": ["a", "b", "c"],
    ])
    for engine in eachEngine {
      let p = try p.on(engine)
      #expect(try Array(p.map(in: frame)[sum]) == [1, 12, 23])
      #expect(try Array(p.map(in: frame.lazy.filter(col("x") > 1))[sum]) == [12, 23])
      #expect(try Array(p.map(in: frame, y.always(1))[sum]) == [2, 3, 4])
      #expect(try Array(p.map(in: frame.lazy.drop("y"))[sum]) == [1.5, 2.5, 3.5])
      #expect(try Array(p.bind(y.always(1)).map(in: frame)[sum]) == [2, 3, 4])
      #expect(try p.map(in: frame.lazy.limit(0)).count == 0)
      #expect(try p.map(in: frame, outputs: "sum").names == ["sum"])
      // Nothing is taken from the frame but the number of its rows.
      #expect(try Array(p.map(in: frame, x.always(1), y.always(1))[sum]) == [2, 2, 2])
      // Numbers widen.
      #expect(try Array(p.map(in: DataFrame(["x": [1] as [Int16], "y": [1]]))[sum]) == [2])
    }
    #expect(
      agreedMessage(p) { _ = try $0.map(in: DataFrame(["xx": [1]])) }.contains(
        "Missing input: \"x\""))
    #expect(
      agreedMessage(p) { _ = try $0.map(in: DataFrame(["x": ["a"]])) }
        == "type mismatch: The input \"x\" is Int, which is stored as int64, but was given string. It "
        + "is taken by \"sum\". (at pipeline \"p\")")
    #expect(
      agreedMessage(p) { _ = try $0.map(in: frame, x.each([1])) }.contains(
        "\"x\" is bound with .each(…)"))
  }

  /// Of a file only the columns that are taken are read, and the results are those of the rows in
  /// memory, also streamed.
  @Test func files() async throws {
    let (sum, p) = try pipeline()
    let frame = try DataFrame([
      "x": Array(0..<20_000), "y": (0..<20_000).map { Double($0) / 2 },
      "text": (0..<20_000).map { "t\($0)" },
    ])
    let folder = FileManager.default.temporaryDirectory.appending(path: "map-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (csv, arrow) = (
      folder.appending(path: "a.csv").path, folder.appending(path: "a.arrow").path
    )
    try frame.lazy.write(csv: csv)
    try frame.lazy.write(arrow: arrow)
    let expected = try await Array(p.map(in: frame)[sum])
    for scan in [LazyFrame.scan(csv: csv), .scan(arrow: arrow)] {
      #expect(try await Array(p.map(in: scan)[sum]) == expected)
      var streamed: [Double] = []
      for try await part in try p.stream(in: scan) { streamed += try Array(part[sum]) }
      #expect(streamed == expected)
    }
    let plan = try p.outputFrame(over: .scan(arrow: arrow), []).frame.explain()
    #expect(plan.contains("(2 of 3 columns)"), "\(plan)")
  }

  struct Row: Codable, Equatable {
    var sum: Double
    var label: String?
  }

  @Test func typedRows() throws {
    let (sum, _) = try pipeline()
    let label = Node("label", from: x) { $0 == 2 ? nil : "n\($0)" as String? }
    let p = try Pipeline(outputs: sum, label)
    for engine in eachEngine {
      let rows = try p.on(engine).map(x.each(1...2)).rows(as: Row.self)
      #expect(rows == [Row(sum: 1.5, label: "n1"), Row(sum: 2.5, label: nil)])
      #expect(try p.on(engine).run(x.always(1)).row(as: Row.self) == Row(sum: 1.5, label: "n1"))
    }
    #expect(
      message { _ = try p.map(x.each([1])).rows(as: Wrong.self) }.contains("no column for the key"))
  }

  struct Wrong: Decodable { var total: Double }

  struct Place: Codable, Sendable, Equatable { var name: String }
  struct PlacedRow: Decodable { var place: Place }

  @Test func opaqueValuesInTypedRows() throws {
    let place = Node("place", from: x) { Place(name: "p\($0)") }
    let p = try Pipeline(outputs: place)
    for engine in eachEngine {
      let rows = try p.on(engine).map(x.each([1, 2])).rows(as: PlacedRow.self)
      #expect(rows.map(\.place) == [Place(name: "p1"), Place(name: "p2")])
    }
  }

  @Test func productFollowsTheOrderGiven() throws {
    let a = Input<Int>("a")
    let b = Input<String>("b")
    let c = Input<Bool>("c")
    let cell = Node("cell", from: a, b, c) { "\($0)\($1)\($2 ? "+" : "-")" }
    let p = try Pipeline(outputs: cell)
    let expected = ["1x+", "2x+", "1y+", "2y+"]
    for engine in eachEngine {
      let p = try p.on(engine)
      #expect(
        try Array(p.map(b.each(["x", "y"]), c.always(true), a.each([1, 2]), mode: .product)[cell])
          == expected)
      #expect(
        try Array(
          p.map(["a": [1, 2], "b": ["x", "y"], "c": true], over: "b", "a", mode: .product)[cell])
          == expected)
      #expect(
        try p.map(a.each([1, 2, 3]), b.each(["x"]), c.each([true, false]), mode: .product).count
          == 6)
      #expect(try p.map(a.each([]), b.each(["x"]), c.always(true), mode: .product).count == 0)
    }
  }
}
