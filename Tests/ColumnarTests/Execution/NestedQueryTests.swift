import Columnar
import Glibc
import Testing

/// Queries that a function or a closure starts end with the query that it belongs to.
@Suite struct NestedQueryTests {
  struct Unexpected: Error {}

  let inner: LazyFrame

  init() throws {
    let slow = UDF.row("slow") { (x: Int) -> Int in
      usleep(1_000)
      return x
    }
    inner = try DataFrame(["x": Array(0..<5_000)]).lazy.with(slow("x").as("y"))
  }

  /// How long after the task was cancelled the query had ended.
  func timeToEnd(of query: LazyFrame) async throws -> Duration {
    let task = Task.detached { try await query.collect() }
    try await Task.sleep(for: .milliseconds(100))
    let began = ContinuousClock.now
    task.cancel()
    let result = await task.result
    #expect(throws: ColumnarError.self) { try result.get() }
    return ContinuousClock.now - began
  }

  @Test func insideAFunction() async throws {
    let f = UDF.row("f") { [inner] (x: Int) throws -> Int in try inner.collect().count }
    let frame = try DataFrame(["x": [1]])
    #expect(try await timeToEnd(of: frame.lazy.with(f("x").as("y"))) < .seconds(2))
  }

  @Test func insideMapPartitions() async throws {
    let frame = try DataFrame(["x": [1]])
    let query = frame.lazy.mapPartitions { [inner] part in
      _ = try inner.collect()
      return part
    }
    #expect(try await timeToEnd(of: query) < .seconds(2))
  }

  @Test func anErrorInMapPartitionsSaysWhere() throws {
    let frame = try DataFrame(["x": [1]])
    let error = #expect(throws: ColumnarError.self) {
      try frame.lazy.mapPartitions { _ in throw Unexpected() }.collect()
    }
    #expect(error?.code == .udf && error.map { "\($0)".contains("mapPartitions") } ?? false)
  }
}
