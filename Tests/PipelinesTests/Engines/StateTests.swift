import Glibc
import Pipelines
import Testing

/// How often states are made and finished, and by whom.
@Suite struct StateTests {
  let n = Input<Int>("n")
  private let items = Array(0..<2000)

  /// Not Sendable: a counter of its own calls.
  final class Worker {
    var calls = 0
    func next(_ n: Int) -> Int {
      calls += 1
      return n
    }
  }

  private func state(_ tally: Tally, shared: Bool = false) -> State<Worker> {
    State {
      tally.add("made")
      return Worker()
    } finish: {
      tally.add("finished")
      tally.add("calls", $0.calls)
    }
  }

  @Test(arguments: [1, 2, 4, 8])
  func perWorker(slots: Int) throws {
    let tally = Tally()
    let node = Node(
      "node", from: n, state(tally), options: .init(batchSize: 10, maxConcurrency: slots)
    ) { n, worker in
      usleep(20)
      return worker.next(n)
    }
    let results = try Pipeline(outputs: node).map(n.each(items))
    #expect(try Array(results[node]) == items)
    #expect((1...slots).contains(tally["made"]))
    #expect(tally["finished"] == tally["made"])
    #expect(tally["calls"] == items.count)
  }

  @Test func shared() throws {
    let tally = Tally()
    let state = State.shared("shared") {
      tally.add("made")
      return tally
    } finish: {
      $0.add("finished")
    }
    let node = Node("node", from: n, state, options: .init(batchSize: 10, maxConcurrency: 8)) {
      $1.add("calls")
      return $0
    }
    let other = Node("other", from: state, n) { $1 + ($0["made"]) }
    let p = try Pipeline {
      node
      other
    }
    #expect(try Array(p.map(n.each(items))[other]) == items.map { $0 + 1 })
    #expect(tally["made"] == 1)
    #expect(tally["finished"] == 1)
    #expect(tally["calls"] == items.count)
  }

  @Test func sequentialMakesOne() throws {
    let tally = Tally()
    let node = Node("node", from: n, state(tally), options: .init(maxConcurrency: 8)) {
      $1.next($0)
    }
    let p = try Pipeline(engine: .sequential, outputs: node)
    #expect(try Array(p.map(n.each([1, 2, 3]))[node]) == [1, 2, 3])
    #expect(tally["made"] == 1)
    #expect(tally["finished"] == 1)
    #expect(tally["calls"] == 3)
  }

  @Test(arguments: [1, 4])
  func finishedAfterAnError(slots: Int) throws {
    let tally = Tally()
    let node = Node(
      "node", from: n, state(tally), options: .init(batchSize: 10, maxConcurrency: slots)
    ) { n, worker -> Int in
      if n == 777 { throw Unlucky(value: n) }
      return worker.next(n)
    }
    let p = try Pipeline(outputs: node)
    for engine in [.columnar, .sequential] as [any Engine] {
      let text = message { _ = try p.on(engine).map(n.each(items)) }
      #expect(text.contains("at row 777 of those that reached node \"node\""))
      #expect(tally["finished"] == tally["made"])
    }
  }

  @Test func noneForNoItems() throws {
    let tally = Tally()
    let node = Node("node", from: n, state(tally)) { $1.next($0) }
    for engine in [.columnar, .sequential] as [any Engine] {
      #expect(try Pipeline(engine: engine, outputs: node).map(n.each([]))[node].isEmpty)
    }
    #expect(tally["made"] == 0)
    #expect(tally["finished"] == 0)
  }

  @Test func constructionFails() throws {
    let broken = State<Worker>("broken") { throw Unlucky(value: 0) }
    let node = Node("node", from: n, broken) { $1.next($0) }
    for engine in [.columnar, .sequential] as [any Engine] {
      let p = try Pipeline(engine: engine, outputs: node)
      #expect(
        message { _ = try p.map(n.each([1, 2])) }
          == "user-defined function failed: The state \"broken\" could not be made: Unlucky(value: 0). "
          + "(at node \"node\", in pipeline \"pipeline\": n -> node)")
    }
  }

  @Test func replacedForOneRun() throws {
    let tally = Tally()
    let state = state(tally)
    let node = Node("node", from: n, state) { $1.next($0) }
    let p = try Pipeline(outputs: node)
    _ = try p.map(
      n.each([1, 2]),
      state.make {
        tally.add("replacement")
        return Worker()
      })
    #expect(tally["replacement"] == 1)
    #expect(tally["made"] == 0)
    #expect(tally["finished"] == 1)
    _ = try p.run(n.always(1))
    #expect(tally["made"] == 1)
  }

  // MARK: The three ways of marking state

  final class Made: Stateful {
    static let tally = Tally()
    init() throws { Self.tally.add("made") }
    func finish() { Self.tally.add("finished") }
    func next(_ n: Int) -> Int { n + 1 }
  }

  @Test func byClass() throws {
    let node = Node("node", inputs: "n", options: .init(maxConcurrency: 2)) {
      (n: Int, made: Made) in
      made.next(n)
    }
    #expect(try Array(Pipeline { node }.map(["n": items], over: "n")[node]) == items.map { $0 + 1 })
    #expect((1...2).contains(Made.tally["made"]))
    #expect(Made.tally["finished"] == Made.tally["made"])
  }

  @Test func byList() throws {
    let node = Node("node", inputs: "n", "offset", stateful: ["offset"]) { (n: Int, offset: Int) in
      n + offset
    }
    let p = try Pipeline("p") { node }
    for engine in [.columnar, .sequential] as [any Engine] {
      let p = try p.on(engine)
      #expect(try Array(p.map(["n": [1, 2], "offset": 10], over: "n")[node]) == [11, 12])
      let made = State { 20 }
      #expect(try Array(p.map(["n": [1, 2], "offset": made], over: "n")[node]) == [21, 22])
    }
    #expect(
      message { _ = try p.map(["n": [1, 2], "offset": [1, 2]], over: "n", "offset") }
        .contains("\"offset\" is a state of \"node\", so it cannot be mapped over."))
  }

  @Test func automatically() throws {
    let tally = Tally()
    let node = Node("node", inputs: "n", "tally", options: .init(maxConcurrency: 4)) {
      (n: Int, tally: Tally) in
      tally.add("calls")
      return n
    }
    let p = try Pipeline("p") { node }
    for engine in [.columnar, .sequential] as [any Engine] {
      // An instance is shared by all calls …
      _ = try p.on(engine).map(["n": items, "tally": tally], over: "n")
      // … mapped over, it is data …
      let two = [Tally(), Tally()]
      _ = try p.on(engine).map(["n": [1, 2], "tally": two], over: "n", "tally")
      #expect(two.map { $0["calls"] } == [1, 1])
      // … and made by the engine as a state.
      _ = try p.on(engine).map(["n": items, "tally": State.shared { tally }], over: "n")
    }
    #expect(tally["calls"] == 4 * items.count)
    #expect(
      message { _ = try p.map(["n": [1], "tally": Point(x: 0, y: 0)], over: "n") }
        .contains("The input \"tally\" is Tally, but was given Point."))
  }

  @Test func concurrencyIsExact() throws {
    for slots in [1, 4, 8] {
      let recorder = Recorder()
      let node = Node(
        "node", from: n, options: .init(batchSize: 1, maxConcurrency: slots)
      ) { n -> Int in
        recorder.enter(together: slots)
        usleep(500)
        recorder.leave()
        return n
      }
      let p = try Pipeline(engine: .columnar(threads: 2), outputs: node)
      _ = try p.map(n.each(Array(0..<80)))
      #expect(recorder.most == slots)
    }
  }
}
