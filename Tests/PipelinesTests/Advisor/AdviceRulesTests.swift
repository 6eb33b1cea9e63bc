import Columnar
import Pipelines
import Testing

/// What is advised, from figures that were made up: no clock.
@Suite struct AdviceRulesTests {
  let rules = AdviceRules(cores: 4)

  /// A node of 2,000 ns a row, whose rows cost differently.
  func node(_ kind: UserFunction.Kind = .row) -> NodeMeasurement {
    var m = NodeMeasurement(node: "n", kind: kind)
    (m.rows, m.items) = (1024, 100_000)
    (m.perRow, m.perCall) = (2_000, 1_500)
    (m.spread, m.heaviest) = (0.6, 2)
    (m.bytesPerRow, m.handOver) = (40, 30)
    m.rates = [
      .init(threads: 1, rowsPerSecond: 500_000), .init(threads: 4, rowsPerSecond: 1_900_000),
    ]
    return m
  }

  func kinds(_ m: NodeMeasurement) -> [Advice.Warning.Kind] {
    rules.advice(m).warnings.map(\.kind)
  }

  // MARK: Recommendations

  @Test func cheapRowsAreLeftAlone() {
    var m = node()
    m.perRow = 50
    let advice = rules.advice(m)
    #expect(advice.options == UDFOptions(batchSize: 8192))
    #expect(advice.warnings.isEmpty)
    #expect(advice.questions.map(\.isYes) == [false, true, false, true])
  }

  @Test func waitingWantsMoreCallsThanCores() {
    var m = node()
    (m.perRow, m.waiting) = (5_000_000, 0.99)
    m.rates = [
      .init(threads: 1, rowsPerSecond: 200), .init(threads: 4, rowsPerSecond: 800),
      .init(threads: 16, rowsPerSecond: 3_100),
    ]
    let advice = rules.advice(m)
    #expect(advice.options == UDFOptions(batchSize: 1, maxConcurrency: 64))
    #expect(advice.questions.map(\.isYes) == [false, false, true, true])
  }

  @Test func waitingForSomethingThatTakesFew() {
    var m = node()
    (m.perRow, m.waiting) = (5_000_000, 0.99)
    m.rates = [
      .init(threads: 1, rowsPerSecond: 200), .init(threads: 4, rowsPerSecond: 800),
      .init(threads: 16, rowsPerSecond: 810),
    ]
    #expect(rules.advice(m).options.maxConcurrency == 4)
  }

  @Test func noMoreCallsThanItems() {
    var m = node()
    (m.perRow, m.waiting, m.items) = (5_000_000, 0.99, 6)
    #expect(rules.advice(m).options.maxConcurrency == 6)
  }

  @Test func callsThatCostMuchWantLargeBatches() {
    var m = node(.batch)
    (m.perRow, m.perCall) = (1_000, 500_000)
    let size = rules.advice(m).options.batchSize ?? 0
    // At most a twentieth of the time goes into calls.
    #expect(500_000 / (500_000 + Double(size) * 1_000) <= 0.05)
    #expect(size <= 65_536)
    m.items = 1_000
    #expect(rules.advice(m).options.batchSize == 250)
  }

  @Test func largeRowsWantSmallBatches() {
    var m = node(.batch)
    (m.perRow, m.perCall, m.bytesPerRow) = (1_000, 500_000, 1_048_576)
    #expect(rules.advice(m).options.batchSize == 16)
  }

  @Test func skewedRowsAreSharedOut() {
    var m = node()
    (m.perRow, m.heaviest) = (100_000, 80)
    #expect(rules.advice(m).options == UDFOptions(batchSize: 16, maxConcurrency: 4))
  }

  @Test func threadsThatWaitForEachOtherAreTooMany() {
    var m = node()
    m.rates[1] = .init(threads: 4, rowsPerSecond: 510_000, waiting: 0.7)
    #expect(rules.advice(m).options.maxConcurrency == 1)
    #expect(rules.advice(m).questions[3].isYes == false)
    // A busy machine looks alike, but nobody waits.
    m.rates[1] = .init(threads: 4, rowsPerSecond: 510_000, waiting: 0)
    #expect(rules.advice(m).options.maxConcurrency == nil)
  }

