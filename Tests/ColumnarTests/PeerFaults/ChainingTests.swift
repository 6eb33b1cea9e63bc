import Foundation
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Functions behind functions: on one batch while it is in cache, side by side on different
/// batches, and past a slow batch.
@Suite struct ChainingTests {
  private static func numbers(_ count: Int) throws -> LazyFrame {
    try DataFrame(["x": Array(0..<count)]).lazy
  }

  // MARK: One batch

  @Test("Daft: every UDF is an operator of its own; here consecutive ones take turns on a batch")
  func functionsShareABatch() throws {
    let journal = Journal<String>()
    let f = UDF.row("f") { (x: Int) -> Int in
      journal.add("f\(x)")
      return x
    }
    let g = UDF.row("g", options: .init(contract: .once)) { (x: Int) -> Int in
      journal.add("g\(x)")
      return x
    }
    let h = UDF.batch("h") { (xs: ColumnView<Int>) -> [Int] in
      for x in xs { journal.add("h\(x)") }
      return xs.map { $0 + 1 }
    }
    // Expressions and a filter stand between them.
    let frame = try Self.numbers(10).with(f("x").as("y")).filter(col("y") % 3 != 1)
      .with((g(col("y") * 10) + 1).as("z")).select(h(col("z") - 1).as("r"))
    let result = try frame.collect(on: ColumnarEngine(threads: 1, batchRows: 4))
    let kept = (0..<10).filter { $0 % 3 != 1 }
    #expect(try Array(result["r", as: Int.self]) == kept.map { $0 * 10 + 1 })
    var expected: [String] = []
    for rows in [0..<4, 4..<8, 8..<10] {
      let left = rows.filter { $0 % 3 != 1 }
      expected += rows.map { "f\($0)" } + left.map { "g\($0 * 10)" } + left.map { "h\($0 * 10)" }
    }
    #expect(journal.all == expected)
  }

  // MARK: Side by side

  @Test("Daft: independent UDFs are a serial chain; here two run at once on different batches")
  func functionsRunSideBySide() throws {
    let journal = Journal<String>()
    // The first batch stays in f until another is in g, which stays until the first is in f.
    let f = UDF.row("f") { (x: Int) throws -> Int in
      journal.add("f\(x / 8)")
      if x == 0 { try journal.wait { $0.contains { $0.hasPrefix("g") } } }
      return x
    }
    let g = UDF.row("g") { (x: Int) throws -> Int in
      if x % 8 == 0 { try journal.wait { $0.contains("f0") } }
      journal.add("g\(x / 8)")
      return -x
    }
    let engine = ColumnarEngine(threads: 2, batchRows: 8)
    let frame = try Self.numbers(256)
    for query in [frame.select(f("x").as("a"), g("x").as("b")), frame.select(g(f("x")).as("b"))] {
      let result = try query.collect(on: engine)
      #expect(try Array(result["b", as: Int.self]) == (0..<256).map { -$0 })
    }
  }

  @Test(
    "Daft #2900: chained pools throttle later stages; here each function's slots work on their own",
    arguments: [nil, 4])
  func slottedFunctionsRunSideBySide(_ batchSize: Int?) throws {
    let journal = Journal<String>()
    let options = UDFOptions(batchSize: batchSize, maxConcurrency: 1)
    // f is at its second batch while g is at its first: each waits for the other to be there.
    let f = UDF.row("f", options: options) { (x: Int) throws -> Int in
      journal.add("f\(x / 4)")
      if x == 4 { try journal.wait { $0.contains("g0") } }
      return x
    }
    let g = UDF.row("g", options: options) { (x: Int) throws -> Int in
      journal.add("g\(x / 4)")
      if x == 0 { try journal.wait { $0.contains("f1") } }
      return -x
    }
    let engine = ColumnarEngine(threads: 2, batchRows: 4)
    let result = try Self.numbers(64).select(g(f("x")).as("r")).collect(on: engine)
    #expect(try Array(result["r", as: Int.self]) == (0..<64).map { -$0 })
  }

  // MARK: Past a slow batch

  /// How a function runs whose first batch of four rows ends only when all others have ended.
  enum Setting: String, CaseIterable {
    case inChain, slots, exactBatches, exactSlots, batchFunction, async, asyncBatches
  }

