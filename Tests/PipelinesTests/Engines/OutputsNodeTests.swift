import Columnar
import ColumnarCore
import Pipelines
import Testing

/// Registered functions of several outputs as nodes.
@Suite struct OutputsNodeTests {
  let text = Input<String>("text")
  let maybe = Input<String?>("maybe")

  static let split = UDF.row("split", outputs: "head", "tail") { (s: String) -> (String, Int) in
    (String(s.prefix(1)), s.count)
  }

  private static let bothEngines: [any Engine] = [.sequential, .columnar(threads: 2)]

  @Test func oneNodeHasTheTuple() throws {
    let parts = Node("parts", from: text, Self.split)
    let named = Node("named", inputs: "text", Self.split)
    let count = Node("count", from: parts) { $0.1 }
    let head = Node("head", from: named) { $0.0 }
    for engine in Self.bothEngines {
      let p = try Pipeline("p", engine: engine, outputs: parts, count, head)
      let results = try p.map(text.each(["one", "", "three"]))
      #expect(try results[parts].map(\.1) == [3, 0, 5])
      #expect(try results[parts].map(\.0) == ["o", "", "t"])
      #expect(try Array(results[count]) == [3, 0, 5])
      let one = try p.run(text.always("seven"))
      #expect(try one[parts] == ("seven".prefix(1).description, 5) && one[head] == "s")
    }
    try agreed(Pipeline(outputs: count, head), text.each(["one", "", "three"]))
  }

  @Test func outputsAreNodes() throws {
    let (head, tail) = outputs("head", "tail", from: text, Self.split)
    let (first, rest) = outputs("first", "rest", inputs: "maybe", Self.split)
    let sum = Node("sum", from: tail, rest.optional) { $0 + ($1 ?? 0) }
    let p = try Pipeline {
      head
      tail
      first
      sum
    }
    let cells = try agreed(p, text.each(["one", "", "three"]), maybe.each(["x", nil, "yz"]))
    #expect(
      cells == [
        "head string: o||t", "tail int64: 3|0|5", "first string: x|null|y", "sum int64: 4|0|7",
      ])
    for engine in Self.bothEngines {
      let one = try p.on(engine).run(text.always("seven"), maybe.always(nil))
      #expect(try one[head] == "s" && one[tail] == 5 && one[sum] == 5)
    }
    try agreed(p, text.each([]), maybe.each([]))
  }

  @Test func statesAndOptionsComeAlong() throws {
    let calls = Tally()
    let base = State.shared("base") { 100 }
    let f = UDF.row(
      "f", outputs: "a", "b", "c", "d", state: base,
      options: .init(onError: .null, retry: Retry(attempts: 2, backoff: .zero))
    ) { (x: Int, base: Int) throws -> (Int, String, [Int], Double?) in
      calls.add("\(x)")
      if x == 2 { throw Unlucky(value: x) }
      return (x + base, "\(x)", [x], nil)
    }
    let n = Input<Int>("n")
    let (a, b, c, d) = outputs("a", "b", "c", "d", from: n, f)
    let whole = Node("whole", from: n, f)
    let sum = Node("sum", from: whole) { $0.0 + $0.2.count }
    for engine in Self.bothEngines {
      let results = try Pipeline("p", engine: engine, outputs: a, b, c, d, sum)
        .map(n.each([1, 2, 3]))
      #expect(try Array(results["a", as: Int?.self]) == [101, nil, 103])
      #expect(try Array(results["c", as: [Int]?.self]) == [[1], nil, [3]])
      #expect(try Array(results["sum", as: Int?.self]) == [102, nil, 104])
    }
    // Twice for two nodes and two engines, and row 2 once more each time.
    #expect(calls["1"] == 4 && calls["2"] == 8)
  }
}
