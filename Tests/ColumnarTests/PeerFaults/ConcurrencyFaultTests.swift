import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// What goes wrong elsewhere with calls that should run at once.
///
/// Slots and order: `UDFConcurrencyTests`; bounds of async calls: `AsyncUDFTests`; stages behind
/// each other: `ChainingTests`.
@Suite struct ConcurrencyFaultTests {
  @Test(
    "Polars #7243, DuckDB #14817, Daft #6126: UDFs run one at a time; here on all threads, also of few rows",
    arguments: [128, 5_000])
  func callsRunAtOnce(_ rows: Int) throws {
    let journal = Journal<UInt>()
    // The first row is done only once another thread has made a call.
    let f = UDF.row("f") { (x: Int) throws -> Int in
      let thread = UInt(pthread_self())
      if x == 0 { try journal.wait { $0.contains { $0 != thread } } }
      if x % 16 == 1 { journal.add(thread) }
      return x
    }
    let frame = try DataFrame(["x": Array(0..<rows)])
    let result = try frame.lazy.select(f("x").as("r")).collect(on: ColumnarEngine(threads: 2))
    #expect(try Array(result["r", as: Int.self]) == Array(0..<rows))
  }

  @Test(
    "DuckDB #14817: few rows are never shared out; here also those of a sort, a limit or a group are"
  )
  func callsBehindBreakersRunAtOnce() throws {
    let frame = try DataFrame(["x": Array(0..<500)]).lazy
    for query in [
      frame.sort(by: "x"), frame.limit(400), frame.repartition(1),
      frame.groupBy("x").aggregate(rowCount().as("n")), frame.mapPartitions { $0 },
    ] {
      let journal = Journal<UInt>()
      let first = Monitor(true)
      let f = UDF.row("f") { (x: Int) throws -> Int in
        let isFirst = first.withLock { isFirst in
          defer { isFirst = false }
          return isFirst
        }
        let thread = UInt(pthread_self())
        if isFirst { try journal.wait { $0.contains { $0 != thread } } }
        if x % 16 == 1 { journal.add(thread) }
        return x
      }
      _ = try query.select(f("x").as("r")).collect(on: ColumnarEngine(threads: 2))
    }
  }

  @Test(
    "Daft #2900: a stage runs as its neighbour does; here the arguments of a function with one slot are computed on all threads"
  )
  func argumentsAreComputedOnAllThreads() throws {
    let narrow = UDF.row("narrow", options: .init(maxConcurrency: 1)) { (x: Int) in x }
    let running = UDF.scan("running", initial: 0) { (_: inout Int, x: Int) in x }
    let frame = try DataFrame(["x": Array(0..<500)]).lazy
    for outer in [{ narrow($0) }, { running($0) }] as [(Expr) -> Expr] {
      let journal = Journal<UInt>()
      let f = UDF.row("f") { (x: Int) throws -> Int in
        let thread = UInt(pthread_self())
        if x == 0 { try journal.wait { $0.contains { $0 != thread } } }
        if x % 16 == 1 { journal.add(thread) }
        return x
      }
      let result = try frame.select(outer(f("x")).as("r")).collect(on: ColumnarEngine(threads: 2))
      #expect(try Array(result["r", as: Int.self]) == Array(0..<500))
    }
  }

  @Test("Daft #6126: blocking UDFs use up the compute pool; here slots have threads of their own")
  func blockingCallsLeaveThreadsToOthers() throws {
    let journal = Journal<String>()
    // Six calls block until a row behind them has gone through another function.
    let blocking = UDF.row("blocking", options: .init(batchSize: 1, maxConcurrency: 6)) {
      (x: Int) throws -> Int in
      journal.add("blocking")
      try journal.wait { $0.count { $0 == "blocking" } >= 6 }
      return x
    }
    let frame = try DataFrame(["x": Array(0..<60)])
    let result = try frame.lazy.select(blocking("x").as("r")).collect(
      on: ColumnarEngine(threads: 1))
    #expect(try Array(result["r", as: Int.self]) == Array(0..<60))
  }

  @Test(
    "Daft #7114: a pool of workers and a repartition wait for each other; here both come and go")
  func slotsAndPartitionsDoNotDeadlock() throws {
    let f = UDF.row("f", options: .init(batchSize: 3, maxConcurrency: 3)) { (x: Int) in x + 1 }
    let g = UDF.async("g", options: .init(maxConcurrency: 2)) { (x: Int) async in x * 2 }
    let frame = try DataFrame(["x": Array(0..<500)]).lazy
    for threads in [1, 2] {
      let result = try frame.repartition(4).with(f("x").as("y")).repartition(3, by: "y")
        .with(g("y").as("z")).repartition(2).filter(f("z") > 0).sort(by: "x")
        .collect(on: ColumnarEngine(threads: threads, batchRows: 16))
      #expect(try Array(result["z", as: Int.self]) == (0..<500).map { ($0 + 1) * 2 })
    }
  }

  @Test("Daft: use_process=False is ignored beside max_concurrency; here a node's .thread holds")
  func threadsMeanThreads() throws {
    let f = UDF.row("f", options: .init(maxConcurrency: 2, isolation: .thread)) { (x: Int) in
      Int(getpid())
    }
    let frame = try DataFrame(["x": Array(0..<100)])
    let engine = ColumnarEngine(threads: 2, defaults: .init(isolation: .process))
    let result = try frame.lazy.select(f("x").as("r")).collect(on: engine)
    #expect(try result["r", as: Int.self].allSatisfy { $0 == Int(getpid()) })
  }
}