  private static func function(
    _ setting: Setting, _ journal: Journal<Int>, last: Int
  ) -> RowUDF1<Int, Int> {
    // Row 0 waits for the last rows of all other batches of 4.
    @Sendable func row(_ x: Int) throws -> Int {
      if x == 0 { try journal.wait { events in events.count >= last / 4 } }
      if x % 4 == 3, x > 3 { journal.add(x) }
      return x * 2
    }
    @Sendable func waiting(_ x: Int) async throws -> Int {
      while x == 0, journal.all.count < last / 4 { try await Task.sleep(for: .milliseconds(1)) }
      return try row(x)
    }
    let timeout = UDFOptions.Timeout.perRow(.seconds(60))
    return switch setting {
    case .inChain: UDF.row("slow", row)
    case .slots: UDF.row("slow", options: .init(maxConcurrency: 2), row)
    case .exactBatches: UDF.row("slow", options: .init(batchSize: 4), row)
    case .exactSlots: UDF.row("slow", options: .init(batchSize: 4, maxConcurrency: 2), row)
    case .batchFunction:
      UDF.batch("slow", options: .init(batchSize: 4)) { (xs: ColumnView<Int>) in try xs.map(row) }
    case .async:
      UDF.async("slow", options: .init(maxConcurrency: 2, timeout: timeout)) { (x: Int) in
        try await waiting(x)
      }
    case .asyncBatches:
      UDF.async("slow", options: .init(batchSize: 4, maxConcurrency: 8, timeout: timeout)) {
        (x: Int) in try await waiting(x)
      }
    }
  }

  @Test(
    "Daft: a slow batch holds up the workers behind it; here all others pass it, and order is kept",
    arguments: Setting.allCases)
  func slowBatchesHoldUpNothing(_ setting: Setting) throws {
    for isPartitioned in [false, true] {
      let journal = Journal<Int>()
      let count = 1_000
      let slow = Self.function(setting, journal, last: count - 4)
      var frame = try Self.numbers(count)
      if isPartitioned { frame = frame.repartition(5) }
      // A cheap function, and an expression, stand behind the slow one.
      let next = UDF.row("next") { (x: Int) in x + 1 }
      let result = try frame.select((next(slow("x")) - 1).as("r"))
        .collect(on: ColumnarEngine(threads: 2, batchRows: 4))
      #expect(try Array(result["r", as: Int.self]) == (0..<count).map { $0 * 2 })
    }
  }

  @Test(
    "Daft: a slow batch idles the stages behind it; here all others pass on to the next function too",
    arguments: [nil, 4], [nil, 4])
  func slowBatchesKeepNothingFromTheNext(_ first: Int?, _ second: Int?) throws {
    // An exact size that the first function's batches don't have is cut in the order of the rows.
    if let second, first != second { return }
    let journal = Journal<Int>()
    let count = 200
    // The first batch is in f until g has had the last rows of all others.
    let f = UDF.row("f", options: .init(batchSize: first, maxConcurrency: 2)) {
      (x: Int) throws -> Int in
      if x == 0 { try journal.wait { $0.count >= count / 4 - 1 } }
      return x
    }
    let g = UDF.row("g", options: .init(batchSize: second, maxConcurrency: 2)) { (x: Int) -> Int in
      if x % 4 == 3 { journal.add(x) }
      return -x
    }
    let h = UDF.row("h", options: .init(maxConcurrency: 2)) { (x: Int) -> Int in x - 1 }
    let frame = try Self.numbers(count).select(h(g(f("x")) * 1).as("r"))
    let result = try frame.collect(on: ColumnarEngine(threads: 2, batchRows: 4))
    #expect(try Array(result["r", as: Int.self]) == (0..<count).map { -$0 - 1 })
  }

