import Columnar
import ColumnarCore
import Pipelines
import Testing

/// Advice for nodes of pipelines that are nodes of others.
@Suite struct AdviseNestedTests {
  let clock = VirtualClock()
  let n = Input<Int>("n")
  let lists = Input<[Int]>("lists")
  let one = ColumnarEngine(threads: 1)

  /// A batch node whose calls cost as much as ten rows, and that notes the sizes of its batches.
  private func model(_ sizes: Monitor<[Int]> = Monitor([])) -> Node<Int> {
    Node(batch: "model", from: n) { [clock] n in
      clock.compute(UInt64(100_000 + 10_000 * n.count))
      sizes.withLock { $0.append(n.count) }
      return n.map { $0 + 1 }
    }
  }

  private func sum(_ node: Node<[Int]>) -> Node<Int> {
    Node("sum", from: node) { [clock] (values: [Int]) -> Int in
      clock.compute(1_000)
      return values.reduce(0, +)
    }
  }

  @Test func mappedOnesAreLookedInto() throws {
    let sizes = Monitor<[Int]>([])
    let node = model(sizes)
    let each = try Pipeline("inner", outputs: node).each("each", n, in: lists, output: node)
    let p = try Pipeline("p", engine: one, outputs: sum(each))
    let items = lists.each((0..<100).map { Array($0..<($0 + 10)) })
    let advice = try p.advise(on: items, clock: clock)
    #expect(
      advice.options == ["each/model": .init(batchSize: 256), "sum": .init(batchSize: 8192)])
    let text = "\(advice)"
    #expect(text.contains("\neach: pipeline, for each of 1000 elements of 100 lists\n"))
    #expect(text.contains("\n└─ model: batch, 1000 rows measured, 10 us per row, 100 us per call"))
    #expect(text.contains("\n   ├─ CPU-bound (parsing, computation)?"))
    #expect(text.contains("\nsum: row, 100 rows measured"))
    // It is applied to the node within.
    sizes.withLock { $0 = [] }
    let results = try p.with(advice).map(items)
    #expect(try results["sum", as: Int.self].map { $0 } == (0..<100).map { 10 * $0 + 55 })
    #expect(sizes.withLock { $0 } == [256, 256, 256, 232])
  }

  @Test func anyDepthAndPlainOnes() throws {
    let node = model()
    let inner = try Pipeline("inner", outputs: node)
    let middle = inner.each("each", n, in: lists, output: node)
    let tables = Input<[[Int]]>("tables")
    let outer = try Pipeline("middle", outputs: middle)
      .each("rows", lists, in: tables, output: middle)
    let p = try Pipeline("p", engine: one) {
      outer
      inner.asNode(name: "plain")
    }
    let advice = try p.advise(
      on: tables.each([[[1, 2], [], [3]], [], [[4, 5, 6]]]), n.always(7), clock: clock)
    #expect(advice.options.keys.sorted() == ["plain/model", "rows/each/model"])
    let text = "\(advice)"
    #expect(text.contains("\nrows: pipeline, for each of 4 elements of 3 lists\n"))
    #expect(text.contains("\n└─ each: pipeline, for each of 6 elements of 4 lists\n"))
    #expect(text.contains("\n   └─ model: batch, 6 rows measured"))
    #expect(text.contains("\nplain: pipeline\n└─ model: batch, 3 rows measured"))
    let tuned = try p.with(advice)
    #expect(
      try tuned.map(tables.each([[[1, 2], []]]), n.always(7))["rows", as: [[Int]].self]
        .map { $0 } == [[[2, 3], []]])
  }

  @Test func whatIsNotCalledWithinHoldsBackWhatNeedsIt() throws {
    let calls = Tally()
    let sent = Node("sent", from: n, options: .init(contract: .once)) { (n: Int) -> Int in
      calls.add("sent")
      return n
    }
    let each = try Pipeline("inner", outputs: sent).each("each", n, in: lists, output: sent)
    let p = try Pipeline("p", engine: one, outputs: sum(each))
    let advice = try p.advise(on: lists.each([[1, 2], [3]]), clock: clock)
    #expect(calls["sent"] == 0)
    #expect(advice.options == [:])
    #expect("\(advice)".contains("└─ sent: row, not measured: its contract is once"))
    #expect("\(advice)".contains("sum: row, not measured: it needs \"each/sent\""))
  }

  @Test func listsThatThereIsNoTimeForAreCut() throws {
    let slow = Node("slow", from: n) { [clock] (n: Int) -> Int in
      clock.compute(10_000_000)
      return n
    }
    let each = try Pipeline("inner", outputs: slow).each("each", n, in: lists, output: slow)
    let p = try Pipeline("p", engine: one, outputs: sum(each))
    let advice = try p.advise(
      on: lists.each((0..<5).map { _ in Array(0..<100) }), budget: .seconds(1), clock: clock)
    // Half of the time is the inner node's.
    #expect("\(advice)".contains("slow: row, 34 rows measured"))
    #expect("\(advice)".contains("sum: row, 1 row measured"))
    // Where there is time for some lists, those are whole.
    let more = try p.advise(
      on: lists.each((0..<5).map { _ in Array(0..<10) }), budget: .seconds(1), clock: clock)
    #expect("\(more)".contains("slow: row, 34 rows measured"))
    #expect("\(more)".contains("sum: row, 3 rows measured"))
  }

  @Test func statesWithinAreCounted() throws {
    let state = State("model") { [clock] () -> Int in
      clock.compute(5_000_000)
      return 1
    }
    let f = Node("f", from: n, state) { [clock] (n: Int, one: Int) -> Int in
      clock.compute(1_000)
      return n + one
    }
    let each = try Pipeline("inner", outputs: f).each("each", n, in: lists, output: f)
    let p = try Pipeline("p", engine: one, outputs: each)
    let advice = try p.advise(on: lists.each([[1, 2], [3]]), clock: clock)
    #expect("\(advice)".contains("state model: 5.0 ms to make, 5000x of a row"))
  }

  @Test func errorsSayWhere() throws {
    let bad = Node("bad", from: n) { (n: Int) throws -> Int in
      if n == 70 { throw ColumnarError(.udf, "seventy") }
      return n
    }
    let other = Input<[Int]>("other")
    let m = Input<Int>("m")
    let add = Node("add", from: n, m) { $0 + $1 }
    let inner = try Pipeline("inner", outputs: bad)
    let p = try Pipeline("p", engine: one, outputs: inner.each("each", n, in: lists, output: bad))
    let items = lists.each([[1, 2], [3, 70]])
    #expect(
      message { _ = try p.advise(on: items, clock: clock) } == message { _ = try p.map(items) })
    let two = try Pipeline(
      "p", engine: one,
      outputs: Pipeline("inner", outputs: add)
        .each("each", n, in: lists, m, in: other, output: add))
    let unequal = [lists.each([[1], [1, 2]]), other.each([[1], [1]])]
    #expect(
      message { _ = try two.advise(on: unequal[0], unequal[1], clock: clock) }
        == message { _ = try two.map(unequal[0], unequal[1]) })
  }
}
