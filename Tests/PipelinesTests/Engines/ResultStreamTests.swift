import Columnar
import ColumnarCore
import Pipelines
import Testing

@Suite struct ResultStreamTests {
  let x = Input<Int>("x")

  @Test func sameAsMap() async throws {
    let square = Node("square", from: x) { $0 * $0 }
    let point = Node("point", from: square) { Point(x: $0, y: 0) }
    let p = try Pipeline("p") {
      square
      point
    }
    let items = Array(0..<20_000)
    for engine in eachEngine {
      let p = try p.on(engine)
      var squares: [Int] = []
      var points = 0
      for try await part in try p.stream(x.each(items)) {
        squares += try Array(part[square])
        points += try part[point].count
        #expect(part.names == ["square", "point"])
      }
      #expect(squares == items.map { $0 * $0 } && points == items.count)
      var sizes: [Int] = []
      for try await part in try p.stream(["x": 1...10], over: "x", batchRows: 4, outputs: square) {
        sizes.append(part.count)
        #expect(part.names == ["square"])
      }
      #expect(sizes.reduce(0, +) == 10 && sizes.max() ?? 0 <= 4)
      for try await _ in try p.stream(x.each([])) { Issue.record("a batch of nothing") }
      var rows: [Int] = []
      for try await row in try p.stream(x.each([1, 2, 3]), outputs: square).rows(as: Square.self) {
        rows.append(row.square)
      }
      #expect(rows == [1, 4, 9])
    }
  }

  struct Square: Decodable { var square: Int }

  @Test func frames() async throws {
    let square = Node("square", from: x) { $0 * $0 }
    let p = try Pipeline(outputs: square)
    let frame = try DataFrame(["x": Array(0..<1000)])
    for engine in eachEngine {
      var values: [Int] = []
      for try await part in try p.on(engine).stream(in: frame.lazy.filter(col("x") >= 10)) {
        values += try Array(part[square])
      }
      #expect(values == (10..<1000).map { $0 * $0 })
    }
  }

  /// On both engines a slow reader holds the nodes back, and one that stops reading ends them.
  @Test func backpressureAndCancellation() async throws {
    for engine in [.sequential, ColumnarEngine(threads: 2, batchRows: 64)] as [any Engine] {
      let calls = Tally()
      let node = Node("n", from: x) { value -> Int in
        calls.add("called")
        return value
      }
      let p = try Pipeline(engine: engine, outputs: node)
      var read = 0
      var most = 0
      for try await part in try p.stream(x.each(0..<100_000), batchRows: 64) {
        read += part.count
        try await Task.sleep(for: .milliseconds(2))
        most = max(most, calls["called"] - read)
        if read >= 2_000 { break }
      }
      // Seven batches per thread, as for frames.
      #expect(most <= 14 * 64, "\(most) items ahead")
      try await Task.sleep(for: .milliseconds(50))
      #expect(calls["called"] < 4_000)
    }
  }

  @Test func errors() async throws {
    let node = Node("n", from: x) { value -> Int in
      if value == 700 { throw Unlucky(value: value) }
      return value
    }
    let p = try Pipeline("p", outputs: node)
    #expect(message { _ = try p.stream(Input<Int>("y").each([1])) }.contains("No node takes"))
    #expect(message { _ = try p.stream(x.always(1)) }.contains("Nothing is mapped over"))
    var texts: [String] = []
    for engine in eachEngine {
      var rows = 0
      do {
        for try await part in try p.on(engine).stream(x.each(0..<1000), batchRows: 50) {
          rows += part.count
        }
      } catch {
        texts.append("\(error)")
      }
      #expect(rows <= 700)
    }
    let expected =
      "user-defined function failed: \"n\" failed: Unlucky(value: 700). The inputs were (x: 700). (at row "
      + "700 of those that reached node \"n\", in pipeline \"p\": x -> n)"
    #expect(texts == eachEngine.map { _ in expected })
  }

  @Test func collectedFailures() async throws {
    let node = Node("n", from: x, options: .init(onError: .collect)) { value -> Int in
      if value % 3 == 0 { throw Unlucky(value: value) }
      return value
    }
    let p = try Pipeline(outputs: node)
    for engine in eachEngine {
      let stream = try p.on(engine).stream(x.each(0..<7), batchRows: 2)
      var values: [Int?] = []
      for try await part in stream { values += try Array(part["n", as: Int?.self]) }
      #expect(values == [nil, 1, 2, nil, 4, 5, nil])
      #expect(try Array(stream.failures["row", as: Int?.self]) == [0, 3, 6])
    }
  }
}