  @Test func orderedCallsStayOne() {
    var m = node()
    (m.perRow, m.waiting) = (5_000_000, 0.99)
    m.options.contract = .ordered
    #expect(rules.advice(m).options.maxConcurrency == nil)
  }

  @Test func asyncCallsThatDoNotSlowDownMayBeMore() {
    var m = node(.async)
    m.perRow = 10_000_000
    m.rates = [
      .init(threads: 1, rowsPerSecond: 100), .init(threads: 64, rowsPerSecond: 6_000),
      .init(threads: 128, rowsPerSecond: 9_000), .init(threads: 256, rowsPerSecond: 9_500),
    ]
    #expect(rules.advice(m).options == UDFOptions(maxConcurrency: 128))
    m.items = 100
    #expect(rules.advice(m).options == UDFOptions(maxConcurrency: 100))
    m.items = 50
    #expect(rules.advice(m).options == UDFOptions())
    // More of them are slower than few.
    m.items = 100_000
    m.rates = [
      .init(threads: 1, rowsPerSecond: 100), .init(threads: 16, rowsPerSecond: 1_500),
      .init(threads: 64, rowsPerSecond: 900),
    ]
    #expect(rules.advice(m).options == UDFOptions(maxConcurrency: 16))
    m.rates[1] = .init(threads: 16, rowsPerSecond: 950)
    #expect(rules.advice(m).options == UDFOptions())
  }

  // MARK: Pitfalls

  @Test func statesMadeTooOften() {
    var m = node()
    m.states = [.init("model", construction: 3e8, made: 5, expected: 1)]
    #expect(kinds(m) == [.stateMadeOften])
    m.states = [.init("model", construction: 3e8)]
    #expect(kinds(m) == [])
    #expect(rules.advice(m).questions[0].isYes)
    // Sixteen of them cost more than the rows.
    m.options.maxConcurrency = 16
    #expect(kinds(m).contains(.stateMadeOften))
    m.items = 1_000_000_000
    #expect(!kinds(m).contains(.stateMadeOften))
  }

  @Test func constantCostWithoutStateIsAHint() throws {
    var m = node()
    (m.perRow, m.spread, m.heaviest) = (2_000_000, 0.05, 1.1)
    let warning = try #require(rules.advice(m).warnings.first)
    #expect(warning.kind == .mayBuildInClosure && !warning.isCertain)
    #expect(warning.message.hasSuffix("If this closure builds something, make it State."))
  }

  @Test func noHintForWhatIsNoSuchThing() {
    var m = node()
    // Slow, but of varied cost.
    (m.perRow, m.spread) = (2_000_000, 0.5)
    #expect(kinds(m) == [])
    // Constant, but cheap.
    (m.perRow, m.spread) = (500, 0.01)
    #expect(kinds(m) == [])
    // Constant, but it has its state.
    (m.perRow, m.spread) = (2_000_000, 0.01)
    m.states = [.init("model", construction: 1e8)]
    #expect(kinds(m) == [])
    // Too few rows to tell.
    (m.states, m.spread) = ([], nil)
    #expect(kinds(m) == [])
    // An async call that takes its time.
    m = node(.async)
    (m.perRow, m.spread) = (2_000_000, 0.01)
    #expect(kinds(m) == [])
  }

  @Test func batchCallsThatCostMuchAreAHint() {
    var m = node(.batch)
    m.perCall = 50_000_000
    #expect(kinds(m) == [.mayBuildInClosure])
    m.states = [.init("model", construction: 1e8)]
    #expect(kinds(m) == [])
  }

  @Test func smallBatches() throws {
    var m = node(.batch)
    (m.perRow, m.perCall) = (100, 20_000)
    m.options.batchSize = 10
    var warning = try #require(rules.advice(m).warnings.first)
    #expect(warning.kind == .batchesTooSmall && warning.isCertain)
    m.options.batchSize = 8192
    #expect(kinds(m) == [])
    m.options.batchSize = nil
    #expect(kinds(m) == [])
    // A row closure takes batches as they come.
    m = node()
    (m.perRow, m.options.batchSize) = (50, 1)
    warning = try #require(rules.advice(m).warnings.first)
    #expect(warning.kind == .batchesTooSmall && !warning.isCertain)
    m.options.maxConcurrency = 4
    warning = try #require(rules.advice(m).warnings.first)
    #expect(warning.isCertain)
    // Rows that cost much may go alone.
    (m.perRow, m.heaviest) = (1_000_000, 1.5)
    #expect(kinds(m) == [])
  }

