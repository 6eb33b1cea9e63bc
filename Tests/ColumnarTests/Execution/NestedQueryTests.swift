import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Queries that a function or a closure starts end with the query that it belongs to.
@Suite struct NestedQueryTests {
  struct Unexpected: Error {}

  let inner: LazyFrame

  init() throws {
    let slow = UDF.row("slow") { (x: Int) -> Int in
      usleep(1_000)
      return x
    }
    // By itself it would take many minutes.
    inner = try DataFrame(["x": Array(0..<1_000_000)]).lazy.with(slow("x").as("y"))
  }

  /// How long after it was cancelled the query had ended, on threads that no other test keeps busy.
  func timeToEnd(of query: LazyFrame) throws -> Duration {
    let token = Cancellation()
    let began = Monitor(ContinuousClock.now)
    let starts = ThreadPool.shared.start {
      usleep(100_000)
      began.withLock { $0 = .now }
      token.cancel()
    }
    #expect(starts)
    let error = #expect(throws: ColumnarError.self) {
      try Query(query, ColumnarEngine()).run(token)
    }
    #expect(error?.code == .cancelled)
    return began.withLock { ContinuousClock.now - $0 }
  }

  @Test func insideAFunction() throws {
    let f = UDF.row("f") { [inner] (x: Int) throws -> Int in try inner.collect().count }
    let frame = try DataFrame(["x": [1]])
    #expect(try timeToEnd(of: frame.lazy.with(f("x").as("y"))) < .seconds(60))
  }

  @Test func insideMapPartitions() throws {
    let frame = try DataFrame(["x": [1]])
    let query = frame.lazy.mapPartitions { [inner] part in
      _ = try inner.collect()
      return part
    }
    #expect(try timeToEnd(of: query) < .seconds(60))
  }

  @Test func anErrorInMapPartitionsSaysWhere() throws {
    let frame = try DataFrame(["x": [1]])
    let error = #expect(throws: ColumnarError.self) {
      try frame.lazy.mapPartitions { _ in throw Unexpected() }.collect()
    }
    #expect(error?.code == .udf && error.map { "\($0)".contains("mapPartitions") } ?? false)
  }
}
