import Columnar
import Glibc
import Pipelines
import Testing

/// What listeners hear of pipelines, on both engines.
@Suite struct EventTests {
  private func engines(_ listener: some RunListener) -> [any Engine] {
    [
      ColumnarEngine(listeners: [listener]), ColumnarEngine(threads: 1, listeners: [listener]),
      SequentialEngine(listeners: [listener]),
    ]
  }

  private static let count = 20_000

  /// Two nodes, one an expression, over 20,000 items.
  private func pipeline(_ engine: any Engine) throws -> (Pipeline, Input<Int>) {
    let x = Input<Int>("x")
    let double = Node("double", from: x) { $0 * 2 }
    let next = Node(expression: "next", from: double, as: Int.self) { $0 + 1 }
    return (try Pipeline("numbers", engine: engine, outputs: next), x)
  }

  /// A call that fails has taken its time, too.
  @Test func whatFailedHasTakenItsTime() throws {
    let recorder = EventRecorder(.nodes)
    for engine in engines(recorder) {
      let x = Input<Int>("x")
      let slow = Node("slow", from: x) { (x: Int) throws -> Int in
        usleep(5_000)
        throw Unlucky(value: x)
      }
      let inner = try Pipeline("inner", outputs: slow)
      let p = try Pipeline("p", engine: engine) { inner.asNode(name: "in") }
      #expect(throws: ColumnarError.self) { try p.run(x.always(1)) }
      var told = 0
      for event in recorder.takeAll() {
        switch event.kind {
        case .nodeFinished(let figures):
          #expect(figures.duration >= .milliseconds(5) && figures.busy >= .milliseconds(5))
          told += 1
        case .nestedFinished(let duration):
          #expect(duration >= .milliseconds(5))
          told += 1
        default: break
        }
      }
      #expect(told == 2)
    }
  }

  @Test func aRunIsTheSameStoryOnEveryEngine() throws {
    let recorder = EventRecorder(.batches)
    for engine in engines(recorder) {
      let (pipeline, x) = try pipeline(engine)
      _ = try pipeline.map(x.each(Array(0..<Self.count)))
      let events = recorder.takeAll()
      guard case .runStarted(items: Self.count)? = events.first?.kind else {
        Issue.record("the first event is \(String(describing: events.first))")
        continue
      }
      guard case .runFinished(error: nil)? = events.last?.kind else {
        Issue.record("the last event is \(String(describing: events.last))")
        continue
      }
      #expect(Set(events.map(\.pipeline)) == ["numbers"])
      #expect(Set(events.map(\.run)).count == 1)
      for node in ["double", "next"] {
        let own = events.filter { $0.node == node }
        guard case .nodeStarted? = own.first?.kind,
          case .nodeFinished(let figures)? = own.last?.kind
        else {
          Issue.record("\(node) has no beginning or no end: \(own)")
          continue
        }
        #expect(own.count { if case .nodeStarted = $0.kind { true } else { false } } == 1)
        let batches = own.compactMap { event -> RunEvent.BatchFigures? in
          if case .batchFinished(let batch) = event.kind { batch } else { nil }
        }
        #expect(batches.reduce(0) { $0 + $1.items } == Self.count)
        #expect(figures.items == Self.count && figures.batches == batches.count)
        #expect(figures.busy == batches.reduce(.zero) { $0 + $1.duration })
        #expect(figures.duration > .zero)
        #expect(figures.failed == 0)
        #expect(figures.cached == 0)
      }
    }
  }

  @Test func runsAreNumberedAndTimesGrow() throws {
    let recorder = EventRecorder(.nodes)
    let (pipeline, x) = try pipeline(ColumnarEngine(threads: 1, listeners: [recorder]))
    _ = try pipeline.map(x.each([1]))
    _ = try pipeline.run(x.always(2))
    let events = recorder.takeAll()
    let runs = Set(events.map(\.run)).sorted()
    #expect(runs.count == 2)
    for run in runs {
      let ends = events.filter { $0.run == run }.compactMap { event -> Duration? in
        if case .nodeStarted = event.kind { nil } else { event.time }
      }
      #expect(ends == ends.sorted())
    }
    #expect(!events.contains { if case .batchFinished = $0.kind { true } else { false } })
  }

