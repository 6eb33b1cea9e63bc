import Columnar
import Glibc
import Synchronization
import Testing

@Suite struct UDFStateTests {
  let frame: DataFrame

  init() throws { frame = try DataFrame(["a": Array(0..<100_000)]) }

  final class Counter: Stateful {
    static let recorder = StateRecorder()
    var calls = 0
    init() throws { Self.recorder.made() }
    func next() -> Int {
      calls += 1
      return calls
    }
    func finish() { Self.recorder.finished() }
  }

  @Test func statefulClassesAreMadeByTheEngine() throws {
    let f = UDF.row("f") { (a: Int, counter: Counter) in counter.next() > 0 ? a : -1 }
    let result = try frame.lazy.select(f("a").as("r")).collect(on: .columnar(threads: 2))
    #expect(try Array(result["r", as: Int.self]) == Array(0..<100_000))
    #expect((1...2).contains(Counter.recorder.madeCount))
    #expect(Counter.recorder.finishedCount == Counter.recorder.madeCount)
  }

  /// A construction that costs more than the whole query is made once, however many threads there
  /// are.
  @Test func shortQueriesMakeOneState() throws {
    let states = StateRecorder()
    let state = State("slow to make") {
      states.made()
      usleep(3_000_000)
      return 1
    }
    let f = UDF.row("f", state: state) { (a: Int, one: Int) in a + one }
    let result = try frame.lazy.limit(10_000).select(f("a").as("r"))
      .collect(on: .columnar(threads: 4))
    #expect(try result["r", as: Int.self].reduce(0, +) == (1...10_000).reduce(0, +))
    #expect(states.madeCount == 1)
  }

  @Test func sharedStatesAreMadeOnce() throws {
    let states = StateRecorder()
    let shared = State<Int>.shared("shared") {
      states.made()
      usleep(2_000)
      return 5
    } finish: { _ in
      states.finished()
    }
    let f = UDF.row("f", state: shared, options: .init(batchSize: 100, maxConcurrency: 8)) {
      (a: Int, five: Int) in a + five
    }
    let g = UDF.batch("g", state: shared) { (a: ColumnView<Int>, five: Int) in a.map { $0 * five } }
    let result = try frame.lazy.select(g(f("a")).as("r")).collect()
    #expect(try result["r", as: Int.self][10] == 75)
    #expect(states.madeCount == 1 && states.finishedCount == 1)
  }

  @Test func finishRunsAfterAnError() throws {
    struct Bad: Error {}
    let states = StateRecorder()
    let state = State("state") {
      states.made()
      return 1
    } finish: { _ in
      states.finished()
    }
    let f = UDF.row("f", state: state, options: .init(batchSize: 10, maxConcurrency: 4)) {
      (a: Int, _: Int) throws -> Int in
      if a == 5_000 { throw Bad() }
      return a
    }
    #expect(throws: ColumnarError.self) { try frame.lazy.select(f("a")).collect() }
    #expect(states.madeCount >= 1 && states.finishedCount == states.madeCount)
  }

  @Test func aThrowingConstructorNamesFunctionAndState() throws {
    struct NoModel: Error {}
    let state = State<Int>("model") { throw NoModel() }
    let f = UDF.row("embed", state: state) { (a: Int, m: Int) in a + m }
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.select(f("a")).collect()
    }
    #expect(error.code == .udf && error.underlying is NoModel)
    #expect(error.description.contains("The state \"model\" could not be made: NoModel()"))
    #expect(error.description.contains("node \"embed\""))
  }

  @Test func effectiveOptionsAndTheirSources() throws {
    let f = UDF.row("f", options: .init(batchSize: 512)) { (a: Int) in a }
    let g = UDF.row("g") { (a: Int) in a }
    let engine = ColumnarEngine(threads: 2, defaults: .init(batchSize: 2048, maxConcurrency: 3))
    let text = try frame.lazy.select(f("a"), g("a")).explain(on: engine)
    #expect(
      text.contains(
        "f: row, node: batchSize 512; engine: maxConcurrency 3; built-in: contract pure, isolation thread, onError fail"
      ))
    #expect(
      text.contains(
        "g: row, engine: batchSize 2048, maxConcurrency 3; built-in: contract pure, isolation thread, onError fail"
      ))
    #expect(text.contains("Exchange, 3 slots, batches of exactly 512"))
  }

  @Test func senselessOptionsAreErrors() throws {
    let f = UDF.row("f", options: .init(batchSize: 0)) { (a: Int) in a }
    let error = try #require(throws: ColumnarError.self) { try frame.lazy.select(f("a")).collect() }
    #expect(error.message == "batchSize of \"f\" is 0, but must be at least 1.")
  }
}
