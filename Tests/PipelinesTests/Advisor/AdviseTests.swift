import Columnar
import ColumnarCore
import Foundation
import Pipelines
import Testing

/// Advice from calling nodes, whose calls take what a clock that is only thought says: a busy
/// machine changes nothing, so what is advised is expected exactly.
@Suite struct AdviseTests {
  let clock = VirtualClock()
  let x = Input<Int>("x")
  let text = Input<String>("text")
  let two = ColumnarEngine(threads: 2)

  // MARK: Kinds of work

  @Test func cheapNodesGiveNoWarning() throws {
    let lower = Node("lower", from: text) { [clock] (text: String) -> String in
      clock.compute(50)
      return text.lowercased()
    }
    let length = Node("length", from: lower) { [clock] (text: String) -> Int in
      clock.compute(20)
      return text.utf8.count
    }
    let p = try Pipeline("p", engine: two, outputs: length)
    let texts = (0..<5_000).map { "Text number \($0)" }
    let advice = try p.advise(on: text.each(texts), clock: clock)
    #expect(advice.sampled == 1024)
    #expect(advice.warnings == [])
    #expect(
      advice.options == ["lower": .init(batchSize: 8192), "length": .init(batchSize: 8192)])
    #expect("\(advice)".contains("lower: row, 1024 rows measured, 50 ns per row, 0 ns per call"))
  }

  @Test func computingTakesACallPerCore() throws {
    let heavy = Node("heavy", from: x) { [clock] (x: Int) -> Int in
      clock.compute(100_000)
      return x
    }
    let p = try Pipeline("p", engine: two, outputs: heavy)
    let advice = try p.advise(on: x.each(elementsOf: 0..<2_000), clock: clock)
    #expect(advice.options == ["heavy": .init(batchSize: 16)])
    #expect(advice.warnings == [])
    #expect("\(advice)".contains("computes 100% of its time"))
    #expect("\(advice)".contains("one 1.0x, 2 at once 2.0x"))
  }

  @Test func waitingIsTold() throws {
    let fetched = Node("fetched", from: x) { [clock] (x: Int) -> Int in
      clock.wait(2_000_000)
      return x
    }
    let p = try Pipeline("p", engine: two, outputs: fetched)
    let advice = try p.advise(on: x.each(elementsOf: 0..<200), sample: 64, clock: clock)
    #expect(advice.options == ["fetched": .init(batchSize: 1, maxConcurrency: 64)])
    #expect("\(advice)".contains("waits 100% of its time"))
    #expect("\(advice)".contains("one 1.0x, 4 at once 4.0x, 16 at once 16.0x"))
    let tuned = try p.with(advice)
    #expect(tuned.explain().contains("tuned: batchSize"))
    #expect(try tuned.map(x.each(elementsOf: 0..<200))[fetched].map { $0 } == Array(0..<200))
  }

  @Test func oneThreadAtATimeIsTold() throws {
    let locked = Node("locked", from: x) { [clock] (x: Int) -> Int in
      clock.computeAlone(10_000)
      return x
    }
    let p = try Pipeline("p", engine: two, outputs: locked)
    let advice = try p.advise(on: x.each(elementsOf: 0..<1_000), clock: clock)
    #expect(advice.options["locked"]?.maxConcurrency == 1)
  }

  @Test func callsThatCostMuchTakeLargeBatches() throws {
    let model = Node(batch: "model", from: x) { [clock] x in
      clock.compute(UInt64(500_000 + 1_000 * x.count))
      return x.map { $0 }
    }
    let p = try Pipeline("p", engine: two, outputs: model)
    let advice = try p.advise(on: x.each(elementsOf: 0..<100_000), clock: clock)
    #expect(advice.options == ["model": .init(batchSize: 16_384)])
    #expect("\(advice)".contains("1.0 us per row, 500 us per call besides"))
  }

  /// What is advised for a service that answers within a millisecond, and takes some calls at once.
  private func asking(
    _ served: Int, _ items: Int, _ options: UDFOptions = UDFOptions()
  ) throws -> Advice {
    let clock = VirtualClock(served: served)
    let asked = Node("asked", from: x, options: options) { (x: Int) async throws -> Int in
      clock.answer(1_000_000)
      return x
    }
    let p = try Pipeline("p", engine: two, outputs: asked)
    return try p.advise(on: x.each(elementsOf: 0..<items), clock: clock)
  }

  @Test func asyncCallsMayBeMore() throws {
    let advice = try asking(.max, 2_000)
    #expect("\(advice)".contains("an async closure: its calls wait without a thread"))
    #expect(
      "\(advice)".contains(
        "one 1.0x, 16 at once 16.0x, 64 at once 64.0x, 128 at once 128x, 256 at once 256x, 512 at"))
    #expect(advice.options == ["asked": .init(maxConcurrency: 512)])
    // As many as the service takes.
    #expect(try asking(256, 2_000).options == ["asked": .init(maxConcurrency: 256)])
    #expect(try asking(100, 2_000).options == [:])
    #expect(try asking(8, 2_000).options == [:])
  }

  @Test func asyncCallsAreNoMoreThanRowsNorThanWasSaid() throws {
    let few = try asking(.max, 300)
    #expect(few.options == ["asked": .init(maxConcurrency: 256)])
    #expect("\(few)".contains("not measured: 512 calls in flight, for want of rows"))
    let stated = try asking(.max, 2_000, .init(maxConcurrency: 32))
    #expect("\(stated)".contains("one 1.0x, 16 at once 16.0x, 32 at once 32.0x\n"))
    #expect(stated.options == [:])
  }

  // MARK: States

  @Test func statesAreMadeAndTimed() throws {
    let calls = Tally()
    let model = State("model") { [clock] in
      clock.compute(20_000_000)
      calls.add("made")
      return try Encoder()
    } finish: { _ in
      calls.add("finished")
    }
    let vector = Node("vector", from: text, model) { [clock] text, model in
      clock.compute(1_000)
      return model.encode(text)
    }
    let texts = (0..<300).map { "text \($0)" }
    let p = try Pipeline("p", engine: .columnar(threads: 1), outputs: vector)
    let advice = try p.advise(on: text.each(texts), clock: clock)
    #expect(calls["made"] == 1 && calls["finished"] == 1)
    #expect("\(advice)".contains("state model: 20 ms to make, 20000x of a row"))
    #expect(advice.warnings == [])
    // Whether the second of two threads makes its own depends on who is first.
    _ = try p.on(two).advise(on: text.each(texts), clock: clock)
    #expect(calls["made"] >= 2 && calls["made"] <= 3)
    #expect(calls["made"] == calls["finished"])
  }

  @Test func buildingInTheClosureIsHinted() throws {
    let vector = Node("vector", from: text) { [clock] (text: String) throws -> [Float] in
      // What a state would be made once for.
      clock.compute(3_000_000)
      return try Encoder().encode(text)
    }
    let slow = Node("slow", from: text) { [clock] (text: String) -> Int in
      clock.compute(UInt64(500_000 * (1 + text.utf8.count)))
      return text.utf8.count
    }
    let p = try Pipeline("p", engine: two, outputs: vector, slow)
    let texts = (0..<40).map { String(repeating: "x", count: $0 % 10) }
    let advice = try p.advise(on: text.each(texts), clock: clock)
    #expect(advice.warnings.map(\.kind) == [.mayBuildInClosure])
    #expect(advice.warnings.map(\.node) == ["vector"])
    #expect(advice.warnings.allSatisfy { !$0.isCertain })
  }

  // MARK: What is called

  @Test func productsAreSampledAsTheyAreMapped() throws {
    let y = Input<Int>("y")
    let pairs = Tally()
    let sum = Node("sum", from: x, y) { [clock] (x: Int, y: Int) -> Int in
      clock.compute(1_000)
      pairs.add("\(x) \(y)")
      return x + y
    }
    let p = try Pipeline("p", engine: two, outputs: sum)
    let (ten, twenty) = (x.each(elementsOf: 0..<10), y.each(elementsOf: 0..<20))
    #expect(throws: ColumnarError.self) { try p.advise(on: ten, twenty, clock: clock) }
    #expect(try p.advise(on: ten, twenty, mode: .product, clock: clock).sampled == 200)
    #expect((0..<200).allSatisfy { pairs["\($0 / 20) \($0 % 20)"] > 0 })
    let many = try p.advise(
      on: x.each(elementsOf: 0..<1_000), y.each(elementsOf: 0..<1_000), mode: .product,
      clock: clock)
    #expect("\(many)".contains("from 1,024 of 1,000,000 items"))
    #expect(try p.advise(on: ten, y.each([Int]()), mode: .product, clock: clock).sampled == 0)
    #expect(
      try p.advise(on: ["x": [1, 2], "y": [3, 4, 5]], over: "x", "y", mode: .product).sampled == 6)
  }

  @Test func oneRowAndNone() throws {
    let p = try Pipeline("p", outputs: next("y"))
    #expect(try p.advise(on: x.each([1]), clock: clock).sampled == 1)
    #expect(try p.advise(on: x.each([Int]()), clock: clock).sampled == 0)
    #expect(try p.advise(on: x.always(1), clock: clock).sampled == 1)
    #expect(throws: ColumnarError.self) { try p.advise(on: x.each([1]), sample: 0) }
    #expect(throws: ColumnarError.self) { try p.advise() }
  }

  @Test func whatThereIsNoTimeForIsListed() throws {
    let slow = Node("slow", from: x) { [clock] (x: Int) -> Int in
      clock.compute(10_000_000)
      return x
    }
    let p = try Pipeline("p", engine: two, outputs: slow)
    let advice = try p.advise(
      on: x.each(elementsOf: 0..<1_000), budget: .seconds(1), clock: clock)
    #expect("\(advice)".contains("slow: row, 69 rows measured"))
    #expect("\(advice)".contains("not measured: 931 of 1000 rows, for want of time"))
  }

  @Test func whatMustNotBeCalledIsNot() throws {
    let calls = Tally()
    let sent = Node("sent", from: x, options: .init(contract: .once)) { [clock] (x: Int) -> Int in
      clock.compute(1_000)
      calls.add("sent")
      return x
    }
    let after = Node("after", from: sent) { $0 + 1 }
    let p = try Pipeline("p", outputs: after, next("other"))
    let advice = try p.advise(on: x.each(elementsOf: 0..<50), clock: clock)
    #expect(calls["sent"] == 0)
    let text = "\(advice)"
    #expect(text.contains("sent: row, not measured: its contract is once"))
    #expect(text.contains("after: row, not measured: it needs \"sent\""))
    #expect(advice.options.keys.sorted() == ["other"])
    _ = try p.advise(on: x.each(elementsOf: 0..<50), callsOnce: true, clock: clock)
    #expect(calls["sent"] == 50)
  }

  @Test func errorsOfNodesCome() throws {
    let y = Node("y", from: x) { (x: Int) throws -> Int in
      if x == 70 { throw ColumnarError(.udf, "seventy") }
      return x
    }
    let p = try Pipeline("p", outputs: y)
    #expect(
      message { _ = try p.advise(on: x.each(elementsOf: 0..<100), clock: clock) }
        .contains("seventy"))
  }

  @Test func severalOutputsAndExpressions() throws {
    let (a, b) = outputs("a", "b", from: x) { [clock] x in
      clock.compute(1_000)
      return (x + 1, x - 1)
    }
    let sum = Node<Int>(expression: "sum", from: a, b) { $0 + $1 }
    let p = try Pipeline("p", outputs: sum)
    let advice = try p.advise(on: x.each(elementsOf: 0..<100), clock: clock)
    #expect("\(advice)".contains("sum: expression"))
    #expect(advice.options.keys.sorted() == ["a, b"])
    #expect(try p.with(advice).map(x.each(elementsOf: 0..<3))[sum].map { $0 } == [0, 2, 4])
  }

  @Test func statedOptionsGoFirst() throws {
    let y = Node("y", from: x, options: .init(batchSize: 100)) { [clock] (x: Int) -> Int in
      clock.compute(100)
      return x
    }
    let p = try Pipeline("p", outputs: y)
    let advice = try p.advise(on: x.each(elementsOf: 0..<1000), clock: clock)
    #expect(try p.with(advice).explain().contains("node: batchSize 100;"))
  }

  /// By the system's clocks: only what doesn't depend on them.
  @Test func bySystemClocks() throws {
    let y = Node("y", from: x) { $0 + 1 }
    let p = try Pipeline("p", outputs: y)
    let advice = try p.advise(on: x.each(elementsOf: 0..<2_000), budget: .milliseconds(100))
    #expect(advice.sampled == 1024 && advice.options.keys.sorted() == ["y"])
  }

  @Test func byNamesAndAsync() async throws {
    let y = Node("y", from: x) { $0 + 1 }
    let p = try Pipeline("p", outputs: y)
    #expect(try await p.advise(on: ["x": Array(0..<100)], over: "x").sampled == 100)
    #expect(try await p.advise(on: x.each(elementsOf: 0..<100), sample: 10).sampled == 10)
  }

  private func next(_ name: String) -> Node<Int> {
    Node(name, from: x) { [clock] (x: Int) -> Int in
      clock.compute(100)
      return x + 1
    }
  }
}
