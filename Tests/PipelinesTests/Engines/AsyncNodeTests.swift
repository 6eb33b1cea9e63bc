import Columnar
import Pipelines
import Testing

/// Nodes whose closures wait, on both engines.
@Suite struct AsyncNodeTests {
  struct Down: Error {}

  private func length(_ text: String) async throws -> Int {
    await Task.yield()
    if text.isEmpty { throw Down() }
    return text.count
  }

  private static let engines: [any Engine] = [.columnar, .columnar(threads: 1), .sequential]

  @Test func byPortAndByName() throws {
    for engine in Self.engines {
      let text = Input<String>("text")
      let f = Node("f", from: text) { try await length($0) }
      let g = Node("g", inputs: "f", "scale") { (f: Int, scale: Int) async throws -> Int in
        await Task.yield()
        return f * scale
      }
      let scale = Input<Int>("scale", default: 3)
      let h = Node("h", from: g, scale) { $0 + $1 }
      let p = try Pipeline("p", engine: engine) {
        f
        g
        h
      }
      let results = try p.map(text.each(["a", "bcd", "ef"]))
      #expect(try Array(results[f]) == [1, 3, 2])
      #expect(try Array(results[g]) == [3, 9, 6])
      #expect(try Array(results[h]) == [6, 12, 9])
      #expect(try p.run(text.always("four"))[g] == 12)
    }
  }

  @Test func failuresAreCollectedOnBothEngines() throws {
    for engine in Self.engines {
      let text = Input<String>("text")
      let f = Node("f", from: text, options: UDFOptions(onError: .collect)) {
        try await length($0)
      }
      let p = try Pipeline("p", engine: engine, outputs: f)
      let results = try p.map(text.each(["a", "", "bc", ""]))
      #expect(try Array(results["f", as: Int?.self]) == [1, nil, 2, nil])
      #expect(try Array(results.failures["row", as: Int.self]) == [1, 3])
      #expect(try Set(results.failures["error", as: String.self]) == ["Down()"])
    }
  }

  @Test func budgetsAndRetriesHoldOnBothEngines() throws {
    for engine in Self.engines {
      let number = Input<Int>("number")
      let calls = Tally()
      let options = UDFOptions(
        onError: .null, errorBudget: .count(1), retry: Retry(attempts: 2, backoff: .zero))
      let f = Node("f", from: number, options: options) { (x: Int) throws -> Int in
        calls.add("\(x)")
        if x < 0 { throw Down() }
        return x
      }
      let p = try Pipeline("p", engine: engine, outputs: f)
      _ = try p.map(number.each([1, -1, 2]))
      #expect(calls["1"] == 1 && calls["-1"] == 2)
      let error = try #require(throws: ColumnarError.self) {
        try p.map(number.each([-1, -2, 2]))
      }
      #expect(error.code == .errorBudgetExceeded)
    }
  }
}