  @Test("Two async functions, one behind the other: a slow call keeps later batches from neither")
  func slowAsyncCallsKeepNothingFromTheNext() throws {
    let journal = Journal<Int>()
    let count = 64
    let options = UDFOptions(maxConcurrency: 4, timeout: .perRow(.seconds(60)))
    let fetch = UDF.async("fetch", options: options) { (x: Int) async throws -> Int in
      while x == 0, journal.all.count < count - 16 { try await Task.sleep(for: .milliseconds(1)) }
      return x
    }
    let parse = UDF.async("parse", options: options) { (x: Int) async throws -> Int in
      journal.add(x)
      return -x
    }
    let result = try Self.numbers(count).select(parse(fetch("x")).as("r"))
      .collect(on: ColumnarEngine(threads: 2, batchRows: 16))
    #expect(try Array(result["r", as: Int.self]) == (0..<count).map { -$0 })
  }

  @Test("Functions that share consumers keep each to its own concurrency")
  func eachKeepsToItsConcurrency() throws {
    let inside = Journal<String>()
    let most = Monitor<[String: Int]>([:])
    @Sendable func call(_ name: String, _ x: Int) -> Int {
      inside.add("+" + name)
      let events = inside.all
      let now = events.count { $0 == "+" + name } - events.count { $0 == "-" + name }
      most.withLock { $0[name] = max($0[name] ?? 0, now) }
      // Long enough for others to come in, if they may.
      usleep(300)
      inside.add("-" + name)
      return x
    }
    let f = UDF.row("f", options: .init(maxConcurrency: 2)) { (x: Int) in call("f", x) }
    let g = UDF.row("g", options: .init(maxConcurrency: 3)) { (x: Int) in call("g", x) }
    let frame = try Self.numbers(300).select(g(f("x")).as("r"))
    let plan = try frame.explain(on: ColumnarEngine(threads: 2, batchRows: 2))
    #expect(plan.contains("Exchange, 5 slots"))
    #expect(plan.contains("at most 2 at once") && plan.contains("at most 3 at once"))
    let result = try frame.collect(on: ColumnarEngine(threads: 2, batchRows: 2))
    #expect(try Array(result["r", as: Int.self]) == Array(0..<300))
    most.withLock { most in
      #expect(most["f"] ?? 0 <= 2)
      #expect(most["g"] ?? 0 <= 3)
    }
  }

  @Test(
    "A slow batch of a file holds up no other of its piece: that may be all of it, if it is packed",
    arguments: ["numbers.csv", "numbers.csv.gz", "numbers.arrow"])
  func slowBatchesOfFilesHoldUpNothing(_ name: String) throws {
    let path = NSTemporaryDirectory() + UUID().uuidString + name
    defer { unlink(path) }
    let count = 20_000
    let numbers = try Self.numbers(count)
    if name.hasSuffix("arrow") {
      _ = try numbers.write(arrow: path)
    } else {
      _ = try numbers.write(csv: path)
    }
    let journal = Journal<Int>()
    // Row 0 waits for the last row of the file.
    let slow = UDF.row("slow") { (x: Int) throws -> Int in
      if x == 0 { try journal.wait { $0.contains(count - 1) } }
      if x == count - 1 { journal.add(x) }
      return x + 1
    }
    let file: LazyFrame = name.hasSuffix("arrow") ? LazyFrame.scan(arrow: path) : .scan(csv: path)
    let result = try file.select(slow("x").as("r"))
      .collect(on: ColumnarEngine(threads: 2, batchRows: 1_000))
    #expect(try Array(result["r", as: Int.self]) == Array(1...count))
  }

  @Test(
    "Daft: ordered output idles slots; here a slow row of a batch function holds up one slot of two"
  )
  func aSlowBatchBehindAJoinAndAFilter() throws {
    let journal = Journal<Int>()
    let slow = UDF.batch("slow", options: .init(batchSize: 10, maxConcurrency: 2)) {
      (xs: ColumnView<Int>) throws -> [Int] in
      if xs[0] == 0 { try journal.wait { $0.count == 19 } } else { journal.add(xs.count) }
      return xs.map { $0 }
    }
    let frame = try Self.numbers(400)
    let result = try frame.join(frame, on: "x").filter(col("x") % 2 == 0).sort(by: "x")
      .select(slow("x").as("r")).collect(on: ColumnarEngine(threads: 2, batchRows: 7))
    #expect(try Array(result["r", as: Int.self]) == (0..<200).map { $0 * 2 })
    #expect(journal.all == [Int](repeating: 10, count: 19))
  }
}