  @Test func tooManyWorkers() {
    var m = node()
    m.options.maxConcurrency = 32
    m.rates.append(.init(threads: 32, rowsPerSecond: 1_950_000))
    #expect(kinds(m) == [.tooManyWorkers])
    m.options.maxConcurrency = 4
    m.rates.removeLast()
    #expect(kinds(m) == [])
    // Calls that wait may be more than cores, as long as they gain something.
    (m.perRow, m.waiting, m.options.maxConcurrency) = (5_000_000, 0.99, 16)
    m.rates = [.init(threads: 1, rowsPerSecond: 200), .init(threads: 16, rowsPerSecond: 3_100)]
    #expect(kinds(m) == [])
    m.rates = [
      .init(threads: 1, rowsPerSecond: 200), .init(threads: 4, rowsPerSecond: 800),
      .init(threads: 16, rowsPerSecond: 800),
    ]
    #expect(kinds(m) == [.tooManyWorkers])
  }

  @Test func isolation() {
    var m = node()
    m.options.isolation = .process
    // 30 ns to copy, against 2 us.
    #expect(kinds(m) == [])
    // A batch of ten rows wakes a worker for each ten.
    m.options.batchSize = 10
    #expect(kinds(m).contains(.isolationOfCheapRows))
    m.wakeUps = 5_000
    #expect(!kinds(m).contains(.isolationOfCheapRows))
    m.options.batchSize = nil
    m.perRow = 20
    #expect(kinds(m) == [.isolationOfCheapRows])
    (m.perRow, m.waiting) = (5_000_000, 0.99)
    #expect(kinds(m) == [.isolationOfWaiting])
    m.options.isolation = .thread
    #expect(kinds(m) == [])
  }

  // MARK: The tree

  @Test func theTree() {
    var m = node()
    m.states = [.init("model", construction: 3e8)]
    var skipped = NodeMeasurement(node: "send", kind: .row)
    skipped.skipped = "its contract is once"
    let advice = Advice(
      pipeline: "p", sampled: 1024, items: 100_000, took: .milliseconds(250), cores: 4,
      [m, NodeMeasurement(node: "long", kind: nil), skipped])
    #expect(
      advice.description == """
        Advice for the pipeline "p", from 1,024 of 100,000 items in 250 ms, 4 cores

        n: row, 1024 rows measured, 2.0 us per row, 1.5 us per call besides
        ├─ Expensive initialization (model, tokenizer, connection)?
        │  state model: 300 ms to make, 150000x of a row
        │  ├─ YES → a State, made once per worker (State.shared: once for all): it is one  ◀
        │  └─ NO  → no state is needed; should the closure make something, make that a State
        ├─ CPU-bound (parsing, computation)?
        │  computes 100% of its time
        │  ├─ YES → threads: there is no interpreter lock here, a process only keeps a crash away (handing a row to a process would cost 30 ns at least)  ◀
        │  └─ NO  → threads too: a process would only wait elsewhere
        ├─ Waiting (requests, files, locks)?
        │  waits 0% of its time
        │  ├─ YES → maxConcurrency above the number of cores, or an async closure
        │  └─ NO  → no more calls than cores  ◀
        ├─ Parallelizable?
        │  one 1.0x, 4 at once 3.8x
        │  ├─ YES → one call per core  ◀
        │  └─ NO  → one call at a time
        ├─ maxConcurrency as it is: it computes, so one call per core (4) is best
        └─ batchSize 512: that many rows take about 1.0 ms, so that workers end together

        long: expression, computed natively: nothing to tune

        send: row, not measured: its contract is once

        """)
    #expect(advice.options == ["n": UDFOptions(batchSize: 512)])
  }
}
