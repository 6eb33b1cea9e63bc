import Columnar
import ColumnarCore
import Pipelines
import Testing

/// Engines of users' own.
@Suite struct PipelineEngineTests {
  private let x = Input<Int>("x")
  private let y = Input<Int>("y")

  /// Sends portions of the items to an engine each, in turn.
  struct Portions: PipelineEngine {
    let size: Int
    let engines: [any Engine]
    var tally = Tally()

    func results(of run: ItemRun) throws -> Results {
      tally.add("runs")
      guard run.count > 0 else { return try run.results(on: engines[0]) }
      return try Results(
        joining: run.portions(of: size).enumerated().map { k, part in
          tally.add("items", part.count)
          return try part.results(on: engines[k % engines.count])
        })
    }
  }

  private var portions: Portions {
    Portions(size: 3, engines: [.sequential, .columnar(threads: 2)])
  }

  private func nodes(_ options: UDFOptions = .init()) throws -> Pipeline {
    let sum = Node("sum", from: x, y) { $0 + $1 }
    let picky = Node("picky", from: sum, options: options) { (sum: Int) throws -> Int in
      if sum % 7 == 0 { throw Unlucky(value: sum) }
      return sum
    }
    struct Opaque: Sendable { let value: Int }
    let opaque = Node("opaque", from: sum) { Opaque(value: $0) }
    let back = Node("back", from: opaque) { $0.value }
    return try Pipeline("p", outputs: picky, back)
  }

  @Test func everyWayToRunAsksIt() throws {
    let p = try nodes(.init(onError: .null))
    let engine = portions
    let own = try p.on(engine)
    let expected = try cells(p.map(x.each(1..<12), y.always(2)).frame)
    #expect(try cells(own.map(x.each(1..<12), y.always(2)).frame) == expected)
    #expect(engine.tally["items"] == 11)
    #expect(try cells(own.map(["x": 1..<12, "y": 2], over: "x").frame) == expected)
    let frame = try DataFrame(["x": Array(1..<12)])
    #expect(try cells(own.map(in: frame, y.always(2)).frame) == expected)
    #expect(try cells(own.map(in: frame.lazy.filter(col("x") > 0), y.always(2)).frame) == expected)
    #expect(try own.run(x.always(1), y.always(2))["back", as: Int.self] == 3)
    #expect(try own.map(x.each([]), y.always(2)).count == 0)
    #expect(own.explain().hasPrefix("Pipeline \"p\" on an engine of its own, Portions\n"))
  }

  @Test func itIsAskedWithoutBlocking() async throws {
    let engine = portions
    let own = try nodes(.init(onError: .null)).on(engine)
    let back = try await own.map(x.each(1..<12), y.always(2))["back", as: Int.self]
    #expect(Array(back) == Array(3..<14) && engine.tally["items"] == 11)
    var streamed: [Int] = []
    for try await part in try own.stream(x.each(1..<12), y.always(2), batchRows: 4) {
      #expect(part.count <= 4)
      streamed += try part["back", as: Int.self]
    }
    #expect(streamed == Array(3..<14))
    let frame = try DataFrame(["x": Array(1..<12)])
    for try await part in try own.stream(in: frame.lazy, y.always(2), outputs: "back") {
      #expect(part.names == ["back"] && part.count == 11)
    }
  }

