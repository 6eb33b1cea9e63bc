import Columnar
import ColumnarCore
import Synchronization
import Testing

/// Functions that wait without holding a thread.
@Suite struct AsyncUDFTests {
  /// Notes how many calls are in flight.
  final class Flights: Sendable {
    private let state = Monitor((now: 0, most: 0, started: 0, cancelled: 0))

    func call<R: Sendable>(_ body: () async throws -> R) async throws -> R {
      state.withLock { state in
        state.now += 1
        state.started += 1
        state.most = max(state.most, state.now)
      }
      defer { state.withLock { $0.now -= 1 } }
      do { return try await body() } catch {
        if error is CancellationError { state.withLock { $0.cancelled += 1 } }
        throw error
      }
    }

    var now: Int { state.withLock { $0.now } }
    var most: Int { state.withLock { $0.most } }
    var started: Int { state.withLock { $0.started } }
    var cancelled: Int { state.withLock { $0.cancelled } }
  }

  private func numbers(_ count: Int) throws -> LazyFrame {
    try DataFrame(["x": Array(0..<count)]).lazy
  }

  @Test(arguments: [1, 3, 64]) func resultsStandInOrder(_ bound: Int) throws {
    let f = UDF.async("f", options: UDFOptions(maxConcurrency: bound)) { (x: Int, s: String) in
      // Later rows are done earlier.
      if x % 5 == 0 { try await Task.sleep(for: .microseconds(500)) }
      return "\(s)\(x)"
    }
    for engine in [ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 11)] {
      let frame = try numbers(333).filter(col("x") % 2 == 0).with(lit("r").as("s"))
      let result = try frame.select(f("x", "s").as("y")).collect(on: engine)
      let expected = stride(from: 0, to: 333, by: 2).map { "r\($0)" }
      #expect(try Array(result["y", as: String.self]) == expected)
    }
  }

  @Test(arguments: [1, 4, 40]) func theBoundIsOnCallsInFlight(_ bound: Int) throws {
    let flights = Flights()
    let f = UDF.async("f", options: UDFOptions(maxConcurrency: bound)) { (x: Int) in
      try await flights.call {
        // However busy the machine is: until as many as may be are in flight, or for a minute.
        var rounds = 0
        while flights.most < bound, rounds < 60_000 {
          try await Task.sleep(for: .milliseconds(1))
          rounds += 1
        }
        return x
      }
    }
    // Many small batches: the bound is over all of them.
    _ = try numbers(200).select(f("x")).collect(on: ColumnarEngine(threads: 2, batchRows: 7))
    #expect(flights.most == bound)
    #expect(flights.started == 200 && flights.now == 0)
  }

  @Test func orderedMeansOneAtATime() throws {
    let flights = Flights()
    let seen = Monitor<[Int]>([])
    let f = UDF.async("f", options: UDFOptions(maxConcurrency: 8, contract: .ordered)) {
      (x: Int) in
      try await flights.call {
        seen.withLock { $0.append(x) }
        try await Task.sleep(for: .microseconds(100))
        return x
      }
    }
    _ = try numbers(100).select(f("x")).collect(on: ColumnarEngine(threads: 2, batchRows: 7))
    #expect(flights.most == 1 && seen.withLock { $0 } == Array(0..<100))
  }

  @Test func nullsAreNotCalledFor() throws {
    let flights = Flights()
    let f = UDF.async("f") { (x: Int) in try await flights.call { x + 1 } }
    let g = UDF.async("g") { (x: Int?) in x ?? -1 }
    let frame = try DataFrame(["x": [1, nil, 3] as [Int?]]).lazy
    let result = try frame.select(f("x").as("f"), g("x").as("g")).collect()
    #expect(try Array(result["f", as: Int?.self]) == [2, nil, 4])
    #expect(try Array(result["g", as: Int.self]) == [1, -1, 3])
    #expect(flights.started == 2)
  }

  @Test func theFirstErrorEndsTheOthers() throws {
    let flights = Flights()
    let f = UDF.async("f", options: UDFOptions(maxConcurrency: 50)) { (x: Int) in
      try await flights.call {
        if x == 20 { throw CancelledByHand() }
        // Rows behind the failing one are cancelled; those of further batches may be first in flight.
        let isLong = (21..<40).contains(x)
        try await Task.sleep(for: isLong ? .seconds(300) : .milliseconds(5))
        return x
      }
    }
    let error = try #require(throws: ColumnarError.self) {
      try numbers(500).select(f("x")).collect()
    }
    #expect(error.underlying is CancelledByHand && error.description.contains("row 20"))
    #expect(flights.now == 0)
  }

  @Test func anErrorEndsTheCallsOfLaterBatches() throws {
    let flights = Flights()
    let later = Atomic<Int>(0)
    // Batches of 64 rows: the second has 16, so that it never takes the room that row 3 needs.
    let f = UDF.async("f", options: UDFOptions(maxConcurrency: 64)) { (x: Int) in
      try await flights.call {
        if x >= 64 {
          later.add(1, ordering: .relaxed)
          try await Task.sleep(for: .seconds(300))
        }
        while x == 3, later.load(ordering: .relaxed) == 0 {
          try await Task.sleep(for: .milliseconds(1))
        }
        if x == 3 { throw CancelledByHand() }
        return x
      }
    }
    let error = try #require(throws: ColumnarError.self) {
      try numbers(80).select(f("x")).collect(on: ColumnarEngine(threads: 2, batchRows: 16))
    }
    #expect(error.underlying is CancelledByHand && error.row == 3)
    #expect(flights.now == 0 && flights.cancelled > 0)
  }

  struct CancelledByHand: Error {}

  @Test func cancellingTheTaskCancelsTheCalls() async throws {
    let flights = Flights()
    let f = UDF.async("f", options: UDFOptions(maxConcurrency: 10)) { (x: Int) in
      try await flights.call {
        try await Task.sleep(for: .seconds(300))
        return x
      }
    }
    let frame = try numbers(100).select(f("x"))
    let task = Task { try await frame.collect() }
    while flights.now < 10 { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    await #expect(throws: ColumnarError.self) { _ = try await task.value }
    #expect(flights.now == 0 && flights.cancelled == 10)
  }

  /// Queries that block all threads of Swift's own pool don't starve the calls they wait for.
  @Test func blockingCollectsInTasksGetOn() async throws {
    let frame = try numbers(50)
    let f = UDF.async("f") { (x: Int) in
      try await Task.sleep(for: .microseconds(200))
      return x
    }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<16 { group.addTask { try blocking { try frame.select(f("x")).collect() } } }
      for try await count in group { #expect(count == 50) }
    }
  }

  @Test func statesAreShared() throws {
    let states = StateRecorder()
    let shared = State.shared("service") {
      states.made()
      return 7
    } finish: { _ in
      states.finished()
    }
    let f = UDF.async("f", state: shared) { (x: Int, service: Int) in x * service }
    let result = try numbers(100).select(f("x").as("y")).collect()
    #expect(try Array(result["y", as: Int.self]) == (0..<100).map { $0 * 7 })
    #expect(states.madeCount == 1 && states.finishedCount == 1)
    let own = State("own") { 7 }
    let g = UDF.async("g", state: own) { (x: Int, service: Int) in x * service }
    let error = try #require(throws: ColumnarError.self) {
      try numbers(1).select(g("x")).collect()
    }
    #expect(error.code == .invalidPlan && error.description.contains("State.shared"))
  }

  @Test func theSequentialEngineAgrees() throws {
    let f = UDF.async("f") { (x: Int) async throws -> Int in
      await Task.yield()
      return x &* 3
    }
    let result = try numbers(20).select(f("x").as("y")).collect(on: .sequential)
    #expect(try Array(result["y", as: Int.self]) == (0..<20).map { $0 * 3 })
  }
}

/// Runs a blocking query where only its count matters.
private func blocking(_ body: () throws -> DataFrame) rethrows -> Int { try body().count }
