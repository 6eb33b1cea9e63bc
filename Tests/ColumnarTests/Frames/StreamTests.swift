import Columnar
import ColumnarCore
import ColumnarIO
import Foundation
import Testing

@Suite struct StreamTests {
  private func numbers(_ count: Int) throws -> DataFrame {
    try DataFrame(["x": Array(0..<count)])
  }

  private func collected(_ stream: FrameStream) async throws -> (rows: [Int], parts: Int) {
    var rows: [Int] = []
    var parts = 0
    for try await part in stream {
      rows += try Array(part["x", as: Int.self])
      parts += 1
    }
    return (rows, parts)
  }

  @Test func sameAsCollect() async throws {
    let frame = try numbers(300_000)
    let queries: [LazyFrame] = [
      frame.lazy, frame.lazy.filter(col("x") % 3 == 0), frame.lazy.sort(by: "x", descending: true),
      frame.lazy.limit(10), frame.lazy.filter(col("x") < 0),
      .concat([frame.lazy, frame.lazy.limit(5)]), frame.lazy.repartition(7),
    ]
    for query in queries {
      for threads in [1, 2, 4] {
        let engine = ColumnarEngine(threads: threads)
        let stream = try query.stream(on: engine)
        let (rows, _) = try await collected(stream)
        let expected = try await query.collect(on: engine)
        #expect(try rows == Array(expected["x", as: Int.self]))
        #expect(stream.schema.names == ["x"])
      }
    }
  }

  /// A reader that stops after the first batch has had few rows computed for it, before and behind
  /// functions of a concurrency.
  @Test(arguments: [UDFOptions(maxConcurrency: 2), UDFOptions(batchSize: 10, maxConcurrency: 3)])
  func littleIsComputedAheadBehindExchanges(_ options: UDFOptions) async throws {
    let calls = Monitor((before: 0, behind: 0))
    let before = UDF.row("before") { (x: Int) in
      calls.withLock { $0.before += 1 }
      return x
    }
    let behind = UDF.row("behind", options: options) { (x: Int) in
      calls.withLock { $0.behind += 1 }
      return x
    }
    let wait = UDF.async("wait") { (x: Int) async throws in x }
    let query = try numbers(400_000).lazy.select(before("x").as("x"))
      .select(behind("x").as("x")).select(wait("x").as("x"))
    let stream = try query.stream(on: .columnar(threads: 2), batchRows: 16)
    var iterator: FrameStream.Iterator? = stream.makeAsyncIterator()
    let first = try await iterator?.next()
    #expect(first?.count ?? 0 > 0)
    // As much as there is room for; then nothing moves.
    var seen = (before: -1, behind: -1)
    while seen != calls.withLock({ $0 }) {
      seen = calls.withLock { $0 }
      try await Task.sleep(for: .milliseconds(200))
    }
    iterator = nil
    #expect(seen.before < 4_000 && seen.behind < 4_000, "\(seen)")
  }

  @Test func functionsBehindExchanges() async throws {
    let frame = try numbers(50_000)
    let twice = UDF.row("twice", options: .init(batchSize: 100, maxConcurrency: 4)) { (x: Int) in
      x * 2
    }
    let query = frame.lazy.select(twice("x").as("x"))
    let (rows, parts) = try await collected(query.stream(on: .columnar(threads: 2)))
    #expect(rows == (0..<50_000).map { $0 * 2 })
    #expect(parts >= 500)
  }

  @Test func batchRows() async throws {
    let stream = try numbers(1000).lazy.stream(batchRows: 7)
    var sizes: [Int] = []
    for try await part in stream { sizes.append(part.count) }
    #expect(sizes.reduce(0, +) == 1000 && sizes.max() == 7)
    // Each iteration is a run of its own.
    #expect(try await collected(stream).rows == Array(0..<1000))
  }

  @Test func namesAndTypesAreCheckedAtOnce() throws {
    #expect(throws: ColumnarError.self) { try numbers(1).lazy.select(col("y")).stream() }
  }

  @Test func typedRows() async throws {
    struct Row: Decodable, Equatable {
      var x: Int
      var y: String?
    }
    let frame = try DataFrame(["x": [1, 2, 3], "y": ["a", nil, "c"] as [String?]])
    var rows: [Row] = []
    for try await row in try frame.lazy.stream(batchRows: 2).rows(as: Row.self) { rows.append(row) }
    #expect(rows == [Row(x: 1, y: "a"), Row(x: 2, y: nil), Row(x: 3, y: "c")])
  }