  /// Errors and failures name the items of the run, not of a portion.
  @Test func itemsKeepTheirNumbers() throws {
    let failing = try nodes().on(portions)
    #expect(
      message { _ = try failing.map(x.each(1..<20), y.always(1)) }
        == message { _ = try nodes().map(x.each(1..<20), y.always(1)) })
    let collecting = try nodes(.init(onError: .collect))
    let expected = try cells(collecting.map(x.each(1..<20), y.always(1)).failures)
    let own = try collecting.on(portions)
    #expect(try cells(own.map(x.each(1..<20), y.always(1)).failures) == expected)
  }

  @Test func failuresOfAStream() async throws {
    let own = try nodes(.init(onError: .collect)).on(portions)
    let stream = try own.stream(x.each(1..<20), y.always(1), batchRows: 5)
    for try await _ in stream {}
    #expect(try Array(stream.failures["row", as: Int?.self]) == [5, 12])
  }

  /// What a run goes over, for engines that compute elsewhere.
  @Test func resultsFromElsewhere() throws {
    struct Elsewhere: PipelineEngine {
      let answer: @Sendable (DataFrame) throws -> DataFrame
      func results(of run: ItemRun) throws -> Results {
        try run.results(from: answer(run.inputs))
      }
    }
    let sum = Node("sum", from: x, y) { Double($0 + $1) }
    let p = try Pipeline("p", outputs: sum)
    func run(_ answer: @escaping @Sendable (DataFrame) throws -> DataFrame) throws -> [Double] {
      try Array(p.on(Elsewhere(answer: answer)).map(x.each([1, 2]), y.always(5))[sum])
    }
    #expect(try run { try $0.lazy.select((col("x") + col("y")).as("sum")).collect() } == [6, 7])
    #expect(
      message { _ = try run { _ in try DataFrame(["sum": [1.0]]) } }
        == "length mismatch: The engine gave 1 results for 2 items. It must give one for each, in order. "
        + "(at pipeline \"p\")")
    #expect(
      message { _ = try run { _ in try DataFrame(["sum": ["a", "b"]]) } }.hasPrefix("type mismatch")
    )
    #expect(
      message { _ = try run { _ in try DataFrame(["z": [1, 2]]) } }.hasPrefix("column not found"))
  }

  @Test func whatAnEngineGivesIsChecked() throws {
    struct Wrong: PipelineEngine {
      let change: @Sendable (ItemRun) throws -> Results
      func results(of run: ItemRun) throws -> Results { try change(run) }
    }
    let p = try nodes(.init(onError: .null))
    let few = try p.on(Wrong { try $0[items: 0..<1].results(on: .columnar) })
    #expect(
      message { _ = try few.map(x.each([1, 2]), y.always(0)) }.hasPrefix(
        "length mismatch: The engine gave 1 results for 2 items."))
    let other = try Pipeline(outputs: Node("z", from: x) { $0 })
    let wrong = try p.on(Wrong { [x] _ in try other.map(x.each([1, 2])) })
    #expect(
      message { _ = try wrong.map(x.each([1, 2]), y.always(0)) }.hasPrefix(
        "invalid plan: The engine gave results for [\"z\"]"))
    #expect(message { _ = try Results(joining: []) }.contains("no results to join"))
    let thrown = try p.on(Wrong { _ in throw Unlucky(value: 1) })
    #expect(throws: Unlucky.self) { try thrown.map(x.each([1]), y.always(1)) }
  }

  /// A cancelled task ends the runs that the engine started.
  @Test func cancellation() async throws {
    let started = Monitor(false)
    let slow = Node("slow", from: x) { (x: Int) async throws -> Int in
      started.withLock { $0 = true }
      try await Task.sleep(for: .seconds(600))
      return x
    }
    let p = try Pipeline(engine: portions, outputs: slow)
    let task = Task { try await p.map(x.each(0..<10)) }
    while !started.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    let error = await #expect(throws: ColumnarError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }

  /// Engines of one's own around others of one's own; and what caches did is added up.
  @Test func enginesOfEngines() throws {
    let cache = Cache.ample()
    let inner = Portions(size: 2, engines: [.columnar(cache: cache)])
    let outer = Portions(size: 5, engines: [inner])
    let node = Node("node", from: x) { (x: Int) throws -> Int in
      if x == 8 { throw Unlucky(value: x) }
      return x
    }
    let p = try Pipeline("p", engine: outer, outputs: node)
    #expect(try Array(p.map(x.each(0..<8))[node]) == Array(0..<8))
    #expect(try p.map(x.each(0..<8)).cacheStatistics(of: "node") == CacheStatistics(hits: 8))
    #expect(message { _ = try p.map(x.each(0..<12)) }.contains("(at row 8 of those"))
  }
}