  @Test func durationsAreTrue() throws {
    let recorder = EventRecorder(.items)
    let x = Input<Int>("x")
    let slow = Node("slow", from: x) { (x: Int) -> Int in
      usleep(5_000)
      return x
    }
    for engine in engines(recorder) {
      _ = try Pipeline("p", engine: engine, outputs: slow).map(x.each([1, 2, 3, 4]))
      var items: [Int] = []
      for event in recorder.takeAll() {
        switch event.kind {
        case .itemFinished(let item, let duration):
          #expect(duration >= .milliseconds(5))
          items.append(item?.item ?? -1)
        case .nodeFinished(let figures): #expect(figures.busy >= .milliseconds(20))
        case .runFinished: #expect(event.time >= .milliseconds(20))
        default: break
        }
      }
      #expect(items.sorted() == [0, 1, 2, 3])
    }
  }

  @Test func itemsHaveTheirNumbersBehindAnExchangeToo() throws {
    let recorder = EventRecorder(.items)
    let x = Input<Int>("x")
    for options in [UDFOptions(), UDFOptions(batchSize: 7), UDFOptions(maxConcurrency: 3)] {
      let same = Node("same", from: x, options: options) { $0 }
      let wait = Node("wait", from: same) { (x: Int) async throws -> Int in x }
      for engine in engines(recorder) {
        _ = try Pipeline("p", engine: engine, outputs: wait).map(x.each(Array(0..<1000)))
        let events = recorder.takeAll()
        for node in ["same", "wait"] {
          let items = events.compactMap { event -> Int? in
            guard event.node == node, case .itemFinished(let item, _) = event.kind else {
              return nil
            }
            return item?.item ?? -1
          }
          #expect(items.sorted() == Array(0..<1000), "\(node), \(options)")
        }
      }
    }
  }

  struct Odd: Error {}

  @Test func failuresAndRetriesAreTold() throws {
    let recorder = EventRecorder(.nodes)
    let x = Input<Int>("x")
    let options = UDFOptions(onError: .null, retry: Retry(attempts: 2, backoff: .zero))
    let even = Node("even", from: x, options: options) { (x: Int) throws -> Int in
      if x % 2 == 1 { throw Odd() }
      return x
    }
    for engine in engines(recorder) {
      _ = try Pipeline("p", engine: engine, outputs: even).map(x.each(Array(0..<10)))
      var (retried, failed) = (0, 0)
      for event in recorder.takeAll() {
        switch event.kind {
        case .retried(let error):
          #expect(error == "Odd()")
          retried += 1
        case .itemsFailed(let count, let error):
          #expect(error.code == .udf)
          failed += count
        case .nodeFinished(let figures):
          #expect(figures.failed == 5 && figures.retried == 5)
        default: break
        }
      }
      #expect(retried == 5 && failed == 5)
    }
  }

  @Test func aFailedRunEndsWithItsError() throws {
    let recorder = EventRecorder(.nodes)
    let x = Input<Int>("x")
    let bad = Node("bad", from: x) { (_: Int) throws -> Int in throw Odd() }
    for engine in engines(recorder) {
      #expect(throws: ColumnarError.self) {
        try Pipeline("p", engine: engine, outputs: bad).map(x.each([1]))
      }
      let events = recorder.takeAll()
      guard case .runFinished(let error?)? = events.last?.kind else {
        Issue.record("the run did not end with its error: \(events)")
        continue
      }
      #expect(error.code == .udf)
      #expect(events.contains { if case .failed = $0.kind { true } else { false } })
    }
  }

  @Test func framesAreRunsToo() throws {
    let recorder = EventRecorder(.batches)
    let double = UDF.row("double") { (x: Int) in x * 2 }
    _ = try DataFrame(["x": [1, 2, 3]]).lazy.with(double("x").as("y"))
      .collect(on: ColumnarEngine(listeners: [recorder]))
    let events = recorder.takeAll()
    #expect(Set(events.map(\.pipeline)) == ["query"])
    #expect(Set(events.compactMap(\.node)) == ["double"])
  }
}
