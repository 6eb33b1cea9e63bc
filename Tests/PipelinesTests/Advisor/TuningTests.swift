import Columnar
import ColumnarCore
import Glibc
import Pipelines
import Testing

/// `tuning: .automatic` changes when and where calls are made, never what comes out.
@Suite(.serialized) struct TuningTests {
  let x = Input<Int>("x")

  private func pipeline(_ engine: any Engine) throws -> Pipeline {
    let even = Node("even", from: x) { (x: Int) -> Int? in x % 3 == 0 ? nil : x }
    let twice = Node("twice", from: even) { $0.map { $0 * 2 } }
    let slow = Node("slow", from: x) { (x: Int) -> Int in
      if x % 500 == 0 { usleep(300) }
      return x + 1
    }
    let batch = Node(batch: "batch", from: slow, twice) { a, b in
      a.indices.map { a[$0] + (b[$0] ?? 0) }
    }
    return try Pipeline("p", engine: engine, outputs: twice, slow, batch)
  }

  @Test func resultsAreTheSame() throws {
    let fixed = try pipeline(.columnar(threads: 2))
    let automatic = try pipeline(.columnar(threads: 2, tuning: .automatic))
    for count in [0, 1, 2, 63, 64, 65, 1000, 20_011] {
      let expected = try cells(fixed.map(x.each(elementsOf: 0..<count)).frame)
      // The second run starts with what the first one learned.
      for _ in 0..<3 {
        #expect(
          try cells(automatic.map(x.each(elementsOf: 0..<count)).frame) == expected,
          "\(count) items")
      }
    }
  }

  @Test func errorsAreTheSame() throws {
    let failing = Node("failing", from: x) { (x: Int) throws -> Int in
      if x == 4_321 || x == 9_000 { throw ColumnarError(.udf, "no \(x)") }
      return x
    }
    let collecting = Node("collecting", from: x, options: .init(onError: .collect)) {
      (x: Int) throws -> Int in
      if x % 1000 == 7 { throw ColumnarError(.udf, "no \(x)") }
      return x
    }
    let fixed = try Pipeline("p", engine: .columnar(threads: 2), outputs: failing)
    let engine = ColumnarEngine(threads: 2, tuning: .automatic)
    for _ in 0..<3 {
      #expect(
        message { _ = try fixed.on(engine).map(x.each(elementsOf: 0..<10_000)) }
          == message { _ = try fixed.map(x.each(elementsOf: 0..<10_000)) })
    }
    let collected = try Pipeline("c", engine: .columnar(threads: 2), outputs: collecting)
    let expected = try cells(collected.map(x.each(elementsOf: 0..<10_000)).failures)
    for _ in 0..<3 {
      #expect(
        try cells(collected.on(engine).map(x.each(elementsOf: 0..<10_000)).failures) == expected)
    }
  }

  @Test func everyRowIsCalledOnce() throws {
    let calls = Tally()
    let sent = Node("sent", from: x, options: .init(contract: .once)) { (x: Int) -> Int in
      calls.add("\(x)")
      return x
    }
    let p = try Pipeline(
      "p", engine: .columnar(threads: 2, tuning: .automatic), outputs: sent)
    #expect(try p.map(x.each(elementsOf: 0..<3_000))[sent].map { $0 } == Array(0..<3_000))
    #expect((0..<3_000).allSatisfy { calls["\($0)"] == 1 })
  }

  @Test func statedSizesStayExact() throws {
    let sizes = Monitor<[Int]>([])
    let node = Node(batch: "node", from: x, options: .init(batchSize: 100)) { x in
      sizes.withLock { $0.append(x.count) }
      return x.map { $0 }
    }
    let p = try Pipeline("p", engine: .columnar(threads: 2, tuning: .automatic), outputs: node)
    _ = try p.map(x.each(elementsOf: 0..<1_050))
    #expect(sizes.withLock { $0.sorted() } == [50] + [Int](repeating: 100, count: 10))
  }

  @Test func waitingCallsOutnumberTheCores() throws {
    let recorder = Recorder()
    let node = Node("node", from: x) { (x: Int) -> Int in
      // The first calls show that they wait; the others wait until they are many.
      recorder.enter(together: x < 100 ? 1 : 5)
      defer { recorder.leave() }
      usleep(5_000)
      return x
    }
    let p = try Pipeline("p", engine: .columnar(threads: 2, tuning: .automatic), outputs: node)
    #expect(try p.map(x.each(elementsOf: 0..<400))[node].map { $0 } == Array(0..<400))
    #expect(recorder.most > 4)
    #expect(recorder.most <= 64)
  }

  @Test func statedConcurrencyIsKept() throws {
    let recorder = Recorder()
    let node = Node("node", from: x, options: .init(maxConcurrency: 3)) { (x: Int) -> Int in
      recorder.enter()
      defer { recorder.leave() }
      usleep(2_000)
      return x
    }
    let p = try Pipeline("p", engine: .columnar(threads: 2, tuning: .automatic), outputs: node)
    _ = try p.map(x.each(elementsOf: 0..<100))
    #expect(recorder.most <= 3)
  }

  @Test func asyncCallsStartAsManyAsWithoutTuning() throws {
    let recorder = Recorder()
    let node = Node("node", from: x) { (x: Int) async throws -> Int in
      try await recorder.enter(together: 64)
      defer { recorder.leave() }
      return x
    }
    let p = try Pipeline("p", engine: .columnar(threads: 2, tuning: .automatic), outputs: node)
    #expect(try p.map(x.each(elementsOf: 0..<3_000))[node].map { $0 } == Array(0..<3_000))
    #expect(recorder.most >= 64 && recorder.most <= 512)
  }

  @Test func partitionsAndFiltersStay() throws {
    let frame = try DataFrame(["x": Array(0..<10_000)])
    let f = UDF.row("f") { (x: Int) in x % 7 }
    let query = frame.lazy.repartition(4).filter(f("x") > 2).with(f("x").as("y"))
    let engine = ColumnarEngine(threads: 2, tuning: .automatic)
    let expected = try query.collect(on: .columnar(threads: 2))
    for _ in 0..<2 {
      let actual = try query.collect(on: engine)
      #expect(try cells(actual) == cells(expected))
      #expect(actual.partitions.count == expected.partitions.count)
    }
  }
}