  /// A slow reader holds the query back: rows are computed for few batches ahead of it.
  @Test func backpressure() async throws {
    for threads in [1, 2, 4] {
      let calls = Monitor(0)
      let watched = UDF.row("watched") { (x: Int) -> Int in
        calls.withLock { $0 += 1 }
        return x
      }
      let query = try numbers(3_000_000).lazy.select(watched("x").as("x"))
      var read = 0
      var most = 0
      for try await part in try query.stream(on: .columnar(threads: threads)) {
        read += part.count
        try await Task.sleep(for: .milliseconds(4))
        most = max(most, calls.withLock { $0 } - read)
        if read > 200_000 { break }
      }
      // What waits: two batches per thread in order, as many whose turn has just come, as many that
      // are early, one in each thread's hand.
      #expect(most <= 7 * threads * 8_192, "\(threads) threads: \(most) rows ahead")
      #expect(calls.withLock { $0 } < 1_000_000)
    }
  }

  /// A loop that ends early ends the query, and so does letting go of the iterator.
  @Test func droppingCancels() async throws {
    let calls = Monitor(0)
    let slow = UDF.row("slow") { (x: Int) -> Int in
      calls.withLock { $0 += 1 }
      usleep(200)
      return x
    }
    let query = try numbers(1_000_000).lazy.select(slow("x").as("x"))
    for try await part in try query.stream(on: .columnar(threads: 2), batchRows: 10) {
      #expect(part.count == 10)
      break
    }
    try await settles(calls)
    var iterator: FrameStream.Iterator? = try query.stream(batchRows: 10).makeAsyncIterator()
    _ = try await iterator?.next()
    iterator = nil
    try await settles(calls)
  }

  @Test func cancellingTheTaskCancels() async throws {
    let calls = Monitor(0)
    let slow = UDF.row("slow") { (x: Int) -> Int in
      calls.withLock { $0 += 1 }
      usleep(200)
      return x
    }
    let query = try numbers(1_000_000).lazy.select(slow("x").as("x"))
    let task = Task {
      for try await _ in try query.stream(on: .columnar(threads: 2)) {}
    }
    while calls.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    let result = await task.result
    #expect(throws: ColumnarError.self) { try result.get() }
    #expect((result.failure as? ColumnarError)?.code == .cancelled)
    try await settles(calls)
  }

  private func settles(_ calls: Monitor<Int>) async throws {
    for _ in 0..<2_000 {
      let before = calls.withLock { $0 }
      try await Task.sleep(for: .milliseconds(30))
      if calls.withLock({ $0 }) == before { return }
    }
    Issue.record("the query still runs")
  }

  /// The rows before a failing one come first; then the error, the same one that collecting gives;
  /// then the end.
  @Test(arguments: [1, 2, 4]) func errors(threads: Int) async throws {
    let engine = ColumnarEngine(threads: threads)
    let picky = UDF.row("picky") { (x: Int) throws -> Int in
      if x >= 400_000 { throw Bad() }
      return x
    }
    let concurrent = UDF.row("picky", options: .init(batchSize: 999, maxConcurrency: 3)) {
      (x: Int) throws -> Int in
      if x >= 400_000 { throw Bad() }
      return x
    }
    for function in [picky, concurrent] {
      let query = try numbers(1_000_000).lazy.select(function("x").as("x"))
      var iterator = try query.stream(on: engine).makeAsyncIterator()
      var rows = 0
      do {
        while let part = try await iterator.next() {
          #expect(try part["x", as: Int.self].first == rows)
          rows += part.count
        }
        Issue.record("no error")
      } catch let error as ColumnarError {
        #expect(error.row == 400_000 && error.message.contains("picky"))
      }
      #expect(rows <= 400_000)
      #expect(try await iterator.next() == nil)
    }
  }

  @Test func failedRowsAreTold() async throws {
    let picky = UDF.row("picky", options: .init(onError: .collect)) { (x: Int) throws -> Int in
      if x % 2 == 1 { throw Bad() }
      return x
    }
    let stream = try numbers(4).lazy.select(picky("x").as("x")).stream(batchRows: 3)
    var values: [Int?] = []
    for try await part in stream { values += try Array(part["x", as: Int?.self]) }
    #expect(values == [0, nil, 2, nil])
    #expect(try Array(stream.failures["row", as: Int?.self]) == [1, 3])
  }

  /// A file is read while its rows are used; it need not be read to its end.
  @Test func filesAreNotReadFirst() async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "stream-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try numbers(200_000).lazy.write(csv: path)
    let stream = try LazyFrame.scan(csv: path).filter(col("x") >= 0).stream(
      on: .columnar(threads: 2))
    let (rows, parts) = try await collected(stream)
    #expect(rows == Array(0..<200_000) && parts > 1)
  }

  @Test func severalAtOnce() async throws {
    let frame = try numbers(100_000)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var sum = 0
          for try await part in try frame.lazy.stream(on: .columnar(threads: 2)) {
            sum += part.count
          }
          return sum
        }
      }
      for try await sum in group { #expect(sum == 100_000) }
    }
  }
}

private struct Bad: Error {}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { return error }
    return nil
  }
}
