import Columnar
import ColumnarCore
import Foundation
import Pipelines
import Testing

/// Advice from measuring real nodes; only differences of many times are looked at.
@Suite(.serialized) struct AdviseTests {
  @Test func waitingIsTold() throws {
    let x = Input<Int>("x")
    let fetched = Node("fetched", from: x) { (x: Int) -> Int in
      usleep(2_000)
      return x
    }
    let p = try Pipeline("p", engine: .columnar(threads: 2), outputs: fetched)
    let advice = try p.advise(on: x.each(elementsOf: 0..<200), sample: 64)
    let options = try #require(advice.options["fetched"])
    #expect(try #require(options.maxConcurrency) > 2)
    #expect(try #require(options.batchSize) <= 8)
    let tuned = try p.with(advice)
    #expect(tuned.explain().contains("tuned: batchSize"))
    #expect(try tuned.map(x.each(elementsOf: 0..<200))[fetched].map { $0 } == Array(0..<200))
    #expect("\(advice)".contains("Waiting (requests, files, locks)?"))
  }

  @Test func cheapNodesGiveNoWarning() throws {
    let text = Input<String>("text")
    let lower = Node("lower", from: text) { $0.lowercased() }
    let length = Node<Int>("length", from: lower) { $0.utf8.count }
    let p = try Pipeline("p", outputs: length)
    let texts = (0..<5_000).map { "Text number \($0)" }
    let advice = try p.advise(on: text.each(texts))
    #expect(advice.sampled == 1024)
    #expect(advice.warnings.isEmpty)
    #expect(advice.options["lower"]?.maxConcurrency == nil)
    #expect(advice.options["lower"]?.batchSize ?? 0 >= 512)
  }

  @Test func oneRowAndNone() throws {
    let x = Input<Int>("x")
    let y = Node("y", from: x) { $0 + 1 }
    let p = try Pipeline("p", outputs: y)
    #expect(try p.advise(on: x.each([1])).sampled == 1)
    #expect(try p.advise(on: x.each([Int]())).sampled == 0)
    #expect(try p.advise(on: x.always(1)).sampled == 1)
    #expect(throws: ColumnarError.self) { try p.advise(on: x.each([1]), sample: 0) }
    #expect(throws: ColumnarError.self) { try p.advise() }
  }

  @Test func statesAreMadeAndTimed() throws {
    let calls = Tally()
    let model = State("model") {
      usleep(20_000)
      calls.add("made")
      return try Encoder()
    } finish: { _ in
      calls.add("finished")
    }
    let text = Input<String>("text")
    let vector = Node("vector", from: text, model) { $1.encode($0) }
    let p = try Pipeline("p", engine: .columnar(threads: 2), outputs: vector)
    let advice = try p.advise(on: text.each((0..<300).map { "text \($0)" }))
    #expect(calls["made"] >= 1 && calls["made"] <= 2)
    #expect(calls["made"] == calls["finished"])
    #expect("\(advice)".contains("state model: "))
    #expect(!advice.warnings.contains { $0.kind == .mayBuildInClosure })
  }

  @Test func buildingInTheClosureIsHinted() throws {
    let text = Input<String>("text")
    let vector = Node("vector", from: text) { (text: String) throws -> [Float] in
      usleep(3_000)
      return try Encoder().encode(text)
    }
    let slow = Node("slow", from: text) { (text: String) -> Int in
      usleep(UInt32(500 * (1 + text.utf8.count)))
      return text.utf8.count
    }
    let p = try Pipeline("p", engine: .columnar(threads: 2), outputs: vector, slow)
    let texts = (0..<40).map { String(repeating: "x", count: $0 % 10) }
    let advice = try p.advise(on: text.each(texts), budget: .seconds(6))
    let hinted = advice.warnings.filter { $0.kind == .mayBuildInClosure }.map(\.node)
    // A machine that is busy may make constant rows look varied, not the other way round.
    #expect(!hinted.contains("slow"))
  }

  @Test func whatMustNotBeCalledIsNot() throws {
    let calls = Tally()
    let x = Input<Int>("x")
    let sent = Node("sent", from: x, options: .init(contract: .once)) { (x: Int) -> Int in
      calls.add("sent")
      return x
    }
    let after = Node("after", from: sent) { $0 + 1 }
    let other = Node("other", from: x) { $0 * 2 }
    let p = try Pipeline("p", outputs: after, other)
    let advice = try p.advise(on: x.each(elementsOf: 0..<50))
    #expect(calls["sent"] == 0)
    let text = "\(advice)"
    #expect(text.contains("sent: row, not measured: its contract is once"))
    #expect(text.contains("after: row, not measured: it needs \"sent\""))
    #expect(advice.options.keys.sorted() == ["other"])
    _ = try p.advise(on: x.each(elementsOf: 0..<50), callsOnce: true)
    #expect(calls["sent"] == 50)
  }

  @Test func byNamesAndAsync() async throws {
    let x = Input<Int>("x")
    let y = Node("y", from: x) { $0 + 1 }
    let p = try Pipeline("p", outputs: y)
    #expect(try await p.advise(on: ["x": Array(0..<100)], over: "x").sampled == 100)
    #expect(try await p.advise(on: x.each(elementsOf: 0..<100), sample: 10).sampled == 10)
    let node = Node("z", from: x) { (x: Int) async throws -> Int in
      try await Task.sleep(for: .milliseconds(1))
      return x
    }
    let waiting = try await Pipeline("q", outputs: node).advise(on: x.each(elementsOf: 0..<300))
    #expect(waiting.description.contains("an async closure: its calls wait without a thread"))
  }

  @Test func errorsOfNodesCome() throws {
    let x = Input<Int>("x")
    let y = Node("y", from: x) { (x: Int) throws -> Int in
      if x == 70 { throw ColumnarError(.udf, "seventy") }
      return x
    }
    let p = try Pipeline("p", outputs: y)
    #expect(message { _ = try p.advise(on: x.each(elementsOf: 0..<100)) }.contains("seventy"))
  }

  @Test func severalOutputsAndExpressions() throws {
    let x = Input<Int>("x")
    let (a, b) = outputs("a", "b", from: x) { ($0 + 1, $0 - 1) }
    let sum = Node<Int>(expression: "sum", from: a, b) { $0 + $1 }
    let p = try Pipeline("p", outputs: sum)
    let advice = try p.advise(on: x.each(elementsOf: 0..<100))
    #expect("\(advice)".contains("sum: expression"))
    #expect(advice.options.keys.sorted() == ["a, b"])
    #expect(try p.with(advice).map(x.each(elementsOf: 0..<3))[sum].map { $0 } == [0, 2, 4])
  }

  @Test func statedOptionsGoFirst() throws {
    let x = Input<Int>("x")
    let y = Node("y", from: x, options: .init(batchSize: 100)) { $0 + 1 }
    let p = try Pipeline("p", outputs: y)
    let advice = try p.advise(on: x.each(elementsOf: 0..<1000))
    #expect(try p.with(advice).explain().contains("node: batchSize 100;"))
  }
}
