import ColumnarTesting
import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Rows that are only kept come in large batches; those that something computes with, in batches
/// that fit the cache.
@Suite struct KeptBatchesTests {
  private static let rows = 40_000
  private static let path = "/tmp/columnar-kept-\(getpid()).parquet"

  private static func frame() throws -> DataFrame { try DataFrame(["x": Array(0..<rows)]) }

  private static func sizes(_ frame: LazyFrame, batchRows: Int = 8192) throws -> [Int] {
    let engine = ColumnarEngine(threads: 2, batchRows: batchRows)
    return try frame.collect(on: engine).batches.map(\.count)
  }

  @Test func ofMemory() throws {
    let frame = try Self.frame().lazy
    #expect(try Self.sizes(frame).count <= 4)
    #expect(try Self.sizes(frame, batchRows: 100).allSatisfy { $0 <= 800 })
    let computed = try Self.sizes(frame.with((col("x") + 1).as("y")))
    #expect(computed.allSatisfy { $0 <= 8192 } && computed.reduce(0, +) == Self.rows)
  }

  @Test(arguments: ["parquet", "arrow"]) func ofFiles(format: String) throws {
    let path = Self.path + "." + format
    defer { TestFile.remove(path) }
    let frame = try Self.frame().lazy
    let scan: LazyFrame
    if format == "parquet" {
      try frame.write(parquet: path)
      scan = .scan(parquet: path)
    } else {
      try frame.write(arrow: path)
      scan = .scan(arrow: path)
    }
    let kept = try scan.collect()
    // Those of an Arrow file are as they were written.
    #expect(format == "arrow" || kept.batches.count <= 4)
    #expect(Array(try kept["x", as: Int.self]) == Array(0..<Self.rows))
    #expect(try Self.sizes(scan.with((col("x") + 1).as("y"))).allSatisfy { $0 <= 8192 })
    #expect(try Self.sizes(scan.filter(col("x") % 2 == 0)).allSatisfy { $0 <= 8192 })
    let first = try scan.limit(20_000).collect()
    #expect(Array(try first["x", as: Int.self]) == Array(0..<20_000))
  }
}
